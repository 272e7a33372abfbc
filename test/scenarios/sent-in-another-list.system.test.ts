/** A row that was sent as the rejects of one list had it, and that another list, which has a file in common, has otherwise. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEADER = 'First Name,Last Name,Email,Company';
const listOf = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const [ANN, EVE] = ['Ann,Roe,ann@x.com,A', 'Eve,Poe,eve@x.com,E'];
const [DAN, OTHER_DAN] = ['Dan,Moe,dan@,B', 'Dan,Moe,dan@z.com,B'];
const REJECTED = { rejected: 1, reasons: { corrected_elsewhere: 1 } };

interface Bench extends Workplace {
  readonly dans: () => string[];
  readonly counts: (...args: readonly string[]) => Promise<unknown>;
  /** Corrects what the rejects of a list have of Dan. */
  readonly correct: (rejects: string, email: string) => Promise<string>;
}

async function bench(...how: readonly string[]): Promise<Bench> {
  const place = await workplace();
  const { path, write } = place;
  await mkdir(path('in'));
  await write('in/a.csv', listOf(ANN, DAN));
  await write('in/b.csv', listOf(EVE));
  const counts: Bench['counts'] = async (...args) => {
    const of = { import: [...UNLIMITED, ...how], plan: how, verify: [] }[args[0] ?? ''] ?? [];
    return JSON.parse((await place.here(...args, '--json', ...of)).stdout) as unknown;
  };
  const dans = (): string[] =>
    place.sandbox.contacts().flatMap(({ first_name, emails }) => (first_name === 'Dan' ? emails.map(String) : []));
  const correct: Bench['correct'] = async (rejects, email) => {
    await write(rejects, (await readFile(path(rejects), 'utf8')).replace('dan@,', `${email},`));
    return rejects;
  };
  return { ...place, counts, dans, correct };
}

const [ALONE, PAIR, FOLDER] = [['in/a.csv'], ['in/a.csv', 'in/b.csv'], ['in']];
const [OF_ALONE, OF_PAIR, OF_FOLDER] = ['in/a.csv', 'in/a.csv+b.csv', 'in'].map((name) => `${name}.rejected.csv`);

describe.each([[[]], [['--live']]])('whoever was sent from rejects is there once, with %j', (how) => {
  it.each([
    ['of two files, and one of them', PAIR, OF_PAIR, ALONE],
    ['of a folder, and a file of it', FOLDER, OF_FOLDER, ALONE],
    ['of a file, and that and another', ALONE, OF_ALONE, PAIR],
    ['of a file, and its folder', ALONE, OF_ALONE, FOLDER],
    ['of two files, and their folder', PAIR, OF_PAIR, FOLDER],
    ['of a file, and the same under another name', ALONE, OF_ALONE, [...ALONE, '--name', 'other']],
  ])('%s has them otherwise', async (_, first, rejects = '', then) => {
    const { write, counts, dans, correct } = await bench(...how);
    expect(await counts('import', ...first)).toMatchObject({ rejected: 1 });
    expect(await counts('import', await correct(rejects, 'dan@x.com'))).toMatchObject({ created: 1 });
    await write('in/a.csv', listOf(ANN, OTHER_DAN));
    expect(await counts('plan', ...then)).toMatchObject({ rejected: 1 });
    for (const _run of [1, 2]) {
      expect(await counts('import', ...then)).toMatchObject(REJECTED);
      expect(dans()).toEqual(['dan@x.com']);
    }
    expect(await counts('verify', ...then)).toMatchObject({ missing: 0, rejected: 1 });
  });

  it('of two files, and the rejects of one of them, which were corrected otherwise', async () => {
    const { counts, dans, correct } = await bench(...how);
    for (const list of [PAIR, ALONE]) expect(await counts('import', ...list)).toMatchObject({ rejected: 1 });
    await counts('import', await correct(OF_PAIR ?? '', 'dan@x.com'));
    const rejects = await correct(OF_ALONE ?? '', 'dan@z.com');
    expect(await counts('plan', rejects)).toMatchObject({ created: 0, rejected: 1 });
    expect(await counts('import', rejects)).toMatchObject(REJECTED);
    expect(dans()).toEqual(['dan@x.com']);
  });
});

describe.each([[[]], [['--live']]])('the rejects make nobody twice, with %j', (how) => {
  it.each([
    ['of two files, whom one of them has sent otherwise', PAIR, OF_PAIR, ALONE],
    ['of a folder, whom a file of it has sent otherwise', FOLDER, OF_FOLDER, ALONE],
    ['of a file, whom it has sent otherwise with another', ALONE, OF_ALONE, PAIR],
    ['of a file, whom its folder has sent otherwise', ALONE, OF_ALONE, FOLDER],
    ['of two files, whom their folder has sent otherwise', PAIR, OF_PAIR, FOLDER],
    ['of two files, which have sent them otherwise', PAIR, OF_PAIR, PAIR],
    ['of a folder, which has sent them otherwise', FOLDER, OF_FOLDER, FOLDER],
  ])('%s', async (_, first, rejects = '', then) => {
    const { write, counts, dans, correct, path } = await bench(...how);
    expect(await counts('import', ...first)).toMatchObject({ rejected: 1 });
    const written = await readFile(path(rejects), 'utf8');
    await write('in/a.csv', listOf(ANN, OTHER_DAN));
    expect(await counts('import', ...then)).toMatchObject({ rejected: 0 });
    await write(rejects, written);
    await correct(rejects, 'dan@x.com');
    expect(await counts('plan', rejects)).toMatchObject({ created: 0, rejected: 1 });
    expect(await counts('import', rejects)).toMatchObject({ created: 0, reasons: { corrected_in_list: 1 } });
    expect(dans()).toEqual(['dan@z.com']);
  });
});

it.each([
  ['another file of a list', [...PAIR, 'c.csv'], OF_ALONE, ALONE],
  ['the other file', ['in/b.csv'], OF_PAIR, PAIR],
])('whom the rejects have is sent where %s has sent a namesake', async (_, then, rejects = '', first) => {
  const { write, counts, dans, correct } = await bench();
  await counts('import', ...first);
  await write(then.at(-1) ?? '', listOf(EVE, OTHER_DAN));
  expect(await counts('import', ...then)).toMatchObject({ rejected: then.length > 1 ? 1 : 0 });
  expect(await counts('import', await correct(rejects, 'dan@x.com'))).toMatchObject({ created: 1, rejected: 0 });
  expect(dans()).toEqual(['dan@z.com', 'dan@x.com']);
});

/** Dan is sent as the rejects of two files have him. */
async function sentOfPair(...how: readonly string[]): Promise<Bench> {
  const place = await bench(...how);
  await place.counts('import', ...PAIR);
  await place.counts('import', await place.correct(OF_PAIR ?? '', 'dan@x.com'));
  return place;
}

const BOTH = ['dan@x.com', 'dan@z.com'];

it('a namesake in a file that was no part of the list is somebody new', async () => {
  const { write, counts, dans } = await sentOfPair();
  await write('a.csv', listOf(ANN, OTHER_DAN));
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 0 });
  expect(dans()).toEqual(BOTH);
});

it('a namesake on the same line of the other file is somebody new', async () => {
  const { write, counts, dans } = await sentOfPair();
  await write('in/b.csv', listOf(EVE, OTHER_DAN));
  expect(await counts('import', 'in/b.csv')).toMatchObject({ created: 1, rejected: 0 });
  expect(dans()).toEqual(BOTH);
});

it('who was taken back is sent as the file has it', async () => {
  const { write, here, counts, dans } = await sentOfPair('--live');
  expect((await here('undo', OF_PAIR ?? '', '--yes', ...UNLIMITED)).code).toBe(0);
  await write('in/a.csv', listOf(ANN, OTHER_DAN));
  expect(await counts('import', ...ALONE)).toMatchObject({ created: 1, rejected: 0 });
  expect(dans()).toEqual(['dan@z.com']);
});

it('another Clarky has nobody yet', async () => {
  const { write, hereWith } = await sentOfPair();
  const other = await startSandbox({ writes: { limit: 0, windowMs: 1000 }, reads: { limit: 0, windowMs: 1000 } });
  try {
    await write('in/a.csv', listOf(ANN, OTHER_DAN));
    const env = { CLARKY_API_URL: other.url, CLARKY_KEY: other.key };
    const { stdout } = await hereWith({ env }, 'import', ...ALONE, '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({ created: 2, rejected: 0 });
  } finally {
    await other.close();
  }
});

it('an earlier version noted of which files a list was: of that nothing is known, and the import goes on', async () => {
  const { write, counts, path } = await sentOfPair();
  const folder = path('state/clarky-contacts/rejects');
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.written.json'))) {
    const { members: _, ...before } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { members: unknown };
    await writeFile(join(folder, name), `${JSON.stringify(before)}\n`);
  }
  await write('in/a.csv', listOf(ANN, OTHER_DAN));
  expect(await counts('import', ...ALONE)).toMatchObject({ created: 1, rejected: 0 });
});

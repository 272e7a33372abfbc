/** A row that was sent as a rejects file had it, and that its list, or another copy of the rejects, has otherwise: nobody is there twice. */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEADER = 'First Name,Last Name,Email,Phone,Company,Notes';
const listOf = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;
const [BOB, NEW_ANN] = ['Bob,Moe,bob@x.com,,Acme,n', 'Ann,Lee,ann.lee@y.org,,Acme,n'];

interface Bench extends Workplace {
  readonly people: () => string[];
  readonly counts: (...args: readonly string[]) => Promise<unknown>;
}

/** Ann is rejected, corrected in a file of another name, and sent from there. */
async function sentAside(...how: readonly string[]): Promise<Bench> {
  const place = await workplace();
  const people = (): string[] => place.sandbox.contacts().map(({ emails }) => emails.map(String).join(' '));
  const counts: Bench['counts'] = async (...args) => {
    const { stdout } = await place.here(...args, '--json', ...(args[0] === 'import' ? UNLIMITED : []), ...how);
    return JSON.parse(stdout) as unknown;
  };
  await place.write('a.csv', listOf('Ann,Lee,ann@@x.com,,Acme,n', BOB));
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 1 });
  const rejects = await readFile(place.path('a.csv.rejected.csv'), 'utf8');
  await mkdir(place.path('sub'));
  await rename(place.path('a.csv.rejected.csv'), place.path('sub/other.csv'));
  await place.write('sub/fix.csv', rejects.replace('ann@@x', 'ann@x'));
  await place.write('sub/other.csv', rejects.replace('ann@@x.com', 'ann.lee@y.org'));
  expect(await counts('import', 'sub/fix.csv')).toMatchObject({ created: 1, rejected: 0 });
  return { ...place, people, counts };
}

const ONCE = ['bob@x.com', 'ann@x.com'];

it.each([
  ['in its place', [], false, listOf(NEW_ANN, BOB)],
  ['on another line', [], false, listOf(BOB, 'Zoe,Zahn,bob@x.com,,,z', NEW_ANN)],
  ['with --live', ['--live'], false, listOf(NEW_ANN, BOB)],
  ['where the file was thrown away', [], true, listOf(NEW_ANN, BOB)],
])(
  'who was sent from rejects is not made again where the list has the row otherwise, %s',
  async (_, how, isGone, then) => {
    const { write, path, counts, people } = await sentAside(...how);
    if (isGone) for (const each of ['sub/fix.csv', 'sub/fix.csv.checkpoint.jsonl']) await rm(path(each));
    await write('a.csv', then);
    expect(await counts('plan', 'a.csv')).toMatchObject({ created: 0 });
    for (const _run of [1, 2]) {
      expect(await counts('import', 'a.csv')).toMatchObject({ created: 0, reasons: { corrected_elsewhere: 1 } });
      expect(people()).toEqual(ONCE);
    }
    const line = then.split('\n').indexOf(NEW_ANN) + 1;
    expect(await readFile(path('a.csv.rejected.csv'), 'utf8')).toContain(
      `This row (line ${line}) was corrected otherwise in fix.csv (import_line 2) and imported so`,
    );
  },
);

it.each([
  ['a namesake on another line, while the row stands', listOf('Ann,Lee,ann@@x.com,,Acme,n', BOB, NEW_ANN)],
  ['a namesake of whom little else is alike', listOf(BOB, 'Ann,Lee,ann.lee@y.org,+14155550123,Zeta,other')],
  ['another person on that line', listOf('Eve,Hall,ann.lee@y.org,,Acme,n', BOB)],
])('%s is somebody new', async (_, then) => {
  const { write, counts, people } = await sentAside();
  await write('a.csv', then);
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 0 });
  expect(people()).toEqual([...ONCE, 'ann.lee@y.org']);
});

it('who is mended alike in the list is the contact that is there, with what is new of it', async () => {
  const { write, counts, people, sandbox } = await sentAside();
  await write('a.csv', listOf('Ann,Lee,ann@x.com,,Zeta,n', BOB));
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 0, rejected: 0 });
  expect(people()).toEqual(ONCE);
  expect(sandbox.contacts()).toContainEqual(expect.objectContaining({ company: 'Zeta' }));
});

it.each([
  ['as it was corrected', [], { company: 'Acme' }],
  ['as it was corrected, with --live', ['--live'], { company: 'Acme' }],
  ['changed since', ['--live'], { company: 'Other' }],
])(
  'verify tells of a row that is otherwise in the list what an import does: Clarky has it %s',
  async (_, how, change) => {
    const { write, path, here, sandbox } = await workplace();
    const all = [...how, ...UNLIMITED];
    await write('a.csv', listOf('Ann,Lee,ann@@x.com,,Acme,n', BOB));
    expect((await here('import', 'a.csv', ...all)).code).toBe(3);
    const rejects = await readFile(path('a.csv.rejected.csv'), 'utf8');
    await write('a.csv.rejected.csv', rejects.replace('ann@@x', 'ann@x'));
    expect((await here('import', 'a.csv.rejected.csv', ...all)).code).toBe(0);
    const id = sandbox.contacts().find(({ emails }) => emails[0] === 'ann@x.com')?.id;
    const headers = { authorization: `Bearer ${sandbox.key}`, 'content-type': 'application/json' };
    const patch = { method: 'PATCH', headers, body: JSON.stringify(change) };
    expect((await fetch(`${sandbox.url}/contacts/${id}`, patch)).ok).toBe(true);
    await write('a.csv', listOf('Ann,Lee,ann.lee@y.org,,Zeta,n', BOB));
    for (const _run of [1, 2]) {
      const checked = await here('verify', 'a.csv', '--json');
      expect([checked.code, JSON.parse(checked.stdout)]).toMatchObject([3, { same: 1, corrected: 0, rejected: 1 }]);
      const sent = await here('import', 'a.csv', '--json', ...all);
      expect([sent.code, JSON.parse(sent.stdout)]).toMatchObject([3, { reasons: { corrected_elsewhere: 1 } }]);
    }
  },
);

it('who was taken back is sent as the list has it', async () => {
  const { write, here, counts, people } = await sentAside('--live');
  expect((await here('undo', 'sub/fix.csv', '--yes', ...UNLIMITED)).code).toBe(0);
  await write('a.csv', listOf(NEW_ANN, BOB));
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 0 });
  expect(people()).toEqual(['bob@x.com', 'ann.lee@y.org']);
});

it.each([[[]], [['--live']]])(
  'two copies of one rejects file do not make one row two contacts, with %j',
  async (how) => {
    const { path, counts, people } = await sentAside(...how);
    expect(await counts('plan', 'sub/other.csv')).toMatchObject({ created: 0, rejected: 1 });
    for (const _run of [1, 2]) {
      expect(await counts('import', 'sub/other.csv')).toMatchObject({
        created: 0,
        reasons: { corrected_elsewhere: 1 },
      });
      expect(people()).toEqual(ONCE);
    }
    expect(await readFile(path('sub/other.csv.rejected.csv'), 'utf8')).toContain(
      'Row 2 of a.csv was corrected otherwise in fix.csv (import_line 2) and imported so',
    );
  },
);

it('a rejects file that is corrected once more, and otherwise, does not make its row a second contact either', async () => {
  const { path, write, counts, people } = await sentAside();
  await write('sub/fix.csv', await readFile(path('sub/other.csv'), 'utf8'));
  expect(await counts('import', 'sub/fix.csv')).toMatchObject({ created: 0, rejected: 1 });
  expect(people()).toEqual(ONCE);
});

const [MISSPELT, RIGHT] = ['Anm,Lea,ann@@x.com,,Acme,n', 'Ann,Lee,ann@x.com,,Acme,n'];
const OTHERWISE = 'Anm,Lea,ann.lee@y.org,,Acme,n';

/** Ann, whose name is misspelt in the list, is rejected, corrected with her name and e-mail, and sent so unless `isSent` is false. */
async function renamed(how: readonly string[], isSent = true): Promise<Bench & { readonly rejects: string }> {
  const place = await workplace();
  const people = (): string[] => place.sandbox.contacts().map(({ emails }) => emails.map(String).join(' '));
  const counts: Bench['counts'] = async (...args) => {
    const { stdout } = await place.here(...args, '--json', ...(args[0] === 'import' ? UNLIMITED : []), ...how);
    return JSON.parse(stdout) as unknown;
  };
  await place.write('a.csv', listOf(MISSPELT, BOB));
  expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 1 });
  const rejects = await readFile(place.path('a.csv.rejected.csv'), 'utf8');
  await rm(place.path('a.csv.rejected.csv'));
  await mkdir(place.path('sub'));
  await place.write('sub/fix.csv', rejects.replace(MISSPELT, RIGHT));
  if (isSent) expect(await counts('import', 'sub/fix.csv')).toMatchObject({ created: 1, rejected: 0 });
  return { ...place, people, counts, rejects };
}

describe.each([[[]], [['--live']]])('of a row whose name was corrected with its e-mail, with %j', (how) => {
  it.each([
    ['where the e-mail alone is mended', listOf(OTHERWISE, BOB)],
    ['where the name is mended in a third way', listOf('Anna,Lee,ann.lee@y.org,,Acme,n', BOB)],
    ['on another line', listOf(BOB, 'Zoe,Zahn,bob@x.com,,,z', OTHERWISE)],
    ['where a row was put before it', listOf('Zoe,Zahn,bob@x.com,,,z', OTHERWISE, BOB)],
  ])('the list makes nobody twice, %s', async (_, then) => {
    const { write, counts, people } = await renamed(how);
    await write('a.csv', then);
    expect(await counts('plan', 'a.csv')).toMatchObject({ created: 0 });
    for (const _run of [1, 2]) {
      expect(await counts('import', 'a.csv')).toMatchObject({ created: 0, reasons: { corrected_elsewhere: 1 } });
      expect(people()).toEqual(ONCE);
    }
  });

  it('another copy of the rejects makes nobody twice, nor does one that was rejected once more', async () => {
    const { write, counts, people, rejects, path } = await renamed(how);
    await write('sub/other.csv', rejects.replace(MISSPELT, 'Annie,Li,ann.lee@y.org,,Acme,n'));
    expect(await counts('import', 'sub/other.csv')).toMatchObject({ created: 0, reasons: { corrected_elsewhere: 1 } });
    await write('sub/third.csv', rejects.replace(MISSPELT, 'Annie,Li,ann.lee@@y.org,,Acme,n'));
    expect(await counts('import', 'sub/third.csv')).toMatchObject({ created: 0, rejected: 1 });
    const again = await readFile(path('sub/third.csv.rejected.csv'), 'utf8');
    await write('sub/fourth.csv', again.replace('lee@@y', 'lee@y'));
    expect(await counts('import', 'sub/fourth.csv')).toMatchObject({ created: 0, reasons: { corrected_elsewhere: 1 } });
    expect(people()).toEqual(ONCE);
  });

  it('the rejects make nobody twice whom the list has sent by the old name', async () => {
    const { write, counts, people } = await renamed(how, false);
    await write('a.csv', listOf(OTHERWISE, BOB));
    expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 0 });
    expect(await counts('import', 'sub/fix.csv')).toMatchObject({ created: 0, reasons: { corrected_in_list: 1 } });
    expect(people()).toEqual(['bob@x.com', 'ann.lee@y.org']);
  });

  it('the rejects send her where the list has sent a namesake on her line, and her own row stands elsewhere', async () => {
    const { write, counts, people } = await renamed(how, false);
    await write('a.csv', listOf('Anm,Lea,zoe@x.com,,Acme,n', BOB, MISSPELT));
    expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 1 });
    expect(await counts('import', 'sub/fix.csv')).toMatchObject({ created: 1, rejected: 0 });
    expect(people()).toEqual(['bob@x.com', 'zoe@x.com', 'ann@x.com']);
  });

  it.each([
    ['on her line, where the row was moved', listOf('Zoe,Zahn,zoe@x.com,,Acme,n', MISSPELT, BOB)],
    ['of her name on her line, where the row was moved', listOf('Anm,Lea,zoe@x.com,,Zeta,other', MISSPELT, BOB)],
    ['on her line, where the row was deleted', listOf('Zoe,Zahn,zoe@x.com,,Acme,n', BOB)],
    ['behind, where the rows were sorted', listOf(BOB, MISSPELT, 'Ann,Lee,zoe@x.com,+14155550123,Zeta,other')],
  ])('somebody %s is somebody new', async (_, then) => {
    const { write, counts, people } = await renamed(how);
    await write('a.csv', then);
    expect(await counts('import', 'a.csv')).toMatchObject({ created: 1, rejected: 0 });
    expect(people()).toEqual([...ONCE, 'zoe@x.com']);
  });
});

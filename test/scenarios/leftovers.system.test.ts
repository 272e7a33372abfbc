import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forgetFiles } from '../../src/run/forget.js';
import { holderName } from '../../src/storage/process-identity.js';
import { BINARY } from '../support/built.js';
import type { ImportOptions } from '../../src/run/settings.js';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';
import { behindProxy } from './workbench.js';

/** Starts a plan of standard input that never ends, and waits until its private copy is there. */
async function readingStdin() {
  const place = await workplace();
  const temporary = place.path('tmp');
  await mkdir(temporary);
  const env = { PATH: process.env.PATH, HOME: place.folder, TMPDIR: temporary };
  const child = spawn(process.execPath, [BINARY, 'map', '-', '--yes'], { cwd: place.folder, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  child.stdin.write(peopleCsv(3));
  await until(async () => (await readdir(temporary)).length === 1);
  return { place, child, temporary };
}

describe('the private copy of standard input', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2'] as const)(
    'is gone after %s',
    async (name) => {
      const { child, temporary } = await readingStdin();
      child.kill(name);
      await once(child, 'exit');
      expect(await readdir(temporary)).toEqual([]);
    },
  );

  it.each(['plan', 'forget'])('is removed by the next start, such as that of %s, after a kill -9', async (command) => {
    const { place, child, temporary } = await readingStdin();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [left = ''] = await readdir(temporary);
    expect(left).not.toBe('');
    await place.write('c.csv', peopleCsv(1));
    const env = { TMPDIR: temporary };
    const { code, stdout } = await place.runWith({ env }, command, 'c.csv');
    expect(code).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
    // Whoever asks for it to be forgotten is told.
    expect(stdout.includes(left)).toBe(command === 'forget');
  });

  it('has one sentence where there is no folder for it', async () => {
    const place = await workplace();
    await place.write('file', '');
    const env = { TMPDIR: place.path('file/none') };
    const ended = await place.runWith({ env, input: peopleCsv(1) }, 'import', '-', ...UNLIMITED);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('The folder for temporary files');
  });
});

describe('a rejects file that was half written when an import ended', () => {
  it.each([
    ['SIGKILL', ['import', 'c.csv', ...UNLIMITED]],
    ['SIGQUIT', ['import', 'c.csv', ...UNLIMITED]],
    ['SIGALRM', ['forget', 'c.csv', '--all', '--yes']],
  ] as const)('by %s is gone after %j', async (name, next) => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(3)}Bad,Row,no-email,Acme\n`);
    let leaves = (): void => undefined;
    const hasLeft = new Promise<void>((resolve) => (leaves = resolve));
    // Clarky never answers the first write.
    const api = await behindProxy(place, ({ method }) =>
      method === 'GET' ? Promise.resolve() : new Promise<void>(leaves),
    );
    const halves = async (): Promise<string[]> =>
      (await readdir(place.folder)).filter((each) => each.endsWith('.tmp') && each.includes('reject'));
    const { child } = place.start(['import', 'c.csv', ...UNLIMITED], { env: { CLARKY_API_URL: api } });
    await hasLeft;
    expect(await halves()).toHaveLength(1);
    child.kill(name);
    await once(child, 'exit');
    // Of somebody who is at work still, and what only looks so, stays.
    const [left = ''] = await halves();
    const others = [left.replace(/-\d+-\d+-/, `-${holderName()}-`), 'c.csv.rejected.csv.tmp'];
    for (const other of others) await place.write(other, 'half');
    await place.here(...next);
    expect((await halves()).sort()).toEqual(others.sort());
  });
});

describe('forget --all', () => {
  it('asks with the paths, and removes nothing where the answer is no', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    expect(await place.imported('c.csv')).toBe(0);
    const asked: string[][] = [];
    const answer = (isAgreed: boolean) => (paths: readonly string[]) => {
      asked.push([...paths]);
      return Promise.resolve(isAgreed);
    };
    const file = place.path('c.csv');
    expect((await forgetFiles(file, { all: true, confirm: answer(false) })).removed).toEqual([]);
    expect(await readdir(place.folder)).toContain('c.csv.checkpoint.jsonl');
    const { removed } = await forgetFiles(file, { all: true, confirm: answer(true) });
    expect(asked).toEqual([removed, removed]);
    expect((await readdir(place.folder)).sort()).toEqual(['c.csv', 'state']);
  });

  it('removes the corrections and a draft as well, nothing that only looks so, and no correction that was never imported', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,no-email,Acme\n`);
    expect(await place.imported('c.csv')).toBe(3);
    const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
    await place.write('c.csv.rejected.csv', rejects.replace('no-email', 'mended@example.com'));
    expect(await place.imported('c.csv')).toBe(3);
    expect((await place.here('verify', 'c.csv')).code).toBe(3);
    await place.write('c.csv.mapping.json', '{"columns":{}}');
    await place.write('c.csv.mapping.json.draft', '{"columns":{"Email":"emails"}}');
    await place.write('c.csv.edits.json', '[]');
    await place.write('c.csv.rejected.edited-notes.csv', 'mine\n');
    const [aside = ''] = (await readdir(place.folder)).filter((name) => /\.edited-\d/.test(name));
    expect((await place.here('forget', 'c.csv')).stdout).toBe(
      'Removed:\n  c.csv.edits.json\n  c.csv.differences.csv\nCheckpoint, log, rejects and report stay: --all removes them too.\n',
    );
    const { code, stdout } = await place.here('forget', 'c.csv', '--all', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`Kept, with corrections that may not be imported yet:\n  ${aside}\n`);
    const left = ['c.csv', 'c.csv.mapping.json', aside, 'c.csv.rejected.edited-notes.csv', 'state'];
    expect((await readdir(place.folder)).sort()).toEqual(left.sort());
  });

  it('keeps rejects that were corrected until they are imported, and then names what their own import left', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,no-email,Acme\n`);
    expect(await place.imported('c.csv')).toBe(3);
    const written = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
    const corrected = written.replace('no-email', 'mended@example.com');
    const forget = () => forgetFiles(place.path('c.csv'), { all: true });
    const rejects = place.path('c.csv.rejected.csv');

    await place.write('c.csv.rejected.csv', corrected);
    expect(await forget()).toMatchObject({ kept: [rejects], imported: [] });
    expect(await readFile(rejects, 'utf8')).toBe(corrected);
    expect(await place.imported('c.csv.rejected.csv')).toBe(0);
    expect(await forget()).toMatchObject({ removed: [rejects], kept: [], imported: [rejects] });
    expect((await place.here('forget', 'c.csv', '--all')).stdout).toContain(
      'Of its rejects, which were imported from their own file:\n  clarky-contacts forget c.csv.rejected.csv --all\n',
    );
    expect((await place.here('forget', 'c.csv.rejected.csv', '--all')).code).toBe(0);
    expect((await readdir(place.folder)).sort()).toEqual(['c.csv', 'state']);

    // What nobody has changed has nobody's work in it.
    expect(await place.imported('c.csv')).toBe(3);
    expect((await forget()).removed).toContain(rejects);
  });

  it.each([
    ['keeps rejects that were corrected and sent to a rehearsal alone', true],
    ['removes rejects that a rehearsal before did without', false],
  ])('%s', async (_, isRehearsedLast) => {
    const [first, last] = [await workplace(), await workplace()];
    const { path, write } = first;
    const to = ({ sandbox }: Workplace): Partial<ImportOptions> => ({ apiUrl: sandbox.url, key: sandbox.key });
    await write('c.csv', `${peopleCsv(1)}Bad,Row,no-email,Acme\n`);
    expect(await first.imported('c.csv')).toBe(3);
    if (isRehearsedLast) {
      const checkpoint = await readFile(path('c.csv.checkpoint.jsonl'), 'utf8');
      await write('c.csv.checkpoint.jsonl', checkpoint.replaceAll(first.sandbox.url, 'https://clarky.ai/api/v1'));
    }
    expect(await first.imported('c.csv', to(last))).toBe(3);
    const rejects = await readFile(path('c.csv.rejected.csv'), 'utf8');
    await write('c.csv.rejected.csv', rejects.replace('no-email', 'mended@example.com'));
    expect(await first.imported('c.csv.rejected.csv', to(last))).toBe(0);
    const { kept } = await forgetFiles(path('c.csv'), { all: true });
    expect(kept).toEqual(isRehearsedLast ? [path('c.csv.rejected.csv')] : []);
  });

  it('keeps rejects whose own import was taken back', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,no-email,Acme\n`);
    expect(await place.imported('c.csv')).toBe(3);
    const rejects = place.path('c.csv.rejected.csv');
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('no-email', 'mended@example.com'));
    expect((await place.here('import', 'c.csv.rejected.csv', '--live', ...UNLIMITED)).code).toBe(0);
    expect((await place.here('undo', 'c.csv.rejected.csv', '--yes', ...UNLIMITED)).code).toBe(0);
    expect(await forgetFiles(place.path('c.csv'), { all: true })).toMatchObject({ kept: [rejects] });
  });

  it('keeps corrections that were set aside, though what stood in their place then was imported', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,no-email,Acme\n`);
    expect(await place.imported('c.csv')).toBe(3);
    const rejects = place.path('c.csv.rejected.csv');
    const correct = async (): Promise<void> =>
      writeFile(rejects, (await readFile(rejects, 'utf8')).replace('no-email', 'mended@example.com'));
    await correct();
    expect(await place.imported('c.csv')).toBe(3);
    const [aside = ''] = (await readdir(place.folder)).filter((name) => /\.edited-\d/.test(name));
    await correct();
    expect(await place.imported('c.csv.rejected.csv')).toBe(0);
    const { kept, removed } = await forgetFiles(place.path('c.csv'), { all: true });
    expect(kept).toEqual([place.path(aside)]);
    expect(removed).toContain(rejects);
  });

  it('keeps what was set aside as it was written, and corrected then', async () => {
    const place = await workplace();
    const people = (...emails: string[]): string[][] => [['Email'], ...emails.map((email) => [email])];
    await place.write('b.xlsx', workbook({ People: people('ann@x.com', 'bad@@x.com'), Guests: people('cy@x.com') }));
    for (const sheet of ['People', 'Guests']) await place.imported('b.xlsx', { sheet });
    const [name = ''] = (await readdir(place.folder)).filter((each) => /\.kept-\d/.test(each));
    const aside = place.path(name);
    const written = await readFile(aside, 'utf8');
    await writeFile(aside, written.replace('bad@@x.com', 'good@x.com'));
    expect(
      (await forgetFiles(place.path('b.xlsx'), { all: true, confirm: () => Promise.resolve(false) })).kept,
    ).toEqual([aside]);
    await writeFile(aside, written);
    const { kept, removed } = await forgetFiles(place.path('b.xlsx'), { all: true });
    expect(kept).toEqual([]);
    expect(removed).toContain(aside);
  });
});

it('forget, undo and status without a file name the lists that there are, and do nothing', async () => {
  const place = await workplace();
  for (const n of [1, 2, 3, 4, 5, 6]) await place.write(`l${n}.csv.checkpoint.jsonl`, '');
  const commands = [['forget', '--all'], ['forget', '--all', '--yes'], ['undo'], ['status']];
  for (const [command = '', ...flags] of commands) {
    const { code, stderr } = await place.here(command, ...flags);
    const all = flags.length === 0 ? '' : ' --all';
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${command}${all} is of one list, and none is named.`)]);
    expect(stderr).toContain('6 lists were imported here: l1.csv, l2.csv, l3.csv, l4.csv, l5.csv and 1 more.');
    expect(stderr).toContain(`clarky-contacts ${command} FILE${all}`);
  }
  expect(existsSync(place.path('l1.csv.checkpoint.jsonl'))).toBe(true);
});

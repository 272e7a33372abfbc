import { access, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyInWords } from '../../src/cli/views/verify-words.js';
import { forgetFiles } from '../../src/run/forget.js';
import { chooseSample } from '../../src/run/verify/sample.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import type { VerifyOptions } from '../../src/run/verify/verify-options.js';
import type { VerifyResult } from '../../src/run/verify/verify-result.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { workbench, type Workbench } from './workbench.js';
import { OWNER_ALONE, modeOf, onPosix } from '../support/posix.js';

const PEOPLE = 'Email,First name,Phone,Company\n';
const ROWS = ['ada@x.com,Ada,020 7946 0001,Engines', 'bob@x.com,Bob,,Bricks', ',Cy,020 7946 0003,Clay'];

function verify(bench: Workbench, options: Partial<VerifyOptions> = {}): Promise<VerifyResult> {
  return verifyContacts({ file: bench.file, ...bench.api, country: 'GB', ...options });
}

/** Enough others in the workspace that asking one by one is cheaper than listing it. */
const OTHERS = Array.from({ length: 500 }, (_, n) => ({ emails: [`other${n}@y.org`] }));

describe.each([
  { by: 'list', others: [] },
  { by: 'lookup', others: OTHERS },
] as const)('verify by $by', ({ by, others }) => {
  it('finds everything the same, whatever form the server gives it', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\n`, { readings: { answers: 'objects' } });
    await bench.import({ live: false, country: 'GB', concurrency: 1 });
    bench.sandbox.seed(others);
    const [ada] = bench.sandbox.contacts();
    await patch(bench, ada?.id ?? '', { emails: ['ADA@x.com', 'ada@home.org'], phone_numbers: ['(020) 7946-0001'] });
    const result = await verify(bench);
    expect(result).toMatchObject({ readBy: by, same: 3, normalised: 1, checked: 3, allSame: true, exitStatus: 0 });
    expect(result.findings).toEqual([]);
    expect(verifyInWords(result)).toContain('Verified: 3 contacts');
    await expect(access(`${bench.file}.differences.csv`)).rejects.toThrow();
  });

  it('knows by its id whose e-mail or phone somebody changed in Clarky, and whom another bot has', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\ndi@x.com,Di,,\n`, { bots: 2 });
    const [bot = '', otherBot = ''] = bench.sandbox.botIds;
    await bench.import({ live: false, country: 'GB', bot, concurrency: 1 });
    bench.sandbox.seed(others);
    const [ada, bob, cy, di] = bench.sandbox.contacts().map(({ id }) => id);
    await patch(bench, ada ?? '', { emails: ['ada@new.org'] });
    await patch(bench, bob ?? '', { bot_id: otherBot });
    await patch(bench, cy ?? '', { phone_numbers: ['+442079460099'] });
    // That id is somebody else's by now.
    await patch(bench, di ?? '', { emails: ['max@new.org'], first_name: 'Max', last_name: 'Moor' });
    const result = await verify(bench, { bot });
    expect(result).toMatchObject({ readBy: by, same: 0, different: 3, missing: 1, exitStatus: 3 });
    expect(result.findings.map((one) => (one.kind === 'different' ? one.differences : one.kind))).toEqual([
      [{ field: 'emails', expected: ['ada@x.com'], found: ['ada@new.org'] }],
      [{ field: 'bot_id', expected: bot, found: otherBot }],
      [{ field: 'phone_numbers', expected: ['+442079460003'], found: ['+442079460099'] }],
      'missing',
    ]);
  });

  it('tells what differs, what is missing and what an import would reject, on the terminal and in a file', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.slice(0, 2).join('\n')}\n`);
    await bench.import({ live: false, country: 'GB', concurrency: 1 });
    bench.sandbox.seed(others);
    const [ada] = bench.sandbox.contacts();
    await patch(bench, ada?.id ?? '', { company: '=Elsewhere' });
    await bench.write(`${PEOPLE}${ROWS.slice(0, 2).join('\n')}\nnew@x.com,New,,\nnonsense,Eli,,\n`);
    const result = await verify(bench, { all: true });
    expect(result).toMatchObject({ readBy: by, same: 1, different: 1, missing: 1, rejected: 1, exitStatus: 3 });
    expect(result.findings.map(({ kind, lines }) => [kind, ...lines])).toEqual([
      ['different', 2],
      ['same', 3],
      ['missing', 4],
      ['rejected', 5],
    ]);
    const words = verifyInWords(result);
    expect(words).toContain('* line 2, Ada  company: expected Engines, found =Elsewhere\n= line 3\n+ line 4, ');
    expect(words).toMatch(/\+ line 4, \S+.* {2}missing\n! line 5/);
    for (const line of words.split('\n').slice(0, 5)) expect(line.length).toBeLessThanOrEqual(80);
    const path = `${bench.file}.differences.csv`;
    expect(await modeOf(path)).toBe(OWNER_ALONE);
    const csv = await readFile(path, 'utf8');
    expect(csv).toContain(`2,different,ada@x.com,'+442079460001,${ada?.id ?? ''},company,Engines,'=Elsewhere\r\n`);
    expect(csv).toContain('4,missing,new@x.com,,,,,\r\n');
    // Once all is as it should be, the file is gone.
    await bench.write(`${PEOPLE}${ROWS[1] ?? ''}\n`);
    expect(await verify(bench)).toMatchObject({ allSame: true });
    await expect(access(path)).rejects.toThrow();
  });
});

describe('verify', () => {
  it('that is stopped while it reads the workspace leaves no file behind', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\n`);
    bench.sandbox.seed([{ emails: ['other@y.org'] }]);
    const stop = new AbortController();
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'workspace') stop.abort(new Error('stopped'));
    };
    await expect(verify(bench, { signal: stop.signal, onEvent })).rejects.toThrow('stopped');
    const left = await readdir(dirname(bench.file));
    expect(left.filter((name) => name.includes('differences'))).toEqual([]);
  });

  it('takes the cheaper way, and writes nothing to Clarky', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS[0] ?? ''}\n`);
    bench.sandbox.seed(OTHERS);
    expect(await verify(bench)).toMatchObject({ missing: 1, readBy: 'lookup' });
    // The key, the number of contacts, and the one.
    expect(bench.traffic()).toEqual({ reads: 3, writes: 0 });
  });

  it('sees what changed since the workspace was last read', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\n`);
    await bench.import({ country: 'GB', concurrency: 1 });
    expect(await verify(bench)).toMatchObject({ allSame: true });
    await patch(bench, bench.sandbox.contacts()[1]?.id ?? '', { company: 'Elsewhere' });
    expect(await verify(bench)).toMatchObject({ different: 1, same: 2 });
  });

  it('says that a phone alone can not be looked up, rather than that it is missing', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS[2] ?? ''}\n`);
    bench.sandbox.seed([...OTHERS, { phone_numbers: ['(020) 7946 0003'], first_name: 'Cy', company: 'Clay' }]);
    const result = await verify(bench);
    expect(result).toMatchObject({ unknown: 1, missing: 0, exitStatus: 3 });
    expect(verifyInWords(result)).toContain('? line 2');
  });

  it('checks a sample that can be chosen again', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `p${n}@x.com,P,,`);
    const bench = await workbench(`${PEOPLE}${rows.join('\n')}\n`);
    await bench.import({ live: false });
    const first = await verify(bench, { sample: 5, seed: 42, all: true });
    expect(first).toMatchObject({ checked: 5, same: 5, contacts: 40, allSame: true, seed: 42 });
    expect((await verify(bench, { sample: 5, seed: 42, all: true })).findings).toEqual(first.findings);
    expect(verifyInWords(first)).toContain('--sample 5 --seed 42');
  });
});

describe('a sample', () => {
  it('has as many as asked for, each as likely as any other', () => {
    const hits = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      const chosen = chooseSample(20, 5, seed);
      expect(chosen.size).toBe(5);
      for (const number of chosen) hits[number] = (hits[number] ?? 0) + 1;
    }
    // 1000 expected; six standard deviations are 164.
    for (const count of hits) expect(Math.abs(count - 1000)).toBeLessThan(164);
  });
});

describe('forget', () => {
  it('removes what holds personal data, and with --all everything but the file and its mapping', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\nnonsense,,,\n`);
    await bench.import({ country: 'GB' });
    expect((await forgetFiles(bench.file)).removed).toEqual([
      `${bench.file}.workspace.jsonl`,
      `${bench.file}.undo.jsonl`,
    ]);
    await expect(undoImport({ file: bench.file, ...bench.api })).rejects.toMatchObject({ code: 'usage' });
    // The next live import reads the workspace anew.
    expect((await bench.import({ country: 'GB' })).summary).toMatchObject({ unchanged: 3, requests: 0 });
    const { removed } = await forgetFiles(bench.file, { all: true });
    expect([...removed].sort()).toEqual(
      ['checkpoint.jsonl', 'log.jsonl', 'rejected.csv', 'report.html', 'workspace.jsonl'].map(
        (end) => `${bench.file}.${end}`,
      ),
    );
    await access(bench.file);
    expect((await forgetFiles(bench.file, { all: true })).removed).toEqual([]);
  });

  onPosix('removes what links of ours lead to and what lies beside that, and names it', async () => {
    const bench = await workbench(`${PEOPLE}${ROWS.join('\n')}\n`);
    const behind = join(bench.folder, 'v');
    await mkdir(behind);
    for (const end of ['checkpoint.jsonl', 'log.jsonl']) await symlink(join(behind, end), `${bench.file}.${end}`);
    await bench.import({ country: 'GB' });
    const personal = ['checkpoint.jsonl.undo.jsonl', 'checkpoint.jsonl.workspace.jsonl'];
    expect((await readdir(behind)).sort()).toEqual(['checkpoint.jsonl', ...personal, 'log.jsonl']);
    const first = await forgetFiles(bench.file);
    expect([...first.removed].sort()).toEqual(personal.map((name) => join(behind, name)));
    const { removed } = await forgetFiles(bench.file, { all: true });
    expect(removed).toContain(join(behind, 'checkpoint.jsonl'));
    expect(removed).toContain(`${bench.file}.checkpoint.jsonl`);
    expect(await readdir(behind)).toEqual([]);
    expect((await readdir(bench.folder)).sort()).toEqual(['contacts.csv', 'v']);
  });
});

async function patch(bench: Workbench, id: string, body: object): Promise<void> {
  const answer = await fetch(`${bench.sandbox.url}/contacts/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${bench.sandbox.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
}

const BOB_AT = (domain: string): string =>
  `${PEOPLE}ada@x.com,Ada,020 7946 0001,Engines\nbob@${domain},Bob,020 7946 0002,\n`;

it('whose e-mail was corrected in the file is whom an import with --live has changed', async () => {
  const bench = await workbench(BOB_AT('x.com'));
  await bench.import({ live: true, country: 'GB' });
  await bench.write(BOB_AT('new.org'));
  expect((await bench.import({ live: true, country: 'GB' })).summary).toMatchObject({ updated: 1, rejected: 0 });
  expect(await verify(bench)).toMatchObject({ same: 2, missing: 0, notSent: 0, rejected: 0 });
});

it.each([
  ['somebody there', 'Robert'],
  ['a namesake of another e-mail', 'Herr Bob'],
])('calls a row rejected that an import with --live rejected for %s, and not one to be sent', async (_, name) => {
  const bench = await workbench(BOB_AT('new.org'));
  bench.sandbox.seed([{ emails: ['bob@x.com'], first_name: name, phone_numbers: ['+442079460002'] }]);
  expect((await bench.import({ live: true, country: 'GB' })).summary).toMatchObject({ rejected: 1 });
  const result = await verify(bench);
  expect(result).toMatchObject({ same: 1, missing: 0, notSent: 0, rejected: 1 });
  expect(verifyInWords(result)).not.toContain('send what was not sent');
});

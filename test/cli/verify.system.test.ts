import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyContacts } from '../../src/run/verify/verify.js';
import type { VerifyOptions } from '../../src/run/verify/verify-options.js';
import type { VerifyResult } from '../../src/run/verify/verify-result.js';
import { UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const HEADER = 'Name,Email,Phone\n';
const SOURCE = `${HEADER}Ada,ada@example.com,\nBob,bob@example,\nCy,,\nDee,dee@example,\n`;

async function correct(place: Workplace, name: string, ...changes: [string, string][]): Promise<void> {
  let text = await readFile(place.path(name), 'utf8');
  for (const [from, to] of changes) text = text.replace(from, to);
  await writeFile(place.path(name), text);
}

/** What `verify FILE` finds, without a process of its own. */
function verified(place: Workplace, file: string, settings: Partial<VerifyOptions> = {}): Promise<VerifyResult> {
  return verifyContacts({
    file: place.path(file),
    key: place.sandbox.key,
    apiUrl: place.sandbox.url,
    stateDir: join(place.folder, 'state'),
    ...settings,
  });
}

it('leads to an import, told what it was told itself, where none is known here', async () => {
  const place = await workplace();
  await place.write('c.csv', 'Email;Phone\nada@example.com;020 7946 0000\n');
  const { stdout } = await place.here('verify', 'c.csv', '--country', 'GB', '--delimiter', ';');
  const [, told = ''] = /import what is missing:\s+clarky-contacts import c\.csv (.*)\n/.exec(stdout) ?? [];
  expect(told.split(' --').sort()).toEqual(["--delimiter ';'", 'country GB', 'live']);
  expect(stdout).not.toContain('deleted');
});

it.each([['--live'], []])('leads to the same import of the rejects as the import did (%s)', async (...told) => {
  const place = await workplace();
  await place.write('c.csv', SOURCE);
  const { stdout: imported } = await place.here('import', 'c.csv', ...told, ...UNLIMITED);
  const command = /clarky-contacts import c\.csv\.rejected\.csv.*/.exec(imported)?.[0] ?? 'none';
  expect(command.includes('--live')).toBe(told.length > 0);
  const { stdout } = await place.here('verify', 'c.csv');
  expect(`${stdout}\n`).toContain(`${command.replace(/ --rate \S+/, '')}\n`);
});

describe('verify knows that what was rejected has arrived', () => {
  it('as corrected in the rejects file, and in the rejects of that', async () => {
    const place = await workplace();
    await place.write('c.csv', SOURCE);
    expect(await place.imported('c.csv')).toBe(3);
    expect(await verified(place, 'c.csv')).toMatchObject({ same: 1, corrected: 0, rejected: 3, exit: 3 });

    await correct(place, 'c.csv.rejected.csv', ['bob@example,', 'bob@example.com,'], ['dee@example,', 'dee@@x,']);
    // Corrected is not arrived.
    expect(await verified(place, 'c.csv')).toMatchObject({ same: 1, corrected: 0, rejected: 3, exit: 3 });
    expect(await place.imported('c.csv.rejected.csv')).toBe(3);
    expect(await verified(place, 'c.csv')).toMatchObject({ same: 1, corrected: 1, rejected: 2, exit: 3 });

    // What is rejected again keeps the line of the first file.
    const again = 'c.csv.rejected.csv.rejected.csv';
    expect((await readFile(place.path(again), 'utf8')).match(/,\d+,/g)).toEqual([',4,', ',5,']);
    await correct(place, again, ['Cy,,', 'Cy,cy@example.com,'], ['dee@@x,', 'dee@example.com,']);
    expect(await place.imported(again)).toBe(0);
    const all = { contacts: 4, checked: 4, same: 1, corrected: 3, rejected: 0, allSame: true, exit: 0 };
    expect(await verified(place, 'c.csv')).toMatchObject(all);
    const { code, stdout } = await place.here('verify', 'c.csv', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, all]);
    const words = await place.here('verify', 'c.csv', '--all');
    expect(words.stdout).toContain('= line 3, Bob  as corrected in c.csv.rejected.csv\n');
    expect(words.stdout).toContain('Verified: 4 contacts of c.csv are in Clarky as the file says.');
    expect(words.stdout).toContain('= corrected  3  rejected rows, in Clarky as they were corrected');

    // The source is imported again: the corrections are set aside, and stay known.
    expect(await place.imported('c.csv')).toBe(0);
    expect(await verified(place, 'c.csv')).toMatchObject({ corrected: 3, rejected: 0, exit: 0 });

    // What was changed in Clarky since is a difference, and no rejection.
    const [bob] = place.sandbox.contacts().filter(({ emails }) => emails.includes('bob@example.com'));
    await fetch(`${place.sandbox.url}/contacts/${bob?.id ?? ''}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${place.sandbox.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ first_name: 'Robert' }),
    });
    expect(await verified(place, 'c.csv')).toMatchObject({ corrected: 2, different: 1, rejected: 0, exit: 3 });

    // Another row that stands on that line now is not taken for it.
    await place.write('c.csv', `${HEADER}Ada,ada@example.com,\nZoe,zoe@elsewhere,\n`);
    expect(await verified(place, 'c.csv')).toMatchObject({ same: 1, corrected: 0, rejected: 1, exit: 3 });
  });

  it('as corrected in a rejects file that was thrown away since, so long as Clarky has it', async () => {
    const place = await workplace();
    await place.write('c.csv', SOURCE);
    await place.here('import', 'c.csv', ...UNLIMITED);
    await correct(place, 'c.csv.rejected.csv', ['bob@example,', 'bob@example.com,']);
    expect((await place.here('import', 'c.csv.rejected.csv', ...UNLIMITED)).code).toBe(3);
    await rm(place.path('c.csv.rejected.csv'));
    const words = await place.here('verify', 'c.csv', '--all');
    expect(words.stdout).toContain('= line 3, Bob  as corrected in a rejects file that is there no more\n');
    const found = async (): Promise<unknown> => JSON.parse((await place.here('verify', 'c.csv', '--json')).stdout);
    expect(await found()).toMatchObject({ contacts: 2, same: 1, corrected: 1, rejected: 2 });

    const [bob] = place.sandbox.contacts().filter(({ emails }) => emails.includes('bob@example.com'));
    const headers = { authorization: `Bearer ${place.sandbox.key}` };
    await fetch(`${place.sandbox.url}/contacts/${bob?.id ?? ''}`, { method: 'DELETE', headers });
    expect(await found()).toMatchObject({ contacts: 1, same: 1, corrected: 0, rejected: 3 });
  });

  it('as corrected of what only Clarky rejected', async () => {
    const place = await workplace();
    const rows = 'Ada,ada@example.com,\nBo,bo@example.com,nowhere\n';
    await place.write('s.csv', `Name,Email,pipeline_stage_id\n${rows}`);
    expect(await place.imported('s.csv')).toBe(3);
    await correct(place, 's.csv.rejected.csv', ['bo@example.com,nowhere', 'bo@example.com,']);
    expect(await place.imported('s.csv.rejected.csv')).toBe(0);
    const all = { same: 1, corrected: 1, different: 0, allSame: true, exit: 0 };
    expect(await verified(place, 's.csv')).toMatchObject(all);
    // What somebody changes in the source since is a difference.
    await correct(place, 's.csv', ['bo@example.com,nowhere', 'bo@example.com,elsewhere']);
    expect(await verified(place, 's.csv')).toMatchObject({ same: 1, corrected: 0, different: 1, exit: 3 });
  });

  it('as fixed in the source, by FILE.edits.json, and under a country that only the rejects were given', async () => {
    const place = await workplace();
    await place.write('c.csv', `${HEADER}Ada,ada@example,\nBob,,020 7946 0001\nCy,cy@example,\n`);
    expect(await place.imported('c.csv')).toBe(3);
    expect(await place.imported('c.csv.rejected.csv', { country: 'GB' })).toBe(3);
    expect(await verified(place, 'c.csv')).toMatchObject({ corrected: 1, rejected: 2 });
    await correct(place, 'c.csv', ['ada@example,', 'ada@example.com,']);
    const edit = { line: 4, column: 'Email', was: 'cy@example', value: 'cy@example.com' };
    await place.write('c.csv.edits.json', JSON.stringify([edit]));
    expect(await place.imported('c.csv')).toBe(3);
    expect(await verified(place, 'c.csv')).toMatchObject({ same: 2, corrected: 1, rejected: 0, exit: 0 });
  });
});

it('finds as corrected what an import counts so: rows that were rejected for somebody of another file', async () => {
  const place = await workplace();
  await place.write('a.csv', `${HEADER}Ann Lee,ann@example.com,+442079460001\n`);
  expect(await place.imported('a.csv')).toBe(0);
  await place.write('b.csv', `${HEADER}Bob Ray,bob@example.com,+442079460001\nCy,cy@example.com,\n`);
  const imported = (file: string): ReturnType<Workplace['here']> =>
    place.here('import', file, '--live', '--json', ...UNLIMITED);
  expect((await imported('b.csv')).code).toBe(3);
  await correct(place, 'b.csv.rejected.csv', ['460001', '460002']);
  expect((await imported('b.csv.rejected.csv')).code).toBe(0);
  expect(JSON.parse((await imported('b.csv')).stdout)).toMatchObject({ correctedRows: 1, rejected: 0 });
  expect(await verified(place, 'b.csv')).toMatchObject({ same: 1, corrected: 1, different: 0, exit: 0 });
});

describe('what was left out because clearly somebody else has it', () => {
  it.each([
    ['by an earlier run', []],
    ['by the workspace', ['--live']],
  ])('known %s, is no difference', async (_, live) => {
    const place = await workplace();
    await place.write('a.csv', `${HEADER}Ann Lee,ann@example.com,+442079460001\n`);
    expect(await place.imported('a.csv', { name: 'people' })).toBe(0);
    await place.write('b.csv', `${HEADER}Bob Ray,bob@example.com,+442079460001\n`);
    const flags = ['--name', 'people', '--shared-phone', 'omit', ...live, ...UNLIMITED];
    expect((await place.here('import', 'b.csv', ...flags)).code).toBe(0);
    const name = 'people';
    expect(await verified(place, 'b.csv', { name })).toMatchObject({ same: 1, different: 0, exit: 0 });
    // Without that rule the phone would be missing.
    expect(await verified(place, 'b.csv', { name, sharedPhone: 'send' })).toMatchObject({ different: 1, exit: 3 });
  });

  it('and held back, is rejected and not missing', async () => {
    const place = await workplace();
    await place.write('a.csv', `${HEADER}Ann Lee,ann@example.com,+442079460001\n`);
    expect(await place.imported('a.csv')).toBe(0);
    await place.write('a.csv', `${HEADER}Bob Ray,bob@example.com,+442079460001\n`);
    expect(await place.imported('a.csv')).toBe(3);
    expect(await verified(place, 'a.csv')).toMatchObject({ missing: 0, rejected: 1, exit: 3 });
  });
});

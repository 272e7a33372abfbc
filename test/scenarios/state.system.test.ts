import { chmod, mkdir, readdir, readFile, rename, rm, symlink, link, writeFile } from 'node:fs/promises';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { Checkpoint, listScopes } from '../../src/checkpoint/checkpoint.js';
import { digest } from '../../src/contact/identity.js';
import { forgetFiles } from '../../src/run/forget.js';
import type { ImportListener } from '../../src/run/events.js';
import { importContacts } from '../../src/run/import/import.js';
import { planContacts } from '../../src/run/plan/plan.js';
import { readStatus } from '../../src/run/status.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { BINARY } from '../support/built.js';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { modeOf, onPosix, OWNER_ALONE } from '../support/posix.js';
import { until } from '../support/until.js';
import { workbook } from '../support/workbook.js';

const PHONES = 'Name,Phone\nAda,020 7946 0001\nBob,020 7946 0002\n';

/** A text of several lines in one. */
const plain = (text: string): string => text.replace(/\s+/g, ' ');

describe('the settings that shaped an import', () => {
  it('are the defaults of the next command on that file; one that differs is used, and said', async () => {
    const place = await workplace();
    await place.write('c.csv', PHONES);
    expect(await place.imported('c.csv', { country: 'GB' })).toBe(0);
    expect((await place.here('verify', 'c.csv')).code).toBe(0);
    const again = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: 2, requests: 0 });
    const other = await place.here('plan', 'c.csv', '--country', 'DE');
    expect(other.stdout).toContain('--country DE is used; the import before had GB.');
    const checked = await place.here('verify', 'c.csv', '--country', 'DE');
    expect(checked.stderr).toContain('--country DE is used; the import before had GB.');
    const kept = (await readFile(place.path('c.csv.checkpoint.jsonl'), 'utf8')).match(/\{"settings".*/)?.[0];
    expect(JSON.parse(kept ?? '')).toEqual({ settings: { country: 'GB', bot: place.sandbox.botId } });
    const { stdout } = await place.here('status', 'c.csv');
    expect(stdout).toContain('Defaults of the next command on it, as the last import had them\n  --country GB\n');
  });

  it('are shown by status as a shell takes them', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email\nann@example.com\n');
    await place.here('import', 'c.csv', '--set', 'lead_source=Messe Köln', '--no-report', ...UNLIMITED);
    expect((await place.here('status', 'c.csv')).stdout).toContain("\n  --set 'lead_source=Messe Köln'\n");
  });

  it('are said where they go on to hold, and let go of by --forget-settings', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Email\nann@example.com\n');
    const given = ['--set', 'lead_source=Messe', '--unmapped', 'custom'];
    expect(await place.imported('c.csv', { set: { lead_source: 'Messe' }, unmapped: 'custom' })).toBe(0);
    await place.write('c.csv', 'Email\nann@example.com\nben@example.com\n');
    const said =
      'As in the import before: --set lead_source=Messe, --unmapped custom\n(--forget-settings does without).';
    for (const command of ['plan', 'import', 'verify']) {
      const { stdout, stderr } = await place.here(command, 'c.csv', ...(command === 'import' ? UNLIMITED : []));
      expect(plain(command === 'plan' ? stdout : stderr), command).toContain(plain(said));
      const without = await place.here(command, 'c.csv', ...given, ...(command === 'import' ? UNLIMITED : []));
      expect(plain(without.stdout + without.stderr), command).not.toContain('As in the import before');
    }
    await place.write('c.csv', 'Email\nann@example.com\nben@example.com\ncy@example.com\n');
    expect((await place.here('import', 'c.csv', '--forget-settings', ...UNLIMITED)).code).toBe(0);
    const sources = place.sandbox.contacts().map(({ emails, lead_source }) => [emails?.[0], lead_source ?? null]);
    expect(sources).toContainEqual(['cy@example.com', null]);
    const { stdout } = await place.here('status', 'c.csv');
    expect(stdout).not.toContain('--set');
  });

  it('have the mapping file among them, wherever it lies, until another is decided', async () => {
    const place = await workplace();
    await place.write('dec.csv', 'Email,Code\nann@example.com,7\n');
    await mkdir(place.path('maps'));
    const mapping = await place.write(
      'maps/nov.json',
      '{"version":1,"columns":{"Email":"emails","Code":"custom:Code"}}',
    );
    expect(await place.imported('dec.csv', { mapping })).toBe(0);
    const checked = await place.here('verify', 'dec.csv');
    expect(checked).toMatchObject({ code: 0 });
    expect(plain(checked.stderr)).toContain('As in the import before: --mapping maps/nov.json (--forget-settings');
    const planned = JSON.parse((await place.here('plan', 'dec.csv', '--json')).stdout) as Record<string, unknown>;
    expect(planned).toMatchObject({ unchanged: 1, mappingFile: 'maps/nov.json' });
    // What is decided since, beside the file, goes first; and what is gone is not done without in silence.
    await place.write('dec.csv.mapping.json', '{"version":1,"columns":{"Email":"emails","Code":"ignore"}}');
    const own = (await place.here('plan', 'dec.csv')).stdout;
    expect(plain(own)).toContain('dec.csv.mapping.json is used; the import before had maps/nov.json.');
    await rm(place.path('dec.csv.mapping.json'));
    await rm(mapping);
    const gone = await place.here('plan', 'dec.csv');
    expect(gone).toMatchObject({ code: 2 });
    expect(plain(gone.stderr)).toContain("maps/nov.json of the import before isn't there any more. Put it back");
    expect((await place.here('plan', 'dec.csv', '--forget-settings')).code).toBe(0);
    expect((await place.here('map', 'dec.csv', '--yes')).code).toBe(0);
  });

  it('that need to know what is in Clarky are not used without --live, told now or earlier', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    for (const flag of ['--keep-existing', '--restore-deleted', '--lists join']) {
      const refused = await place.here('import', 'c.csv', ...flag.split(' '), ...UNLIMITED);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain(`${flag} needs to know what is in Clarky.`);
      // There was no earlier import that could have been told something.
      expect(refused.stderr).not.toContain('earlier import');
    }
    expect(await place.imported('c.csv', { keepExisting: true, live: true })).toBe(0);
    await place.write('c.csv', peopleCsv(2));
    const held = await place.here('import', 'c.csv', ...UNLIMITED);
    expect([held.code, plain(held.stderr)]).toEqual([2, expect.stringContaining('--forget-settings') as string]);
    expect((await place.here('plan', 'c.csv')).code).toBe(2);
    expect(place.sandbox.contacts()).toHaveLength(1);
    expect((await place.here('import', 'c.csv', '--forget-settings', ...UNLIMITED)).code).toBe(0);
  });

  it('that exclude each other end a command, told now or earlier: --lists replace and --keep-existing', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const live = ['c.csv', '--live', ...UNLIMITED];
    expect(await place.imported('c.csv', { live: true, keepExisting: true })).toBe(0);
    for (const command of ['import', 'plan']) {
      const { code, stdout, stderr } = await place.here(command, ...live, '--lists', 'replace');
      expect(code).toBe(2);
      const said = plain(stdout + stderr);
      expect(said).toContain('--lists replace replaces what is in Clarky, and --keep-existing keeps it.');
      expect(said).toContain('--forget-settings');
    }
    expect((await place.here('import', ...live, '--lists', 'replace', '--forget-settings')).code).toBe(0);
  });

  it('hold for undo: it takes the bot of the import, and says where another is named', async () => {
    const place = await workplace({ bots: ['bot_a', 'bot_b'] });
    await place.write('c.csv', peopleCsv(1));
    expect(await place.imported('c.csv', { bot: 'bot_b', live: true })).toBe(0);
    const other = await place.here('undo', 'c.csv', '--yes', '--bot', 'bot_a');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('c.csv was imported with the bot bot_b, and not with bot_a.');
    expect(place.sandbox.contacts()).toHaveLength(1);
    expect((await place.here('undo', 'c.csv', '--yes')).code).toBe(0);
    expect(place.sandbox.contacts()).toEqual([]);
  });
});

describe('--work-dir and --name', () => {
  it('keep all that is written of a read-only file elsewhere, for every command', async () => {
    const place = await workplace();
    await mkdir(place.path('in'));
    await place.write('in/c.csv', `${PHONES}Cy,none of both\n`);
    await chmod(place.path('in'), 0o500);
    const all = ['in/c.csv', '--work-dir', 'state of it'];
    expect((await place.here('import', ...all, '--country', 'GB', ...UNLIMITED)).code).toBe(3);
    expect(await readdir(place.path('in'))).toEqual(['c.csv']);
    expect((await readdir(place.path('state of it'))).sort()).toEqual([
      'c.csv.checkpoint.jsonl',
      'c.csv.log.jsonl',
      'c.csv.rejected.csv',
      'c.csv.report.html',
    ]);
    expect((await place.here('status', ...all)).stdout).toContain('2');
    expect((await place.here('forget', ...all, '--all')).code).toBe(0);
    expect(await readdir(place.path('state of it'))).toEqual([]);
    await chmod(place.path('in'), 0o700);
  });

  it('keep files of one name from two folders apart: what lies there under it is taken for nobody else’s', async () => {
    const place = await workplace();
    for (const folder of ['lon', 'par']) await mkdir(place.path(folder));
    await place.write('lon/a.csv', 'Name,Email\nAnn Lee,ann@x.com\nBo Ek,none\n');
    await place.write('par/a.csv', 'Name,Email\nCy Moe,cy@x.com\n');
    const workDir = place.path('w');
    const stateDir = place.path('state');
    const at = (file: string, name?: string) => ({ file: place.path(file), workDir, name });
    const live = { key: place.sandbox.key, apiUrl: place.sandbox.url, stateDir, live: true };
    expect((await importContacts({ ...at('lon/a.csv'), ...live })).exitStatus).toBe(3);
    const rejects = await readFile(place.path('w/a.csv.rejected.csv'), 'utf8');
    const told = { code: 'usage', exitStatus: 2, message: expect.stringMatching(/belongs to .*lon.a\.csv/) as unknown };
    await expect(importContacts({ ...at('par/a.csv'), ...live })).rejects.toMatchObject(told);
    await expect(planContacts(at('par/a.csv'))).rejects.toMatchObject(told);
    await expect(
      undoImport({ ...at('par/a.csv'), key: live.key, apiUrl: live.apiUrl, stateDir }),
    ).rejects.toMatchObject(told);
    await expect(forgetFiles(place.path('par/a.csv'), { workDir, stateDir, all: true })).rejects.toMatchObject(told);
    await expect(readStatus(place.path('par/a.csv'), { workDir })).rejects.toMatchObject(told);
    expect(place.sandbox.contacts()).toHaveLength(1);
    expect(await readFile(place.path('w/a.csv.rejected.csv'), 'utf8')).toBe(rejects);
    // One state for both is asked for by its name; a link is the same file, and what was moved takes its state along.
    expect((await planContacts(at('par/a.csv', 'a.csv'))).created).toBe(1);
    await symlink(place.path('lon'), place.path('same'));
    expect((await planContacts({ ...at('same/a.csv'), apiUrl: live.apiUrl })).unchanged).toBe(1);
    await rename(place.path('lon'), place.path('moved'));
    expect((await importContacts({ ...at('moved/a.csv'), ...live })).summary).toMatchObject({
      unchanged: 1,
      requests: 0,
    });
  });

  it('keep standard input under its name, and dated exports under one', async () => {
    const place = await workplace();
    const args = ['import', '-', '--name', 'nightly', '--json', ...UNLIMITED];
    expect((await place.hereWith({ input: peopleCsv(3) }, ...args)).code).toBe(0);
    await place.write('export-2026-11-25.csv', peopleCsv(3));
    const next = await place.here('import', 'export-2026-11-25.csv', '--name', 'nightly', '--json', ...UNLIMITED);
    expect(JSON.parse(next.stdout)).toMatchObject({ unchanged: 3, checkpoint: 'nightly.checkpoint.jsonl' });
  });
});

describe('what can not be written', () => {
  it('is told before anything is sent, with the option or variable that helps', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    await place.write('no-folder', '');
    for (const flag of ['--latest', '--rejects', '--log', '--checkpoint', '--report']) {
      const ended = await place.here('import', 'c.csv', flag, 'nowhere/x', ...UNLIMITED);
      expect([flag, ended.code, ended.stderr]).toEqual([
        flag,
        2,
        expect.stringContaining(
          "can't be written: the folder does not exist.\n  Make the folder, or name another path.",
        ),
      ]);
    }
    expect(place.sandbox.stats().writes).toBe(0);
    const env = { XDG_CONFIG_HOME: place.path('no-folder') };
    const login = await place.hereWith({ env }, 'login');
    expect([login.code, login.stderr]).toEqual([2, expect.stringContaining('environment variable XDG_CONFIG_HOME')]);
    const unshared = await place.hereWith({ env: { XDG_STATE_HOME: place.path('no-folder') } }, 'import', 'c.csv');
    expect(unshared.code).toBe(0);
    expect(unshared.stderr).toContain("no-folder can't be used (its folder is not a folder).");
    expect(unshared.stderr).toContain('environment variable XDG_STATE_HOME');
  });
});

describe('dated exports', () => {
  it('that would each be sent whole are told of one checkpoint', async () => {
    const place = await workplace();
    await place.write('export-2026-11-24.csv', peopleCsv(2));
    await place.write('export-2026-11-25.csv', peopleCsv(3));
    await place.write('export.csv', peopleCsv(3));
    const first = await place.here('import', 'export-2026-11-24.csv', ...UNLIMITED);
    expect(first.stderr).not.toContain('--checkpoint');
    const told = 'With --checkpoint export-2026-11-24.csv.checkpoint.jsonl only what changed since is sent.';
    const plan = await place.here('plan', 'export-2026-11-25.csv');
    expect(plan.stdout.replace(/\s+/g, ' ')).toContain(told);
    expect((await place.here('plan', 'export.csv')).stdout).not.toContain('--checkpoint');
    const next = await place.here('import', 'export-2026-11-25.csv', ...UNLIMITED);
    expect(next.stderr).toContain(told);
    expect((await place.here('import', 'export-2026-11-25.csv', ...UNLIMITED)).stderr).not.toContain(told);
    const one = ['--checkpoint', 'export-2026-11-24.csv.checkpoint.jsonl', '--json', ...UNLIMITED];
    const { stdout } = await place.here('import', 'export-2026-11-25.csv', ...one);
    expect(JSON.parse(stdout)).toMatchObject({ unchanged: 2, updated: 1 });
  });
});

describe('the next commands of an import', () => {
  it('work as they are printed, wherever its state and its key are', async () => {
    const place = await workplace();
    await mkdir(place.path('in'));
    await place.write('in/export-2026-11-25.csv', 'Name;Tel\nAda;020 7946 0001\nBob;none\n');
    await place.write('my key', place.sandbox.key);
    await chmod(place.path('my key'), 0o600);
    const env = { CLARKY_KEY: undefined };
    const told = ['--key-file', 'my key', '--checkpoint', 'all.jsonl', '--work-dir', 'w', '--country', 'GB', '--live'];
    const { code, stdout } = await place.hereWith({ env }, 'import', 'in/export-2026-11-25.csv', ...told, ...UNLIMITED);
    expect(code).toBe(3);
    const next = [...stdout.matchAll(/clarky-contacts (.*)\n/g)].map(([, line = '']) =>
      [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''),
    );
    expect(next.map(([command]) => command)).toEqual(['import', 'verify', 'undo']);
    const rejects = place.path('w/export-2026-11-25.csv.rejected.csv');
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('none', '020 7946 0002'));
    expect(await place.hereWith({ env }, ...(next[0] ?? []))).toMatchObject({ code: 0 });
    expect(place.sandbox.contacts().map(({ phone_numbers: phones }) => phones?.[0])).toEqual(
      expect.arrayContaining(['+442079460001', '+442079460002']),
    );
    expect(await place.hereWith({ env }, ...(next[1] ?? []))).toMatchObject({ code: 0 });
    expect(await place.hereWith({ env }, ...(next[2] ?? []), '--yes')).toMatchObject({ code: 0 });
    expect((await place.here('status', 'x', '--checkpoint', 'all.jsonl')).stdout).toContain('--country GB');
  });
});

describe('contacts of earlier imports that the file has no more', () => {
  it.each([
    ['without --live', []],
    ['with --live', ['--live']],
  ])('are counted and stay, %s', async (_, flags) => {
    const place = await workplace();
    const json = async (file: string): Promise<unknown> =>
      JSON.parse((await place.here('import', file, '--json', ...flags, ...UNLIMITED)).stdout) as unknown;
    await place.write(
      'c.csv',
      'Name,Email,Phone\nAda,ada@x.com,\nBob,bob@x.com,\nCy,cy@x.com,+442079460001\nDi,di@x.com,\n',
    );
    expect(await json('c.csv')).not.toHaveProperty('absent');
    // Bob's row is rejected now, Cy has another e-mail beside the old phone, Di is gone; Ed is new.
    await place.write(
      'c.csv',
      'Name,Email,Phone\nAda,ada@x.com,\nBob,bob@x.com,12\nCy,cy2@x.com;cy@x.com,+442079460001\nEd,ed@x.com,\n',
    );
    expect(await json('c.csv')).toMatchObject({ rejected: 1, absent: 1 });
    const { stdout } = await place.here('import', 'c.csv', ...flags, ...UNLIMITED);
    expect(stdout).toContain('1 contact of earlier imports is not in the file any more; it stays in Clarky.\n');
    expect(place.sandbox.contacts().some(({ emails }) => emails?.[0] === 'di@x.com')).toBe(true);
    await writeFile(
      place.path('c.csv.rejected.csv'),
      'Name,Email,import_line,import_error,import_message\nBob,bob@x.com,3,x,y\n',
    );
    expect(await json('c.csv.rejected.csv')).not.toHaveProperty('absent');
  });
});

describe('a rejects file that somebody corrected', () => {
  it('is set aside and named when the source is imported again, and not else', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Name,Email\nAda,ada@example.com\nBob,nothing\n');
    expect(await place.imported('c.csv')).toBe(3);
    expect(await place.imported('c.csv')).toBe(3);
    expect((await readdir(place.folder)).filter((name) => name.includes('edited'))).toEqual([]);
    const rejects = place.path('c.csv.rejected.csv');
    const corrected = (await readFile(rejects, 'utf8')).replace('nothing', 'bob@example.com');
    await writeFile(rejects, corrected);
    await chmod(rejects, 0o644);
    const ended = await place.here('import', 'c.csv', ...UNLIMITED);
    const [aside = ''] = (await readdir(place.folder)).filter((name) => name.includes('edited'));
    expect(aside).toMatch(/^c\.csv\.rejected\.edited-\d{4}-\d\d-\d\d\.csv$/);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(aside);
    expect(await readFile(place.path(aside), 'utf8')).toBe(corrected);
    expect(await modeOf(place.path(aside))).toBe(OWNER_ALONE);
    expect(await readFile(rejects, 'utf8')).toContain('nothing');
  });

  it.each([
    ['', 0, /kept as .*: it was imported since, and need not be again\.$/],
    [
      'Cy,none\n',
      3,
      /kept as .*: it was imported since; 1 row of it was rejected then, and is in .*c\.csv\.rejected\.csv\.rejected\.csv\.$/,
    ],
  ])('is not to be imported again where it was, when it is set aside, but for %j', async (left, exit, said) => {
    const place = await workplace();
    await place.write('c.csv', `Name,Email\nAda,ada@example.com\nBob,nothing\n${left}`);
    expect(await place.imported('c.csv')).toBe(3);
    const rejects = place.path('c.csv.rejected.csv');
    await writeFile(rejects, (await readFile(rejects, 'utf8')).replace('nothing', 'bob@example.com'));
    expect(await place.imported('c.csv.rejected.csv')).toBe(exit);
    const warnings: string[] = [];
    const onEvent: ImportListener = (event) => {
      if (event.type === 'warning') warnings.push(event.message);
    };
    expect(await place.imported('c.csv', { onEvent })).toBe(exit);
    expect(warnings.join()).toMatch(said);
  });

  it('and imported is no reason to reject its rows again, so long as the source says what it said', async () => {
    const place = await workplace();
    const source = 'Name,Email,Phone,Company\nAda,ada,,A\nBob,bob@x.com,0301,B\nCy,cy@x.com,,C\n';
    await place.write('c.csv', source);
    const json = async (command: string, ...flags: string[]): Promise<unknown> =>
      JSON.parse((await place.here(command, 'c.csv', '--json', ...flags)).stdout) as unknown;
    expect(await json('import', ...UNLIMITED)).toMatchObject({ created: 1, rejected: 2, exit: 3 });
    const rejects = place.path('c.csv.rejected.csv');
    const mended = (await readFile(rejects, 'utf8')).replace('ada,', 'ada@x.com,').replace('0301', '+49301234567');
    await writeFile(rejects, mended);
    // Corrected and not yet imported, they are in nobody's CRM.
    expect(await json('plan')).toMatchObject({ unchanged: 1, rejected: 2, exit: 3 });
    expect(await place.imported('c.csv.rejected.csv')).toBe(0);
    const all = { rows: 3, unchanged: 3, correctedRows: 2, rejected: 0, requests: 0, exit: 0 };
    expect(await json('plan')).toMatchObject(all);
    expect(await json('import', '--fail-over', '0%', ...UNLIMITED)).toMatchObject(all);
    const { code, stdout } = await place.here('import', 'c.csv', ...UNLIMITED);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/unchanged +1 .*\n +corrected +2 /) as string]);
    // A rejects file that is none any more stops nothing: the corrections were set aside.
    await place.write('c.csv.rejected.csv', 'Colour,import_line,import_error,import_message\nred,2,x,y\n');
    expect(await json('plan')).toMatchObject(all);
    await place.write('c.csv.rejected.csv', mended);
    await place.write('c.csv', source.replace(',,A', ',,Other'));
    expect(await json('import', ...UNLIMITED)).toMatchObject({ unchanged: 2, correctedRows: 1, rejected: 1, exit: 3 });
  });

  it('and imported is none with --live either, where the very row is somebody’s in the workspace by now', async () => {
    const place = await workplace();
    const source = 'Name,Email,Phone\nEve E,eve@x.com,+442079460200\nFay F,fay@x.com,+442079460200\n';
    await place.write('c.csv', source);
    expect(await place.imported('c.csv', { live: true })).toBe(3);
    const rejects = place.path('c.csv.rejected.csv');
    const [head, eve, fay = ''] = (await readFile(rejects, 'utf8')).split(/\r?\n/);
    await writeFile(rejects, [head, eve, fay.replace(/'?\+442079460200/, '')].join('\n'));
    expect(await place.imported('c.csv.rejected.csv', { live: true })).toBe(0);
    const { code, stdout } = await place.here('import', 'c.csv', '--live', '--json', ...UNLIMITED);
    expect(JSON.parse(stdout)).toMatchObject({ correctedRows: 2, rejected: 0 });
    expect(code).toBe(0);
  });

  it.each(['c.csv.rejected.xlsx', 'c.csv.rejected (1).xlsx'])(
    'and saved as the workbook %s goes by the mapping of its source, and is known to verify and to the next import',
    async (saved) => {
      const place = await workplace();
      await place.write('c.csv', 'Name,Email,Gruppe\nAda,ada,A\nBob,bob@x.com,B\n');
      const columns = { Name: 'name', Email: 'emails', Gruppe: 'tags' };
      await place.write('c.csv.mapping.json', JSON.stringify({ version: 1, columns }));
      expect(await place.imported('c.csv')).toBe(3);
      const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
      const data = parse(rejects.replace('Ada,ada,', 'Ada,ada@x.com,'), { bom: true });
      await writeFile(place.path(saved), workbook({ Sheet1: data }));
      expect(await place.imported(saved)).toBe(0);
      expect(place.sandbox.contacts().map(({ tags }) => tags)).toEqual([['B'], ['A']]);
      expect(JSON.parse((await place.here('verify', 'c.csv', '--json')).stdout)).toMatchObject({
        corrected: 1,
        rejected: 0,
      });
      const { stdout } = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
      expect(JSON.parse(stdout)).toMatchObject({ correctedRows: 1, rejected: 0 });
    },
  );
});

describe('nothing of somebody else', () => {
  it.each([
    ['import', 'a.csv', '--rejects', 'a.csv'],
    ['import', 'a.csv', '--log', './a.csv'],
    ['import', 'a.csv', '--latest', 'a.csv'],
    ['import', 'a.csv', '--report', 'notes.txt'],
    ['import', 'a.csv', '--rejects', 'notes.txt'],
    ['import', 'a.csv', '--latest', 'notes.txt'],
    ['import', 'a.csv', '--checkpoint', 'x', '--rejects', 'x'],
    ['verify', 'a.csv', '--differences', 'a.csv'],
    ['map', 'a.csv', '--mapping', 'notes.txt', '--yes'],
    ['forget', 'a.csv', '--all', '--checkpoint', 'a.csv'],
    ['forget', 'a.csv', '--all', '--checkpoint', 'notes.txt'],
  ])('%s %s %s %s is written over, read or not: exit 2', async (...args) => {
    const place = await workplace();
    await place.write('a.csv', peopleCsv(2));
    await place.write('notes.txt', 'mine');
    const ended = await place.here(...args.filter(Boolean));
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.stderr).toContain('it was left as it is');
    expect(await readFile(place.path('a.csv'), 'utf8')).toBe(peopleCsv(2));
    expect(await readFile(place.path('notes.txt'), 'utf8')).toBe('mine');
    expect(place.sandbox.stats().writes).toBe(0);
    expect((await readdir(place.folder)).filter((name) => name !== 'state').sort()).toEqual(['a.csv', 'notes.txt']);
  });

  it('is a checkpoint that is a folder, a pipe or a device: one sentence, exit 2', async () => {
    const place = await workplace();
    await place.write('a.csv', peopleCsv(2));
    await mkdir(place.path('folder'));
    execFileSync('mkfifo', [place.path('pipe')]);
    for (const [path, what] of [
      ['folder', 'is a folder, not a file'],
      ['pipe', 'is a pipe, not a file'],
      ['/dev/null', 'is a device, not a file'],
    ] as const) {
      const ended = await place.here('import', 'a.csv', '--checkpoint', path, ...UNLIMITED);
      expect(ended.code).toBe(2);
      expect(ended.stderr).toContain(what);
    }
    const devices = ['--rejects', '/dev/null', '--log', '/dev/null', '--latest', '/dev/null', '--report', '/dev/null'];
    expect((await place.here('import', 'a.csv', ...devices, ...UNLIMITED)).code).toBe(0);
    const ended = await place.here('import', 'a.csv', '--log', 'pipe', ...UNLIMITED);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('pipe that nobody reads');
  });
});

describe('one checkpoint under two names', () => {
  it('is used by one import at a time, through a link and a hard link', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'hang-after' }] } });
    await place.write('a.csv', peopleCsv(3));
    await writeFile(place.path('c.jsonl'), '');
    await symlink('c.jsonl', place.path('soft'));
    await mkdir(place.path('other'));
    await link(place.path('c.jsonl'), place.path('other/hard'));
    const running = place.start(['import', 'a.csv', '--checkpoint', 'c.jsonl', ...UNLIMITED]);
    await until(async () => (await readFile(place.path('c.jsonl'), 'utf8')).includes('"settings"'));
    for (const name of ['soft', 'other/hard']) {
      const ended = await place.here('import', 'a.csv', '--checkpoint', name, ...UNLIMITED);
      expect(ended.code, ended.stderr).toBe(6);
      const forgotten = await place.here('forget', 'a.csv', '--all', '--yes', '--checkpoint', name);
      expect(forgotten.code, forgotten.stderr).toBe(6);
    }
    expect(await readdir(place.folder)).toContain('a.csv.log.jsonl');
    running.child.kill('SIGKILL');
    await running.ended;
  });

  onPosix(
    'whose locks do not meet, each in a state folder of its own, is left by the one that is there already',
    async () => {
      const place = await workplace();
      await place.write('a.csv', peopleCsv(120));
      await writeFile(place.path('c.jsonl'), '');
      await mkdir(place.path('other'));
      await link(place.path('c.jsonl'), place.path('other/hard'));
      const slow = place.start(['import', 'a.csv', '--checkpoint', 'c.jsonl', '--rate', '1/2', '--concurrency', '1']);
      await until(() => place.sandbox.stats().created > 0);
      // Whoever finds a line of the other's leaves: it writes none before the other is through, however long that takes here.
      slow.child.kill('SIGSTOP');
      const files = ['--rejects', 'r.csv', '--log', 'l.jsonl', '--report', 'r.html', '--checkpoint', 'other/hard'];
      const env = { XDG_STATE_HOME: place.path('other') };
      const { code, stderr } = await place.start(['import', 'a.csv', ...files, ...UNLIMITED], { env }).ended;
      expect(code, stderr).toBe(0);
      slow.child.kill('SIGCONT');
      const ended = await slow.ended;
      expect(ended.code).toBe(6);
      expect(plain(ended.stderr)).toContain('is written to by another import, maybe under another name.');
      expect(place.sandbox.stats()).toMatchObject({ created: 120, contacts: 120 });
    },
  );
});

onPosix('a pipe in the place of what an import keeps in the state folder holds up nothing and is said', async () => {
  const place = await workplace();
  await place.write('a.csv', peopleCsv(1));
  await mkdir(place.path('state/clarky-contacts'), { recursive: true });
  for (const name of ['locks', 'claims', 'budget', 'people']) {
    execFileSync('mkfifo', [place.path(`state/clarky-contacts/${name}`)]);
  }
  const { code, stderr } = await place.here('import', 'a.csv', '--rate', '1000/1');
  expect(code, stderr).toBe(0);
  expect(plain(stderr)).toContain('Other imports with this key on this machine are not counted');
});

const MOUNTED = 'mount --bind folder twin && exec "$0" "$@"';
const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', 'mkdir -p /tmp && mount --bind /tmp /tmp']).status === 0;
if (!canMount) process.stderr.write('no folder can be mounted here: the test of one at two places does not run\n');

describe.runIf(canMount)('a folder that is mounted at two places', () => {
  it.each([
    [['--rejects', 'twin/a.csv'], 'twin/a.csv is the file that is read'],
    [['--rejects', 'twin/new', '--log', 'folder/new'], 'is a log (--log) at the same time'],
  ])('is one place: %j', async (flags, sentence) => {
    const place = await workplace();
    await mkdir(place.path('folder'));
    await mkdir(place.path('twin'));
    await place.write('folder/a.csv', 'Email\nbad\n');
    const command = [process.execPath, BINARY, 'import', 'folder/a.csv', ...flags];
    const { status, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', MOUNTED, ...command], {
      cwd: place.folder,
      env: { ...place.env },
    });
    expect(stderr.toString()).toContain(sentence);
    expect(status).toBe(2);
    expect(await readdir(place.path('folder'))).toEqual(['a.csv']);
  });
});

describe.runIf(canMount)('a checkpoint that is mounted as a file', () => {
  it('is gone on with however it has grown', async () => {
    const place = await workplace();
    await place.write('a.csv', peopleCsv(1));
    expect(await place.imported('a.csv')).toBe(0);
    const path = place.path('a.csv.checkpoint.jsonl');
    const [scope] = await listScopes(path);
    if (scope === undefined) throw new Error('nothing was imported');
    const grown = await Checkpoint.open(path, scope, { stateDir: false });
    for (let round = 0; round < 6; round += 1) {
      const people = Array.from({ length: 500 }, (_, n) => ({ emails: [`p${n}@x.com`] }));
      await grown.accepted(
        ...people.map((contact) => ({
          contact: { contact, identity: digest('email', contact.emails[0] ?? ''), payload: Buffer.alloc(16, round) },
          id: 'x',
        })),
      );
    }
    await grown.close();
    await place.write('mounted.jsonl', '');
    const mounted = 'mount --bind a.csv.checkpoint.jsonl mounted.jsonl && exec "$0" "$@"';
    const command = [process.execPath, BINARY, 'import', 'a.csv', '--checkpoint', 'mounted.jsonl', '--json'];
    const child = spawn('unshare', ['-rm', 'sh', '-c', mounted, ...command, ...UNLIMITED], {
      cwd: place.folder,
      env: { ...place.env },
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(place.sandbox.stats()).toMatchObject({ created: 1, updated: 0 });
  });
});

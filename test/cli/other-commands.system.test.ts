import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';

const COMMANDS = ['import', 'plan', 'map', 'verify', 'undo', 'status', 'forget', 'bots', 'sandbox'];

describe('--help', () => {
  it('of the program and of each command fits 80 columns and names the exit statuses', async () => {
    const { here } = await workplace();
    const main = await here('--help');
    expect(main.code).toBe(0);
    for (const command of COMMANDS) expect(main.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    for (const command of COMMANDS) {
      const { stdout, code } = await here(command, '--help');
      expect(code).toBe(0);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      if (command !== 'sandbox') expect(stdout).toContain('Exit status:\n  0  ');
      if (command === 'import') expect(stdout).toContain('7  the deadline was reached');
    }
  });

  it('of import is as promised', async () => {
    const { here } = await workplace();
    expect((await here('import', '--help')).stdout).toMatchSnapshot();
  });
});

describe('clarky-contacts plan', () => {
  it('needs no key and no network, sends nothing and leaves no file', async () => {
    const { hereWith, write, sandbox, folder } = await workplace();
    await write('c.csv', `${peopleCsv(3)}Bad,Row,nonsense,Acme\n`);
    const env = { CLARKY_KEY: undefined, CLARKY_API_URL: 'http://127.0.0.1:9/api/v1' };
    const ended = await hereWith({ env }, 'plan', 'c.csv');
    expect(ended).toMatchObject({ code: 3, stderr: '' });
    expect(ended.stdout).toMatchSnapshot();
    expect(sandbox.stats().requests).toBe(0);
    const { readdir } = await import('node:fs/promises');
    expect(await readdir(folder)).toEqual(['c.csv']);
  });

  it('prints the promised object with --json', async () => {
    const { here, write } = await workplace();
    await write('c.csv', `${peopleCsv(3)}Bad,Row,nonsense,Acme\n`);
    const { stdout } = await here('plan', 'c.csv', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'c.csv',
      dryRun: true,
      rows: 4,
      contacts: 3,
      created: 3,
      rejected: 1,
      pending: 0,
      mapping: { 'First Name': 'first_name', 'Last Name': 'last_name', Email: 'emails', Company: 'company' },
    });
  });
});

describe('clarky-contacts map', () => {
  it('writes a mapping file that import then uses', async () => {
    const { here, write, sandbox, path } = await workplace();
    await write('c.csv', 'Email,Given,Shoe size\na@x.com,Ada,42\n');
    expect(await here('map', 'c.csv', '--yes')).toMatchObject({ code: 0 });
    const mapping = await readFile(path('c.csv.mapping.json'), 'utf8');
    await write('c.csv.mapping.json', mapping.replace(/"Shoe size": "\w+"/, '"Shoe size": "custom:shoes"'));
    expect((await here('import', 'c.csv', ...UNLIMITED)).code).toBe(0);
    expect(sandbox.contacts()[0]?.custom_fields).toEqual({ shoes: '42' });
  });

  it('names line and expectation where a mapping file is wrong', async () => {
    const { here, write } = await workplace();
    await write('c.csv', 'Email\na@x.com\n');
    await write(
      'c.csv.mapping.json',
      '{\n  "version": 1,\n  "columns": {\n    "Email": "emial"\n  },\n  "settings": {}\n}\n',
    );
    const ended = await here('plan', 'c.csv');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/c\.csv\.mapping\.json.*line 4/s);
    expect(ended.stderr).toContain('emails');
  });
});

describe('--json', () => {
  it('has the words of the import’s summary, from plan, verify and undo as well, as have --latest and the log', async () => {
    const { here, imported, write, sandbox, path } = await workplace();
    await write('c.csv', peopleCsv(2));
    await imported('c.csv', { live: true });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
    const words = { file: 'c.csv', api: sandbox.url, bot: sandbox.botId, start: time, end: time, exit: 0 };
    for (const args of [
      ['plan'],
      ['plan', '--live'],
      ['verify'],
      ['undo', '--yes'],
      ['import', '--latest', 'l.json'],
    ]) {
      const ended = JSON.parse((await here(...args, 'c.csv', '--json')).stdout) as object;
      expect(ended).toMatchObject(words);
      for (const inCodeAlone of ['exitStatus', 'stoppedBy', 'error']) expect(ended).not.toHaveProperty(inCodeAlone);
    }
    const latest = JSON.parse(await readFile(path('l.json'), 'utf8')) as object;
    const log = (await readFile(path('c.csv.log.jsonl'), 'utf8')).trim().split('\n');
    const { level, time: at, pid, event, msg, ...logged } = JSON.parse(log.at(-1) ?? '') as Record<string, unknown>;
    expect({ level, at, pid, event, msg }).toMatchObject({ level: 30, event: 'ended', msg: 'import ended' });
    expect(latest).toMatchObject(words);
    expect(logged).toEqual(latest);
  });
});

describe('--json of a command that something stopped before it had a result', () => {
  const NOWHERE = ['--api-url', 'http://127.0.0.1:9/api/v1', '--max-outage', '1'];

  it.each([
    [['import', 'c.csv', '--key-file', 'nope'], 2, 'no_key', 'c.csv'],
    [['import', 'nope.csv'], 2, 'file_not_found', 'nope.csv'],
    [['import', 'c.csv', '--fail-over', '10%'], 4, 'guarded', 'c.csv'],
    [['import', 'c.csv', ...NOWHERE], 5, 'unreachable', 'c.csv'],
    [['import', 'c.csv', '--max-duration', '0s'], 7, 'deadline', 'c.csv'],
    [['import', 'c.csv', '--bogus'], 2, 'usage', 'c.csv'],
    [['import', 'c.csv', 'd.csv', '--country', 'XX'], 2, 'usage', 'c.csv+d.csv'],
    [['import', 'c.csv', '--checkpoint', 'theirs.txt'], 2, 'usage', 'c.csv'],
    [['import'], 2, 'usage', undefined],
    [['verify', 'c.csv', ...NOWHERE], 5, 'unreachable', 'c.csv'],
    [['undo', 'c.csv', '--yes'], 2, 'usage', 'c.csv'],
    [['bots', '--key-file', 'nope'], 2, 'no_key', undefined],
  ])('%j', async (args, exit, error, file) => {
    const { here, write, path } = await workplace();
    await write('c.csv', 'Email\nann@example.com\nbad\n');
    await write('theirs.txt', 'a note');
    const latest = args[0] === 'import' ? ['--latest', 'l.json'] : [];
    const { code, stdout, stderr } = await here(...args, '--json', ...latest);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
    const ended = JSON.parse(stdout) as Record<string, unknown>;
    expect(ended).toMatchObject({ start: time, end: time, exit, error, ...(file === undefined ? {} : { file }) });
    expect(code).toBe(exit);
    expect(stderr.toLowerCase()).toContain((ended.message as string).toLowerCase().replace(/\.$/, ''));
    if (latest.length === 0) return;
    const { next: _, ...told } = ended;
    expect(JSON.parse(await readFile(path('l.json'), 'utf8'))).toEqual(told);
    if (file !== undefined) return;
    // It is known for one of ours: the next run replaces it.
    expect((await here(...args, '--json', ...latest)).stdout).toContain(`"error":"${error}"`);
    expect(JSON.parse(await readFile(path('l.json'), 'utf8'))).not.toEqual(told);
  });
});

it('what a sandbox says fits 80 columns', async () => {
  const { start } = await workplace();
  const { child, ended } = start(['sandbox', '--port', '0']);
  child.stdout?.once('data', () => child.kill('SIGINT'));
  const { stdout, stderr } = await ended;
  expect(stdout).toMatch(/^#   http:\/\/127\.0\.0\.1:\d+$/m);
  for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

it('the name of a state leads to it by itself', async () => {
  const { here, imported, write, sandbox } = await workplace();
  await write('c.csv', peopleCsv(1));
  await imported('c.csv', { name: 'monthly', live: true });
  expect((await here('status', '--name', 'monthly')).stdout).toContain('accepted  1 contact');
  // Nobody is told to say yes to an undo of nothing.
  expect((await here('undo', 'c.csv')).stderr).toContain('There is no import of c.csv that can be undone.');
  expect((await here('undo', '--name', 'monthly')).stderr).toContain('Use --yes');
  expect((await here('undo', '--name', 'monthly', '--yes')).code).toBe(0);
  expect(sandbox.contacts()).toEqual([]);
  expect((await here('forget', '--name', 'monthly', '--all', '--yes')).stdout).toContain('monthly.checkpoint.jsonl');
  const { code, stderr } = await here('status');
  expect([code, stderr]).toEqual([2, expect.stringContaining("missing required argument 'file'") as unknown]);
});

describe('clarky-contacts status and bots', () => {
  it('lead from an export that has no state to the one before it, and to names that states were given', async () => {
    const { here, imported, write, path } = await workplace();
    for (const day of ['24', '25', '26']) await write(`export-2026-11-${day}.csv`, peopleCsv(3));
    await write('other.csv', peopleCsv(1));
    const fresh = async (...flags: string[]) => (await here('status', 'export-2026-11-26.csv', ...flags)).stdout;
    expect((await fresh()).split('\n')).toHaveLength(2);
    for (const day of ['24', '25']) await imported(`export-2026-11-${day}.csv`);
    await imported('other.csv');
    await imported('export-2026-11-25.csv', { name: 'monthly' });
    const asked = 'Or was it imported as one of these?\n';
    const commands = ['status export-2026-11-25.csv', 'status export-2026-11-26.csv --name monthly'];
    expect(await fresh()).toContain(`\n${asked}  clarky-contacts ${commands.join('\n  clarky-contacts ')}\n`);
    for (const command of commands)
      expect((await here(...command.split(' '))).stdout).toContain('accepted  3 contacts');
    expect(await fresh('--name', 'weekly')).not.toContain(asked);
    await imported('export-2026-11-25.csv', { workDir: path('state of it') });
    const elsewhere = await fresh('--work-dir', 'state of it');
    expect(elsewhere).toContain("  clarky-contacts status export-2026-11-25.csv --work-dir 'state of it'\n");
  });

  it('say what there is', async () => {
    const { here, imported, hereWith, write, sandbox } = await workplace();
    await write('c.csv', peopleCsv(3));
    const env = { CLARKY_KEY: undefined };
    expect((await hereWith({ env }, 'status', 'c.csv')).stdout).toContain('was not imported yet');
    await imported('c.csv');
    const { stdout } = await hereWith({ env }, 'status', 'c.csv');
    expect(stdout).toContain(`${sandbox.url}, bot ${sandbox.botId}`);
    expect(stdout).toContain('accepted  3 contacts');
    expect(stdout).toContain('every row was in Clarky (exit status 0)');
    expect(stdout).toContain(`  --bot ${sandbox.botId}\n`);
    const json = await hereWith({ env }, 'status', 'c.csv', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      settings: { bot: sandbox.botId },
      scopes: [
        {
          api: sandbox.url,
          bot: sandbox.botId,
          accepted: 3,
          rejected: 0,
          lastRun: { exit: 0, rows: 3, start: expect.any(String) as string, end: expect.any(String) as string },
        },
      ],
    });
    expect((await here('bots')).stdout).toContain(sandbox.botId);
    expect(await hereWith({ env }, 'bots')).toMatchObject({ code: 2 });
    expect(await hereWith({ env: { CLARKY_KEY: sandbox.writeOnlyKey } }, 'bots')).toMatchObject({ code: 4 });
  });
});

it.each(['import', 'plan', 'status', 'undo', 'forget'])('a name is no path: %s', async (command) => {
  const { here, write, sandbox } = await workplace();
  await write('contacts.csv', 'Email\nann@example.com\n');
  const { code, stderr } = await here(command, 'contacts.csv', '--name', '../evil');
  expect([code, sandbox.stats().writes]).toEqual([2, 0]);
  expect(stderr.replace(/\s+/g, ' ')).toContain('--name: "../evil" is a path and no name. --work-dir names the folder');
});

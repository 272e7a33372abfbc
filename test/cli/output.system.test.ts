import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { BINARY } from '../support/built.js';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';

const ONE_BAD = `${peopleCsv(3)}Bad,Row,no-email,Acme\n`;

/** Runs a command with its own standard output and error, which may be nobody's. */
async function runInto(
  place: Workplace,
  args: readonly string[],
  stdio: { out: number | 'gone'; err: number | 'gone' },
) {
  const pipe = (to: number | 'gone') => (to === 'gone' ? ('pipe' as const) : to);
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd: place.folder,
    stdio: ['ignore', pipe(stdio.out), pipe(stdio.err)],
    env: place.env,
  });
  // The reader leaves before anything is written.
  child.stdout?.destroy();
  child.stderr?.destroy();
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('output that fails changes nothing of what is done', () => {
  it.each([
    ['nobody reads standard output', { out: 'gone', err: 'full' }],
    ['standard output is full', { out: 'full', err: 'gone' }],
    ['nobody reads either', { out: 'gone', err: 'gone' }],
  ] as const)('%s', async (_, { out, err }) => {
    const place = await workplace();
    await place.write('c.csv', ONE_BAD);
    const full = existsSync('/dev/full') ? openSync('/dev/full', 'w') : undefined;
    const to = (name: 'gone' | 'full') => (name === 'full' ? (full ?? 'gone') : 'gone');
    const args = ['import', 'c.csv', '--json', '--latest', 'latest.json', ...UNLIMITED];
    const code = await runInto(place, args, { out: to(out), err: to(err) });
    if (full !== undefined) closeSync(full);
    expect(code).toBe(3);
    expect(JSON.parse(await readFile(place.path('latest.json'), 'utf8'))).toMatchObject({ created: 3, rejected: 1 });
    expect(place.sandbox.stats().created).toBe(3);
  });

  it.skipIf(!existsSync('/dev/full'))(
    'a result for which there is no room is told, and the status says what was done',
    async () => {
      const place = await workplace();
      await place.write('c.csv', ONE_BAD);
      const full = openSync('/dev/full', 'w');
      for (const [more, status] of [
        [[], 3],
        [['--exit-zero', '--json'], 0],
      ] as const) {
        const child = spawn(process.execPath, [BINARY, 'plan', 'c.csv', ...more], {
          cwd: place.folder,
          env: place.env,
          stdio: ['ignore', full, 'pipe'],
        });
        const said = child.stderr === null ? '' : text(child.stderr);
        const [code] = (await once(child, 'exit')) as [number | null];
        expect([code, await said]).toEqual([status, expect.stringContaining("Standard output can't be written")]);
      }
      closeSync(full);
    },
  );

  it('a log on standard error that nobody reads does not end the import', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(5));
    const args = ['import', 'c.csv', '--log', '-', ...UNLIMITED];
    expect(await runInto(place, args, { out: 'gone', err: 'gone' })).toBe(0);
    expect(place.sandbox.stats().created).toBe(5);
  });

  it('a log on standard error that is not read for long does not hold up the import', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(450));
    const child = spawn(process.execPath, [BINARY, 'import', 'c.csv', '--json', '--log', '-', ...UNLIMITED], {
      cwd: place.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: place.env,
    });
    // It is printed when all is done; of the log nothing was read by then.
    const [summary] = (await once(child.stdout, 'data')) as [Buffer];
    expect(JSON.parse(summary.toString())).toMatchObject({ created: 450, complete: true });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    const [lines, [code]] = await Promise.all([text(child.stderr), ended]);
    expect([lines.match(/"outcome":"created"/g)?.length, code]).toEqual([450, 0]);
  });
});

/** All that a person would not see or a terminal would obey, but for our own line ends. */

const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const HOSTILE = '\u001b[2J\u0007\u202e\u2028\u200b\ufeff\u0085';

describe('nothing that a terminal obeys or a person does not see is printed', () => {
  it('by any command, for a hostile name, header and value', async () => {
    const place = await workplace();
    const name = `c${HOSTILE.replace('\u0000', '')}.csv`;
    await place.write(name, `Name,E-mail,${HOSTILE}Note\n"A${HOSTILE}b",a@example.com,${HOSTILE}\nB,b${HOSTILE}@,x\n`);
    for (const args of [
      ['plan', name],
      ['plan', name, '--json'],
      ['map', name, '--yes'],
      ['import', name, ...UNLIMITED],
      ['import', name, '--json', ...UNLIMITED],
      ['verify', name],
      ['status', name],
      ['undo', name, '--yes'],
      ['forget', name, '--all', '--yes'],
      ['import', `nope${HOSTILE}`],
      ['import', name, `--x${HOSTILE}`],
      [`i${HOSTILE}`],
      ['import', name, '--bot', `b${HOSTILE}`],
      ['import', name, '--sheet', HOSTILE],
    ]) {
      const { stdout, stderr } = await place.here(...args);
      expect(HIDDEN.exec(stdout + stderr), `${JSON.stringify(args)}: ${JSON.stringify(stdout + stderr)}`).toBeNull();
    }
  });
});

describe('a key given by mistake is never printed', () => {
  const KEY = 'ck_live_0123456789abcdefABCDEF0123456789';

  it.each([
    [[KEY]],
    [['import', KEY]],
    [['import', 'c.csv', '--key-file', KEY]],
    [['import', 'c.csv', '--bot', KEY]],
    [['import', 'c.csv', `--key=${KEY}`]],
    [['import', 'c.csv', '--key', KEY]],
    [['import', 'c.csv', `--apikey=${KEY}`]],
    [['import', 'c.csv', '--country', KEY]],
    [['import', 'c.csv', '--api-url', KEY]],
    [['import', 'c.csv', '--profile', KEY]],
    [['status', KEY]],
    [['help', KEY]],
    [['import', 'c.csv', '--set', `notes=${KEY}`, ...UNLIMITED]],
    [['import', 'c.csv', '--checkpoint', `./${KEY}`, ...UNLIMITED]],
    [['import', 'c.csv', '--name', KEY, ...UNLIMITED]],
  ])('%j', async (args) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const { stdout, stderr } = await place.here(...args);
    expect(stdout + stderr).not.toContain(KEY.slice(8));
    expect(stdout + stderr).not.toBe('');
    expect(place.sandbox.stats().writes).toBe(0);
    // Nor is it kept.
    const [list, log, ...others] = await readdir(place.folder);
    expect([list, others]).toEqual(['c.csv', []]);
    if (log === undefined) return;
    expect(log).toBe('c.csv.log.jsonl');
    expect(await readFile(place.path(log), 'utf8')).not.toContain(KEY.slice(8));
  });
});

describe('a slip is answered with what was meant', () => {
  it.each([
    [['c.csv'], 'would do: clarky-contacts plan c.csv; then send it: clarky-contacts import c.csv'],
    [['c.csv', '--fail-over', '5'], 'Did you mean: clarky-contacts import c.csv --fail-over 5'],
    [['-'], 'Did you mean: clarky-contacts import -'],
    [['c.csv', '--country', 'GB', '--delimiter=;'], "clarky-contacts plan c.csv --country GB '--delimiter=;'"],
    [['--country', 'GB', 'c.csv'], 'would do: clarky-contacts plan --country GB c.csv'],
    [['--country', 'GB', 'plan', 'c.csv'], 'Did you mean: clarky-contacts plan --country GB c.csv'],
    [['import', 'c.csv', '--dry-run', '--country', 'GB'], 'Did you mean: clarky-contacts plan c.csv --country GB'],
    [['upload', 'c.csv'], 'Did you mean import?'],
    [['imprt', 'c.csv'], 'Did you mean import?'],
    [['IMPORT', 'c.csv'], 'Did you mean import?'],
    [['import', 'c.csv', '--cuntry', 'GB'], 'Did you mean --country?'],
    [['import', 'c.csv', '--country', 'UK'], 'Did you mean GB?'],
    [['import', 'c.csv', '--country', 'Germany'], 'Did you mean DE?'],
    [['import', 'c.csv', '--country', 'Germny'], 'Did you mean DE?'],
    [['import', 'c.csv', '--unmapped', 'cutsom'], 'Did you mean custom?'],
    [['completion', 'bsh'], 'Did you mean bash? There is one for bash, zsh and fish.'],
    [['completion', 'tcsh'], 'There is no completion for tcsh.\n  There is one for bash, zsh and fish.\n'],
    [['plan', 'c.csv', '--latest', 'l.json'], '--latest is no option of plan: it is one of import.\n  clarky-contacts'],
    [['verify', 'c.csv', '--resend'], '--resend is no option of verify: it is one of import, plan and ui.'],
    [['import', 'c.csv', '--live=yes'], '--live takes no value.\n  Write --live alone.'],
    [['import', 'c.csv', '--no-live'], 'there is no --no-live.\n  Leave --live out. clarky-contacts import --help'],
    [['import', 'c.csv', '--no-country'], 'Leave --country out. What earlier imports were told goes with'],
    [['import', 'c.csv', '--header'], 'Leave it out: it is so unless --no-header is given.'],
    [['import', 'c.csv', '-live'], 'Did you mean --live?'],
    [['import', 'c.csv', '-v'], 'Did you mean --verbose?'],
    [['-v'], 'Did you mean -V?'],
    [['version'], 'Did you mean --version?'],
    ...['import', 'plan', 'map', 'verify', 'undo', 'status', 'forget', 'ui'].map((command): [string[], string] => [
      [command, ''],
      'The name of a file is empty.\n  Name the file',
    ]),
    [['plan', 'c.csv', '--set', 'color=red'], '--set: there is no field "color".'],
    [['import', 'c.csv', '--rejects', '-'], '--rejects: - is no file.\n  Only the log can be -'],
    [['import', 'c.csv', '--latest', '-'], '--latest: - is no file.'],
    [['verify', 'c.csv', '--differences', '-'], '--differences: - is no file.'],
    [['help', 'checkpint'], 'Did you mean checkpoint?'],
    [['help', 'imprt'], 'Did you mean import?'],
    [['help', 'pipelines'], 'There is help on every command'],
  ])('%j', async (args, says) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(1));
    const { code, stderr } = await place.here(...args);
    expect(stderr).toContain(says);
    // Whoever finds it, it is said in one form.
    expect(stderr).toMatch(/^clarky-contacts: [^\n]*\.\n {2}[^\n]*\n$/);
    expect(code).toBe(2);
  });
});

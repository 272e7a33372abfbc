import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';

const ESCAPE = '\u001b[2J\u001b]0;owned\u0007';
/** What must never reach a terminal. */
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

/** A server that refuses every contact, in words that would clear the screen. */
async function rudeServer(status: number): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const refusal = { error: { code: 'validation_error', message: `no ${ESCAPE}`, details: { field: `x${ESCAPE}` } } };
    const pipelines = { data: [{ id: 'p', bot_id: 'bot', name: 'P', is_default: true }] };
    const isRead = request.method === 'GET';
    response.writeHead(isRead ? 200 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isRead ? pipelines : refusal));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}

describe('what a terminal would obey is never printed raw', () => {
  it.each([422, 403])('from a server (%d)', async (status) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(12));
    const url = await rudeServer(status);
    const ended = await place.here('import', 'c.csv', '--api-url', url, ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(ended.stdout + ended.stderr).not.toMatch(RAW);
    expect(ended.stderr.length).toBeGreaterThan(20);
  });

  it('from cells, headers and file names', async () => {
    const place = await workplace();
    const name = `c${ESCAPE.replaceAll('/', '')}.csv`;
    const rows = [
      `First Name,Last Name,Email,Odd${ESCAPE}`,
      `Ada${ESCAPE},Lovelace,ada@example.com,x${ESCAPE}`,
      `Bob,Other\u202egnp,ADA@example.com,y`,
      `Eve,Bad,no${ESCAPE}address,z`,
    ];
    await place.write(name, `${rows.join('\n')}\n`);
    for (const command of [['plan'], ['import', ...UNLIMITED], ['status']]) {
      const [verb = '', ...flags] = command;
      const ended = await place.here(verb, name, ...flags);
      expect(ended.stdout + ended.stderr, verb).not.toMatch(RAW);
      expect(ended.stdout, verb).not.toBe('');
    }
    expect((await place.here('import', `nowhere${ESCAPE}`)).stderr).not.toMatch(RAW);
    expect((await place.here('import', name, `--${ESCAPE}`)).stderr).not.toMatch(RAW);
  });
});

it('names of files that are kept for the next import are harmless in the files that keep them, and found by them', async () => {
  const place = await workplace();
  const [name, mapping, rejects] = ['c\u202egnp.csv', 'm\u202egnp.json', 'r\u202egnp.csv'];
  await place.write(name, 'Name,Email\nAda,ada@example.com\nBob,bob@@\n');
  expect((await place.here('map', name, '--yes', '--mapping', mapping)).code).toBe(0);
  expect((await place.here('import', name, '--mapping', mapping, '--rejects', rejects, ...UNLIMITED)).code).toBe(3);
  const notes = place.path('state/clarky-contacts/rejects');
  const kept = [place.path(`${name}.checkpoint.jsonl`), ...(await readdir(notes)).map((each) => join(notes, each))];
  expect(kept.length).toBeGreaterThan(1);
  for (const file of kept) expect(await readFile(file, 'utf8')).not.toMatch(RAW);
  // The next import takes them from there.
  const again = await place.here('import', name, ...UNLIMITED);
  expect(again.stderr.replace(/\s+/g, ' ')).toContain('m\\u202egnp.json');
  expect(again.stdout + again.stderr).not.toMatch(RAW);
});

describe('formulas', () => {
  it('in a rejected row can not run in a spreadsheet', async () => {
    const place = await workplace();
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=cmd|x', ' =1'];
    const rows = cells.map((cell) => `"${cell}",no address`).join('\n');
    await place.write('c.csv', `Company,Email\n${rows}\n`);
    expect((await place.here('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
    const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
    for (const line of rejects.trim().split('\r\n').slice(1)) expect(line).not.toMatch(/^"?[\s]*[=+\-@]/);
    expect(rejects.split('\r\n')).toHaveLength(cells.length + 2);
  });
});

describe('a key file that others can read', () => {
  it('is warned of, silently used with --quiet, and not mentioned once it is private', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    await writeFile(place.path('key'), place.sandbox.key);
    const env = { CLARKY_KEY: undefined };
    const run = (...flags: string[]) =>
      place.hereWith({ env }, 'import', 'c.csv', '--key-file', 'key', ...flags, ...UNLIMITED);
    await chmod(place.path('key'), 0o644);
    const warned = await run();
    expect(warned).toMatchObject({ code: 0 });
    expect(warned.stderr).toContain('chmod 600 key');
    expect(await run('--quiet')).toMatchObject({ code: 0, stderr: '' });
    const [first = ''] = (await run('--progress', 'json')).stderr.split('\n');
    expect(JSON.parse(first)).toMatchObject({ event: 'warning', code: 'key_file_readable' });
    await chmod(place.path('key'), 0o600);
    expect((await run()).stderr).not.toContain('chmod');
  });

  it('is as it should be where a service manager gave it', async () => {
    const place = await workplace();
    await mkdir(place.path('credentials'));
    await writeFile(place.path('credentials/key'), place.sandbox.key);
    await chmod(place.path('credentials/key'), 0o440);
    const run = (env: Readonly<Record<string, string | undefined>>) =>
      place.hereWith({ env: { CLARKY_KEY: undefined, ...env } }, 'bots', '--key-file', 'credentials/key');
    expect((await run({})).stderr).toContain('chmod 600 credentials/key');
    expect((await run({ CREDENTIALS_DIRECTORY: place.path('credentials') })).stderr).toBe('');
    expect((await run({ CREDENTIALS_DIRECTORY: place.path('cred') })).stderr).toContain('chmod 600');
  });

  // Only root can give a file away.
  it.runIf(process.getuid?.() === 0)("is as it should be where it is another's, and for its group alone", async () => {
    const place = await workplace();
    await writeFile(place.path('key'), place.sandbox.key);
    await chown(place.path('key'), 65_534, 0);
    const run = async (mode: number): Promise<string> => {
      await chmod(place.path('key'), mode);
      return (await place.hereWith({ env: { CLARKY_KEY: undefined } }, 'bots', '--key-file', 'key')).stderr;
    };
    expect(await run(0o440)).toBe('');
    expect(await run(0o444)).toContain('chmod 600 key');
  });
});

import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.js';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { OWNER_ALONE, modeOf } from '../support/posix.js';
import { redisIsInstalled, startRedis } from '../support/redis.js';

const NO_KEY = { CLARKY_KEY: undefined };

async function loggedIn(place: Workplace): Promise<string> {
  const { code, stdout } = await place.here('login', 'acme');
  expect(code).toBe(0);
  return stdout;
}

describe('login and --profile', () => {
  it('checks scopes, bots and limit, and keeps the key for its owner alone', async () => {
    const place = await workplace({ writes: { limit: 60, windowMs: 60_000 } });
    const stdout = await loggedIn(place);
    expect(stdout).toMatch(/scopes {2}read, write\n {2}bots {4}\S+\n {2}limit {3}60 writes a minute/);
    expect(stdout).not.toContain(place.sandbox.key);
    const path = place.path('.config/clarky-contacts/profiles/acme.json');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ key: place.sandbox.key });
    expect(await modeOf(path)).toBe(OWNER_ALONE);
    expect(place.sandbox.stats().contacts).toBe(0);
  });

  it('is a key for every command, by flag or by the environment; a key of the environment goes before the latter', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    await loggedIn(place);
    const env = { ...NO_KEY, CLARKY_API_URL: undefined };
    // The address is kept with the key.
    expect((await place.hereWith({ env }, 'import', 'c.csv', '--profile', 'acme', ...UNLIMITED)).code).toBe(0);
    expect((await place.hereWith({ env: { ...env, CLARKY_PROFILE: 'acme' } }, 'bots')).code).toBe(0);
    expect((await place.hereWith({ env: { CLARKY_KEY: 'ck_live_wrong', CLARKY_PROFILE: 'acme' } }, 'bots')).code).toBe(
      4,
    );
    expect((await place.hereWith({ env: { CLARKY_KEY: 'ck_live_wrong' } }, 'bots', '--profile', 'acme')).code).toBe(0);
  });

  it.each([
    ['of a file beside --profile', ['--profile', 'acme', '--key-file', 'key'], {}],
    ['of a file beside the environment', ['--key-file', 'key'], { CLARKY_PROFILE: 'acme' }],
    ['of the environment', [], { CLARKY_PROFILE: 'acme', CLARKY_KEY: 'ck_live_another' }],
  ])('a key %s is sent to the address of the profile, where no other is named', async (_, flags, named) => {
    const place = await workplace();
    await loggedIn(place);
    await place.write('key', 'ck_live_another');
    const other = await startSandbox();
    onTestFinished(() => other.close());
    const asked = place.sandbox.requests.length;
    const env = { ...NO_KEY, CLARKY_API_URL: undefined, CLARKY_MAX_OUTAGE: '1s', ...named };
    const { code, stderr } = await place.hereWith({ env }, 'bots', ...flags);
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining(`${new URL(place.sandbox.url).host} doesn't accept the key`),
    ]);
    expect(place.sandbox.requests.length).toBeGreaterThan(asked);
    const { url, key } = other;
    await place.write('key', key);
    const there = { ...env, ...('CLARKY_KEY' in named ? { CLARKY_KEY: key } : {}) };
    expect((await place.hereWith({ env: there }, 'bots', ...flags, '--api-url', url)).code).toBe(0);
  });

  it.each([
    ['of the environment', 'acme', { CLARKY_PROFILE: 'acme' }],
    ['of the default name', 'default', {}],
  ])('%s is sent to no other address that the environment names', async (_, name, named) => {
    const place = await workplace();
    const other = await startSandbox();
    onTestFinished(() => other.close());
    expect((await place.here('login', name)).code).toBe(0);
    const env = { ...NO_KEY, ...named, CLARKY_API_URL: other.url };
    const { code, stderr } = await place.hereWith({ env }, 'bots');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`The profile ${name} is for ${place.sandbox.url}, and`),
    ]);
    expect(other.requests).toEqual([]);
    // The same address in other words is the same, and what is typed is meant.
    const same = { ...env, CLARKY_API_URL: `${place.sandbox.url}/` };
    expect((await place.hereWith({ env: same }, 'bots')).code).toBe(0);
    expect((await place.hereWith({ env }, 'bots', '--profile', name)).code).toBe(0);
    expect((await place.hereWith({ env }, 'bots', '--api-url', place.sandbox.url)).code).toBe(0);
  });

  it('has its address on the page too', async () => {
    const place = await workplace();
    await loggedIn(place);
    const env = { ...NO_KEY, CLARKY_API_URL: undefined };
    const { child } = place.start(['ui', '.', '--no-open', '--json', '--profile', 'acme'], { env });
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const { hash, origin } = new URL((JSON.parse(line.toString()) as { url: string }).url);
    const body = JSON.stringify({ code: hash.slice(1) });
    const headers = { 'content-type': 'application/json' };
    const session = await fetch(`${origin}/api/session`, { method: 'POST', headers, body });
    const { token } = (await session.json()) as { token: string };
    const state = await fetch(`${origin}/api/state`, { headers: { authorization: `Bearer ${token}` } });
    expect(await state.json()).toMatchObject({ address: place.sandbox.url });
  });

  it('of the default name is used where no other key is named', async () => {
    const place = await workplace();
    const { code, stdout } = await place.here('login');
    expect([code, stdout]).toEqual([0, expect.stringContaining('used wherever no other key is named')]);
    expect((await place.hereWith({ env: { ...NO_KEY, CLARKY_API_URL: undefined } }, 'bots')).code).toBe(0);
    expect((await place.hereWith({ env: { CLARKY_KEY: 'ck_live_wrong' } }, 'bots')).code).toBe(4);
  });

  it.each([
    [['login', 'a/b'], {}, 2],
    [['login', 'ck_live_0123456789'], {}, 2],
    [['login', 'acme'], NO_KEY, 2],
    [['login', 'acme'], { CLARKY_KEY: 'ck_live_wrong' }, 4],
    [['bots', '--profile', 'nobody'], {}, 2],
  ])('%j is refused', async (args, env, status) => {
    const place = await workplace();
    const { code, stderr } = await place.hereWith({ env }, ...args);
    expect(code).toBe(status);
    expect(stderr).not.toContain('internal');
    await expect(stat(place.path('.config'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('doctor', () => {
  it('finds that all is well, and changes nothing', async () => {
    const place = await workplace({ writes: { limit: 60, windowMs: 60_000 } });
    const { code, stdout } = await place.here('doctor', '--work-dir', 'new/one');
    expect(stdout).toContain('An import can begin.');
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(code).toBe(0);
    expect(place.sandbox.stats().contacts).toBe(0);
  });

  it.each([
    ['no key', NO_KEY, [], 2, 'There is no API key'],
    ['a wrong key', { CLARKY_KEY: 'ck_live_wrong' }, [], 4, "doesn't accept the key"],
    ['a folder that is a file', {}, ['--work-dir', 'c.csv'], 2, '--work-dir c.csv is no folder'],
    ['a folder below a file', {}, ['--work-dir', 'c.csv/x'], 2, '--work-dir c.csv/x is no folder'],
    ['another bot', {}, ['--bot', 'bot_of_nobody'], 2, 'does not see a bot'],
  ])('%s', async (_, env, args, status, says) => {
    const place = await workplace();
    await place.write('c.csv', '');
    const { code, stdout } = await place.hereWith({ env }, 'doctor', ...args);
    expect(stdout).toContain(says);
    expect(stdout).toContain('to be put right first');
    expect(code).toBe(status);
  });

  it.runIf(redisIsInstalled)('says that the Redis which it is told of answers', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.close());
    const place = await workplace();
    const { code, stdout } = await place.here('doctor', '--redis', redis.url);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Redis answers: the limit is shared') as string]);
    expect((await place.here('doctor')).stdout).not.toContain('Redis');
  });

  it('says which scope a key lacks', async () => {
    const place = await workplace();
    const { code, stdout } = await place.hereWith({ env: { CLARKY_KEY: place.sandbox.readOnlyKey } }, 'doctor');
    expect(stdout).toContain('bad   Scopes: read, no write');
    expect(code).toBe(4);
  });
});

describe('--verbose and --progress json', () => {
  it('show each request with its time and rate headers, and neither key nor person', async () => {
    const place = await workplace({ writes: { limit: 60, windowMs: 60_000 } });
    await place.write('c.csv', peopleCsv(2));
    const { stderr } = await place.here('import', 'c.csv', '--live', '--verbose');
    expect(stderr).toMatch(/^POST \/contacts\/upsert: 20[01] \(\d+ ms, \d+ of 60 left\)$/m);
    expect(stderr).toMatch(/^GET \/pipelines: 200 /m);
    expect(stderr).not.toMatch(/example\.com|First0|ck_live/);
  });

  it('are lines of JSON, errors too', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(3));
    const ended = await place.here('import', 'c.csv', '--progress', 'json', '--verbose', ...UNLIMITED);
    const lines = ended.stderr.trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { event: string });
    expect(new Set(events.map(({ event }) => event))).toEqual(new Set(['progress', 'request', 'warning', 'ended']));
    expect(events.find(({ event }) => event === 'warning')).toMatchObject({ code: 'not_undoable' });
    const last = events.find(({ event }) => event === 'ended');
    expect(last).toMatchObject({ created: 3, pending: 0, requests: 3, exit: 0 });
    const failed = await place.here('import', 'nope.csv', '--progress', 'json');
    expect(JSON.parse(failed.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ event: 'error', exit: 2 });
  });
});

it('doctor says which of several keys Clarky does not take', async () => {
  const place = await workplace({ keys: 2 });
  const [key = '', other = ''] = place.sandbox.keys;
  place.sandbox.revokeKey(key);
  const { code, stdout } = await place.hereWith({ env: { CLARKY_KEYS: `${key},${other}` } }, 'doctor', '--json');
  const { findings } = JSON.parse(stdout) as { findings: { check: string; state: string; what: string }[] };
  expect(code).toBe(0);
  expect(findings.filter(({ check }) => check === 'key').map(({ state }) => state)).toEqual([
    'warning',
    'warning',
    'ok',
  ]);
});

describe('doctor, of several keys,', () => {
  async function lookedAt(place: Workplace, keys: readonly string[]): Promise<{ code: number | null; stdout: string }> {
    return place.hereWith({ env: { CLARKY_KEYS: keys.join(',') } }, 'doctor');
  }

  it('says that they are of one workspace', async () => {
    const place = await workplace({ keys: 3 });
    const { code, stdout } = await lookedAt(place, place.sandbox.keys);
    expect(stdout).toContain('ok    3 keys of one workspace share an import');
    expect(code).toBe(0);
  });

  it('names the one of another workspace, as an import does', async () => {
    const place = await workplace();
    const keys = [place.sandbox.key, place.sandbox.foreignKey];
    await place.write('c.csv', peopleCsv(2));
    const { code, stdout } = await lookedAt(place, keys);
    expect(stdout).toContain('bad   Key 2 is of another workspace than key 1\n');
    const imported = await place.hereWith({ env: { CLARKY_KEYS: keys.join(',') } }, 'import', 'c.csv');
    expect([code, imported.code]).toEqual([2, 2]);
    expect(place.sandbox.stats().contacts).toBe(0);
  });

  it('names those that are revoked, may not write, and may not read', async () => {
    const place = await workplace({ keys: 4 });
    const [first = '', second = '', third = '', fourth = ''] = place.sandbox.keys;
    for (const key of [second, third]) place.sandbox.revokeKey(key);
    const revoked = await lookedAt(place, [first, second, third, fourth]);
    expect(revoked.stdout).toMatch(/Key 2 of 4 is not taken by Clarky[^]*Key 3 of 4[^]*2 keys of one workspace/);
    expect(revoked.code).toBe(0);
    const readOnly = await lookedAt(place, [first, place.sandbox.readOnlyKey]);
    expect(readOnly.stdout).toContain('look  Key 2 of 2 may not write');
    expect(readOnly.code).toBe(0);
    const writeOnly = await lookedAt(place, [first, place.sandbox.writeOnlyKey]);
    expect(writeOnly.stdout).toContain('bad   Key 2 may not read');
    expect(writeOnly.code).toBe(2);
  });
});

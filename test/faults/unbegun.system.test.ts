import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { refusingPort } from '../support/redis.js';
import { until } from '../support/until.js';

interface Line {
  readonly event: string;
  readonly exit?: number;
  readonly error?: string;
  readonly code?: string;
  readonly msg: string;
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

const logOf = async (place: Workplace, name = 'c.csv.log.jsonl'): Promise<Line[]> =>
  linesOf(await readFile(place.path(name), 'utf8'));

describe('a run that something stops before its first row is in the log', () => {
  it.each([
    ['without a key', [], { CLARKY_KEY: undefined }, 2, 'no_key'],
    ['with a key that Clarky does not accept', [], { CLARKY_KEY: 'ck_live_wrong' }, 4, 'unauthorized'],
    ['with a word that a setting does not take', ['--country', 'XX'], {}, 2, 'usage'],
    ['with a mapping file that is broken', ['--mapping', 'bad.json'], {}, 2, 'bad_mapping'],
  ])('%s', async (_, flags, env, exit, error) => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    await place.write('bad.json', '{');
    const ended = await place.hereWith({ env }, 'import', 'c.csv', '--quiet', ...flags);
    expect(ended.code).toBe(exit);
    const [started, last, ...more] = await logOf(place);
    expect(started).toMatchObject({ level: 30, event: 'started', file: 'c.csv', msg: 'import started' });
    expect(last).toMatchObject({
      level: 50,
      event: 'ended',
      file: 'c.csv',
      exit,
      error,
      msg: `import ended: ${error}`,
    });
    expect(last).toMatchObject({ start: expect.any(String) as string, end: expect.any(String) as string });
    expect(more).toEqual([]);
    // What it says it would go on with: the log is known as ours.
    const key = { CLARKY_KEY: place.sandbox.key };
    expect((await place.hereWith({ env: key }, 'import', 'c.csv', '--quiet', ...UNLIMITED)).code).toBe(0);
    const after = await logOf(place);
    expect(after.filter(({ event }) => ['started', 'ended'].includes(event))).toHaveLength(4);
    // What can't be understood begins none, but tells one that is there.
    await place.here('import', 'c.csv', '--dryrn');
    expect((await logOf(place)).slice(after.length).map(({ error }) => error)).toEqual([undefined, 'usage']);
  });

  it('where Clarky is down, on standard error too', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    const api = `http://127.0.0.1:${await refusingPort()}/api/v1`;
    const down = ['import', 'c.csv', '--quiet', '--api-url', api, '--max-outage', '1'];
    expect((await place.here(...down)).code).toBe(5);
    expect((await logOf(place)).at(-1)).toMatchObject({ event: 'ended', exit: 5, error: 'unreachable' });
    const { stderr } = await place.here(...down, '--log', '-');
    expect(linesOf(stderr).map(({ event, error, code }) => [event, error ?? code])).toEqual([
      ['started', undefined],
      ['ended', 'unreachable'],
      ['error', 'unreachable'],
    ]);
    expect(stderr + (await readFile(place.path('c.csv.log.jsonl'), 'utf8'))).not.toContain(place.sandbox.key);
  });

  it('where another import is at work', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'held' }] } });
    await place.write('c.csv', peopleCsv(2));
    const first = place.start(['import', 'c.csv', ...UNLIMITED]);
    await until(() => place.sandbox.stats().writes > 0);
    expect((await place.here('import', 'c.csv', '--quiet')).code).toBe(6);
    expect((await logOf(place)).at(-1)).toMatchObject({ event: 'ended', exit: 6, error: 'locked' });
    first.child.kill('SIGKILL');
    await first.ended;
  });

  it.skipIf(process.platform === 'win32')('where a signal ends what it waits for', async () => {
    const place = await workplace();
    execFileSync('mkfifo', [place.path('p')]);
    const { child, ended } = place.start(['import', 'p']);
    // It says that it waits.
    if (child.stderr) await once(child.stderr, 'data');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect((await logOf(place, 'p.log.jsonl')).at(-1)).toMatchObject({
      event: 'ended',
      exit: 143,
      error: 'terminated',
    });
  });

  it('never in a file that is not ours, nor for a file that is not there, nor where nothing can be written', async () => {
    const place = await workplace();
    await place.write('c.csv', peopleCsv(2));
    await place.write('notes.txt', 'mine\n');
    const noKey = { env: { CLARKY_KEY: undefined } };
    await place.hereWith(noKey, 'import', 'c.csv', '--log', 'notes.txt');
    await place.hereWith(noKey, 'import', 'c.csv', '--log', 'c.csv');
    await place.hereWith(noKey, 'import', 'c.csv', '--log', 'x.jsonl', '--rejects', 'x.jsonl');
    expect(await readFile(place.path('notes.txt'), 'utf8')).toBe('mine\n');
    expect(await readFile(place.path('c.csv'), 'utf8')).toBe(peopleCsv(2));
    await place.here('import', 'nope.csv');
    await place.here('import', 'c.csv', '--maping', 'notes.txt');
    for (const name of ['x.jsonl', 'nope.csv.log.jsonl', 'c.csv+notes.txt.log.jsonl'])
      await expect(readFile(place.path(name))).rejects.toThrow('ENOENT');
    await mkdir(place.path('closed'));
    await chmod(place.path('closed'), 0o500);
    const ended = await place.hereWith(noKey, 'import', 'c.csv', '--log', 'closed/log.jsonl');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('There is no API key');
  });
});

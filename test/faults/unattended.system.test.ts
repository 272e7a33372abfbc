import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace } from '../support/cli.js';
import { until } from '../support/until.js';

describe('--latest', () => {
  it('tells a monitor how the run ended, whichever way', async () => {
    const place = await workplace({ faults: { on: 'writes', revokeAtRequest: 8 } });
    await place.write('c.csv', peopleCsv(10));
    const latest = async (): Promise<unknown> =>
      JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as unknown;
    const run = (...flags: string[]) => place.here('import', 'c.csv', '--latest', 'latest.json', '--quiet', ...flags);
    const beganMs = Date.now();
    expect((await run('--concurrency', '1', ...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ created: 7, pending: 3, exit: 4, error: 'unauthorized' });
    expect((await run(...UNLIMITED)).code).toBe(4);
    expect(await latest()).toMatchObject({ file: 'c.csv', exit: 4, error: 'unauthorized' });
    const { end, message } = (await latest()) as { end: string; message: string };
    expect(Date.parse(end)).toBeGreaterThanOrEqual(beganMs);
    expect(Date.parse(end)).toBeLessThanOrEqual(Date.now());
    expect(message).not.toContain(place.sandbox.key);
    const guarded = await run('--fail-over', '0%', '--key-file', 'nope', ...UNLIMITED);
    expect(guarded.code).toBe(2);
    expect(await latest()).toMatchObject({ exit: 2, error: 'no_key' });
  });

  it('is stopped by its guard where the file shrank since a run that was stopped', async () => {
    const place = await workplace({ faults: { on: 'writes', probabilities: { 503: 1 } } });
    const guarded = ['import', 'c.csv', '--fail-over', '20%', '--max-outage', '1', ...UNLIMITED];
    await place.write('c.csv', peopleCsv(20));
    expect((await place.here(...guarded)).code).toBe(5);
    place.sandbox.setFaults({});
    await place.write('c.csv', peopleCsv(5));
    for (const _night of [2, 3]) {
      expect((await place.here(...guarded)).stderr).toContain('has 5 rows where an earlier import had 20: it shrank');
    }
    expect(place.sandbox.contacts()).toEqual([]);
  });

  it('is complete, though its guard has stopped it, where nothing is left to send', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,nonsense,Acme\n`);
    const guarded = ['import', 'c.csv', '--fail-over', '40%', '--json', ...UNLIMITED];
    const first = await place.here(...guarded);
    expect(JSON.parse(first.stdout)).toMatchObject({ pending: 1, complete: false, exit: 4 });
    expect((await place.here('import', 'c.csv', ...UNLIMITED)).code).toBe(3);
    const second = await place.here(...guarded);
    expect(JSON.parse(second.stdout)).toMatchObject({ pending: 0, unchanged: 1, complete: true, exit: 4 });
  });

  it('is whole, though its guard has stopped it, in every place where it is told', async () => {
    const place = await workplace();
    await place.write('c.csv', `${peopleCsv(1)}Bad,Row,nonsense,Acme\n`);
    const flags = ['--latest', 'latest.json', '--json', ...UNLIMITED];
    await place.here('import', 'c.csv', '--country', 'GB', '--no-report', ...flags);
    const healthy = JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as object;
    for (const night of [1, 2]) {
      const { stdout, code } = await place.here('import', 'c.csv', '--fail-over', '40%', '--no-report', ...flags);
      expect(code).toBe(4);
      const { next: _, ...told } = JSON.parse(stdout) as Record<string, unknown>;
      expect(Object.keys(told)).toEqual(expect.arrayContaining(Object.keys(healthy)));
      expect(told).toMatchObject({ checkpoint: 'c.csv.checkpoint.jsonl', log: 'c.csv.log.jsonl', rejects: '' });
      expect(told).toMatchObject({ seconds: expect.any(Number) as number, kept: ['--country GB'] });
      expect(JSON.parse(await readFile(place.path('latest.json'), 'utf8'))).toEqual(told);
      const ended = (await readFile(place.path('c.csv.log.jsonl'), 'utf8'))
        .split('\n')
        .filter((line) => /"event":"(?:started|ended)"/.test(line))
        .map((line) => JSON.parse(line) as object);
      expect(ended).toHaveLength(2 + 2 * night);
      expect(ended.at(-1)).toMatchObject(told);
    }
  });

  it('does not say that all went well where a run was killed', async () => {
    const place = await workplace({ latency: { minMs: 20_000, maxMs: 20_000 } });
    await place.write('c.csv', peopleCsv(1));
    const text = (): Promise<string> => readFile(place.path('latest.json'), 'utf8').catch(() => '');
    const yesterday = { file: 'c.csv', start: '2026-01-01T00:00:00.000Z', running: true };
    await place.write('latest.json', `${JSON.stringify(yesterday)}\n`);
    const { child, ended } = place.start(['import', 'c.csv', '--latest', 'latest.json', '--quiet', ...UNLIMITED]);
    await until(async () => (await text()).includes('running') && !(await text()).includes('2026-01-01'));
    child.kill('SIGKILL');
    await ended;
    expect(JSON.parse(await text())).toEqual({ file: 'c.csv', start: expect.any(String) as string, running: true });
  });

  it('says so where a second signal ended a run at once', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'held' }] } });
    await place.write('c.csv', peopleCsv(3));
    const { child, ended } = place.start(['import', 'c.csv', '--latest', 'latest.json', ...UNLIMITED]);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => place.sandbox.stats().writes > 0);
    child.kill('SIGINT');
    await until(() => said.includes('again to quit at once'));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    const latest = JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as object;
    expect(latest).toMatchObject({ file: 'c.csv', exit: 130, error: 'interrupted' });
    expect(latest).not.toHaveProperty('running');
    // The next run knows it as ours.
    place.sandbox.setFaults({});
    expect((await place.here('import', 'c.csv', '--latest', 'latest.json', ...UNLIMITED)).code).toBe(0);
  });

  it('holds nothing that a terminal would obey, and the name of the file all the same', async () => {
    const place = await workplace();
    const file = 'a\u009b\u202e\u200bb.csv';
    expect((await place.here('import', file, '--latest', 'latest.json')).code).toBe(2);
    const latest = await readFile(place.path('latest.json'), 'utf8');
    expect(latest).toMatch(/^[ -~]+\n$/);
    expect(JSON.parse(latest)).toMatchObject({ file, exit: 2 });
  });
});

describe('settings of an earlier import, where nobody reads the terminal', () => {
  it('stand in the summary and the log, and are said by the run that hands them on', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Name,Email,Phone\nAnn,ann@example.com,020 7946 0001\n');
    const night = () => place.here('import', 'c.csv', '--country', 'GB', '--quiet', '--json', ...UNLIMITED);
    const first = await night();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).not.toHaveProperty('kept');
    const byHand = ['--set', 'lead_source=Fair', '--on-invalid', 'omit'];
    const said = await place.here('import', 'c.csv', '--country', 'GB', ...byHand, ...UNLIMITED);
    expect(said.stderr).toContain('--set lead_source=Fair, --on-invalid omit: this holds for the next commands');
    const later = await night();
    expect(later).toMatchObject({ code: 0, stderr: '' });
    // Of what was typed the field alone: the summary is posted, too.
    const kept = ['--set lead_source', '--on-invalid omit'];
    expect(JSON.parse(later.stdout)).toMatchObject({ kept });
    const lines = await logOf(place.path('c.csv.log.jsonl'));
    const told = lines.findLast(({ code }) => code === 'settings_kept');
    expect(told).toMatchObject({ level: 30, kept });
    expect(told?.msg).toContain('As in the import before: --set lead_source, --on-invalid omit (');
    expect(JSON.stringify(lines)).not.toContain('Fair');
  });

  it('are not handed from one feed on standard input to the next, unless both have a name', async () => {
    const place = await workplace();
    const feed = (row: string, ...flags: string[]) =>
      place.hereWith({ input: `Name,Email\n${row}\n` }, 'import', '-', '--json', '--quiet', ...flags, ...UNLIMITED);
    const one = await feed('Ann,ann@example.com', '--set', 'lead_source=A');
    expect(one.stdout).toContain('"code":"stdin_unnamed"');
    await feed('Ben,ben@example.com');
    await feed('Cy,cy@example.com', '--name', 'c', '--set', 'lead_source=C');
    const named = await feed('Di,di@example.com', '--name', 'c');
    expect(JSON.parse(named.stdout)).toMatchObject({ kept: ['--set lead_source'] });
    expect(named.stdout).not.toContain('stdin_unnamed');
    const sources = place.sandbox.contacts().map(({ emails, lead_source }) => [emails?.[0], lead_source ?? null]);
    expect(sources).toEqual([
      ['ann@example.com', 'A'],
      ['ben@example.com', null],
      ['cy@example.com', 'C'],
      ['di@example.com', 'C'],
    ]);
  });
});

describe('warnings of a quiet run', () => {
  it('stand in the summary: of corrections that were set aside, of a file without rows', async () => {
    const place = await workplace();
    await place.write('c.csv', 'Name,Email\nAnn,no address\n');
    const quietly = ['--quiet', '--latest', 'latest.json', ...UNLIMITED];
    expect((await place.here('import', 'c.csv', ...quietly)).code).toBe(3);
    const rejects = await readFile(place.path('c.csv.rejected.csv'), 'utf8');
    await place.write('c.csv.rejected.csv', rejects.replace('no address', 'ann@example.com'));
    expect(await place.here('import', 'c.csv', ...quietly)).toMatchObject({ code: 3, stderr: '' });
    const aside = JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as Record<string, unknown>;
    const message = expect.stringContaining('it is kept as c.csv.rejected.edited-') as string;
    expect(aside.warnings).toContainEqual({ code: 'rejects_edited', message });
    await place.write('empty.csv', 'Name,Email\n');
    expect((await place.here('import', 'empty.csv', ...quietly)).code).toBe(0);
    const empty = JSON.parse(await readFile(place.path('latest.json'), 'utf8')) as Record<string, unknown>;
    expect(empty.warnings).toContainEqual({ code: 'no_rows', message: 'The file has no rows: nothing is imported.' });
  });
});

it('a profile that is named goes to its own address, whatever the environment says', async () => {
  const place = await workplace();
  expect((await place.here('login', 'nightly')).code).toBe(0);
  const other = await workplace();
  const env = { CLARKY_API_URL: other.sandbox.url, CLARKY_KEY: undefined };
  const { code, stdout } = await place.hereWith({ env }, 'bots', '--profile', 'nightly');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(place.sandbox.botId) as string });
  expect(other.sandbox.requests).toEqual([]);
});

it('an address for --on-end without its scheme is not shown: it may hold a secret', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(1));
  const flags = ['--on-end', 'hooks.example.com/S3cret', '--latest', 'latest.json'];
  const { code, stderr } = await place.here('import', 'c.csv', ...flags);
  expect(code).toBe(2);
  expect(stderr).toContain('--on-end: this is no address.');
  expect(stderr + (await readFile(place.path('latest.json'), 'utf8'))).not.toContain('S3cret');
});

it('a request in --progress json has a sentence, and whole milliseconds', async () => {
  const place = await workplace();
  await place.write('c.csv', peopleCsv(1));
  const { stderr } = await place.here('import', 'c.csv', '--progress', 'json', '--verbose', ...UNLIMITED);
  const requests = stderr.split('\n').filter((line) => line.includes('"event":"request"'));
  expect(requests.length).toBeGreaterThan(0);
  for (const line of requests) {
    const { ms, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(Number.isInteger(ms)).toBe(true);
    expect(msg).toMatch(/^(?:GET|POST) \/\S+: 2\d\d \(\d+ ms/);
    expect(rest).not.toHaveProperty('countsAtMs');
  }
});

async function logOf(path: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

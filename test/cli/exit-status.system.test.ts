import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { peopleCsv, UNLIMITED, workplace, type Workplace } from '../support/cli.js';
import { until } from '../support/until.js';

async function withContacts(place: Workplace, count = 12): Promise<void> {
  await place.write('c.csv', peopleCsv(count));
}

/** Waits until the sandbox has seen so many upserts. */
async function upserts(place: Workplace, count: number): Promise<void> {
  await until(() => place.sandbox.stats().writes >= count);
}

describe('exit status 2: usage or configuration, nothing was sent', () => {
  it.each([
    [['import', 'c.csv', '--dryrn'], {}, "unknown option '--dryrn'"],
    [['imprt', 'c.csv'], {}, 'Did you mean import?'],
    [['import'], {}, "missing required argument 'file'"],
    [['import', 'nope.csv'], {}, "nope.csv doesn't exist"],
    [['import', 'folder'], {}, 'folder'],
    [['import', 'c.csv'], { CLARKY_KEY: undefined }, 'There is no API key'],
    [['import', 'c.csv', '--key-file', 'nope'], {}, 'The key file nope'],
    [['import', 'c.csv', '--key-file', '/dev/zero'], {}, 'holds far more than a key'],
    [['import', 'c.csv'], { CLARKY_KEY: 'bad\nkey' }, 'key'],
    [['import', 'c.csv', '--api-url', 'http://example.com/api/v1'], {}, 'http'],
    [['import', 'c.csv', '--api-url', 'ftp://127.0.0.1/'], {}, 'http'],
    [['import', 'c.csv', '--mapping', 'nope.json'], {}, "nope.json doesn't exist"],
    [['import', 'c.csv', '--mapping', 'bad.json'], {}, 'bad.json'],
    [['import', 'c.csv', '--set', 'nofield=x'], {}, 'there is no field "nofield"'],
    [['import', 'c.csv', '--country', 'Germany'], {}, 'Did you mean DE?'],
    [['import', 'c.csv', '--country', 'XX'], {}, '"XX" is no country'],
    [['import', 'c.csv', '--rate', 'fast'], {}, 'WRITES/SECONDS'],
    [['import', 'c.csv', '--encoding', 'klingon'], {}, 'klingon'],
    [['import', 'empty.csv'], {}, 'empty'],
    [['import', 'columns.csv'], {}, 'No column'],
    [['import', 'c.csv', '--checkpoint', 'c.csv'], {}, 'is the file that is read'],
    [['import', 'c.csv', '--checkpoint', 'missing/c.jsonl'], {}, 'the folder does not exist'],
    [['map', 'c.csv'], {}, 'no terminal'],
    [['plan', 'c.csv', '--diff'], {}, '--diff'],
  ])('%j', async (args, env, says) => {
    const place = await workplace();
    await withContacts(place);
    await mkdir(place.path('folder'));
    await place.write('empty.csv', '');
    await place.write('columns.csv', 'Colour,Size\nred,3\n');
    await place.write('bad.json', '{"version":1,"columns":{"Email":"emial"}}');
    const ended = await place.hereWith({ env }, ...args);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(place.sandbox.stats().writes).toBe(0);
  });

  it('lists the bots where there are several', async () => {
    const place = await workplace({ bots: ['bot_a', 'bot_b'] });
    await withContacts(place);
    const ended = await place.here('import', 'c.csv', ...UNLIMITED);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('bot_a, bot_b');
    expect((await place.here('bots')).stdout).toMatch(/bot_a .*\nbot_b /);
  });
});

describe('exit status 4: Clarky refuses us, at once, the rest pending', () => {
  it.each([
    ['a wrong key', { CLARKY_KEY: 'ck_live_wrong' }, [], 'CLARKY_KEY'],
    ['a wrong bot', {}, ['--bot', 'bot_of_another'], 'bot_of_another'],
  ])('%s', async (_, env, args, says) => {
    const place = await workplace();
    await withContacts(place);
    const ended = await place.runWith({ env }, 'import', 'c.csv', ...args, ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain(says);
    expect(place.sandbox.stats().writes).toBe(0);
  });

  it('a key that may only read, with one write to find out', async () => {
    const place = await workplace();
    await withContacts(place);
    const env = { CLARKY_KEY: place.sandbox.readOnlyKey };
    const ended = await place.hereWith({ env }, 'import', 'c.csv', '--json', '--concurrency', '1', ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(JSON.parse(ended.stdout)).toMatchObject({ pending: 12, rejected: 0, complete: false, requests: 1 });
    expect(ended.stderr).toContain('scope "write"');
  });

  it('a wrong URL', async () => {
    const place = await workplace();
    await withContacts(place);
    const wrong = place.sandbox.url.replace('/api/v1', '/api/v9');
    const ended = await place.here('import', 'c.csv', '--api-url', wrong, ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('--api-url');
  });

  it('a key revoked in the middle', async () => {
    const place = await workplace({ faults: { on: 'writes', revokeAtRequest: 6 } });
    await withContacts(place);
    const ended = await place.here('import', 'c.csv', '--json', '--concurrency', '1', ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(JSON.parse(ended.stdout)).toMatchObject({ created: 5, pending: 7 });
  });

  it('the first ten answers all the same refusal, which is not held against the rows', async () => {
    const place = await workplace({ readings: { accepts: 'objects' } });
    await withContacts(place, 30);
    const ended = await place.here('import', 'c.csv', '--contact-points', 'strings', '--json', ...UNLIMITED);
    expect(ended.code).toBe(4);
    expect(ended.stderr).toContain('--contact-points objects');
    const summary = JSON.parse(ended.stdout) as { pending: number; rejected: number; requests: number };
    expect(summary).toMatchObject({ pending: 30, rejected: 0 });
    expect(summary.requests).toBeLessThan(40);
    expect(ended.stderr).toContain('first 10 contacts that were sent, and others, all in the same way');
    const mended = await place.here('import', 'c.csv', '--json', '--contact-points', 'objects', ...UNLIMITED);
    expect(JSON.parse(mended.stdout)).toMatchObject({ created: 30 });
  });

  it('a list of ten that are all refused, which has no others', async () => {
    const place = await workplace({ readings: { accepts: 'objects' } });
    await withContacts(place, 10);
    const ended = await place.here('import', 'c.csv', '--contact-points', 'strings', ...UNLIMITED);
    expect([ended.code, ended.stderr]).toEqual([
      4,
      expect.stringContaining('first 10 contacts that were sent, all in'),
    ]);
  });

  it('a plan that --fail-over does not allow', async () => {
    const place = await workplace();
    await withContacts(place, 10);
    await place.imported('c.csv');
    await place.write('c.csv', `${peopleCsv(8)}Bad,Row,nonsense,Acme\nBad,Row,nonsense,Acme\n`);
    const rejected = await place.here('import', 'c.csv', '--fail-over', '10%', ...UNLIMITED);
    expect(rejected).toMatchObject({ code: 4 });
    expect(rejected.stderr).toContain('2 of 10 rows would be rejected');
    await place.write('c.csv', peopleCsv(5));
    expect((await place.here('import', 'c.csv', '--fail-over', '10%', ...UNLIMITED)).stderr).toContain('it shrank');
    await place.write('c.csv', peopleCsv(10, 'Globex'));
    expect((await place.here('import', 'c.csv', '--fail-over', '10', ...UNLIMITED)).stderr).toContain('have changed');
    expect(place.sandbox.stats().writes).toBe(10);
  });
});

describe('exit status 3, 5, 6, 7 and signals', () => {
  it('3: Clarky refused a row; it is not asked again until it changes or --retry-rejected says so', async () => {
    const place = await workplace();
    await withContacts(place, 3);
    await place.write('c.csv', `${peopleCsv(3)}X,Y,x@example.com,Acme\n`);
    await place.write(
      'c.csv.mapping.json',
      JSON.stringify({
        version: 1,
        columns: { 'First Name': 'first_name', 'Last Name': 'pipeline_stage_id', Email: 'emails', Company: 'ignore' },
        settings: {},
      }),
    );
    // A stage id that does not exist: the sandbox refuses each row for it, but not ten at once.
    const first = await place.run('import', 'c.csv', '--json', ...UNLIMITED);
    expect(first.code).toBe(3);
    expect(JSON.parse(first.stdout)).toMatchObject({ rejected: 4, requests: 4 });
    const again = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(again.stdout)).toMatchObject({ rejected: 4, requests: 0 });
    const retried = await place.here('import', 'c.csv', '--json', '--retry-rejected', ...UNLIMITED);
    expect(JSON.parse(retried.stdout)).toMatchObject({ rejected: 4, requests: 4 });
  });

  it('5: Clarky keeps failing; what was accepted is kept, the rest goes on later', async () => {
    const place = await workplace({ faults: { on: 'writes', outage: { fromRequest: 6, forMs: 60_000, as: '503' } } });
    await withContacts(place);
    const ended = await place.run('import', 'c.csv', '--json', '--max-outage', '4', '--concurrency', '1', ...UNLIMITED);
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout)).toMatchObject({ created: 5, pending: 7, rejected: 0 });
    place.sandbox.setFaults({});
    const resumed = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ created: 7, unchanged: 5, complete: true });
  });

  it('5: nobody answers there', async () => {
    const place = await workplace();
    await withContacts(place);
    const ended = await place.here('import', 'c.csv', '--max-outage', '1', '--api-url', 'http://127.0.0.1:9/api/v1');
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain('127.0.0.1:9');
  });

  it('6: another import is using the checkpoint; --wait waits for it', async () => {
    const place = await workplace({ faults: { on: 'writes', at: [{ request: 1, kind: 'held' }] } });
    await withContacts(place);
    const first = place.start(['import', 'c.csv', '--concurrency', '1', ...UNLIMITED]);
    await upserts(place, 1);
    const second = await place.run('import', 'c.csv', ...UNLIMITED);
    expect(second.code).toBe(6);
    expect(second.stderr).toContain(`process ${first.child.pid}`);
    const waiting = place.start(['import', 'c.csv', '--json', '--wait', '10m', ...UNLIMITED]);
    place.sandbox.setFaults({});
    expect(JSON.parse((await waiting.ended).stdout)).toMatchObject({ unchanged: 12, requests: 0 });
    expect((await first.ended).code).toBe(0);
  });

  it.each([
    ['--max-duration', '1s'],
    ['--deadline', new Date(Date.now() - 1000).toISOString()],
  ])('7: %s is reached; the next run goes on', async (flag, value) => {
    const place = await workplace({ latency: { minMs: 150, maxMs: 150 } });
    await withContacts(place);
    const ended = await place.run('import', 'c.csv', '--json', '--concurrency', '1', flag, value, ...UNLIMITED);
    expect(ended.code).toBe(7);
    const resumed = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ complete: true });
    expect(place.sandbox.stats()).toMatchObject({ created: 12, updated: 0 });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what is in flight is recorded, then %d', async (signal, code) => {
    const place = await workplace({ latency: { minMs: 150, maxMs: 150 } });
    await withContacts(place, 40);
    const running = place.start(['import', 'c.csv', '--json', '--concurrency', '4', ...UNLIMITED]);
    await upserts(place, 6);
    running.child.kill(signal);
    const ended = await running.ended;
    expect(ended.code).toBe(code);
    const summary = JSON.parse(ended.stdout) as { created: number; pending: number };
    expect(summary.created).toBe(place.sandbox.contacts().length);
    expect(summary.created + summary.pending).toBe(40);
    const resumed = await place.here('import', 'c.csv', '--json', ...UNLIMITED);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ created: summary.pending, unchanged: summary.created });
    expect(place.sandbox.stats().updated).toBe(0);
  });

  it('a second SIGINT quits at once', async () => {
    const place = await workplace({ faults: { on: 'writes', probabilities: { hang: 1 } } });
    await withContacts(place);
    const running = place.start(['import', 'c.csv', ...UNLIMITED]);
    await upserts(place, 1);
    let told = '';
    running.child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    running.child.kill('SIGINT');
    await until(() => told.includes('Ctrl-C again'));
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
  });
});

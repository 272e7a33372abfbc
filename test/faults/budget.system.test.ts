import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleCsv, workplace, type Workplace } from '../support/cli.js';
import { redisIsInstalled, startRedis, type RedisServer } from '../support/redis.js';
import { until } from '../support/until.js';

const WRITES = { limit: 60, windowMs: 2000 };
const RATE = ['--rate', '60/2'];

/** Imports of different files with one key, all at once: each ends with all its contacts, so none starves. */
async function together(place: Workplace, processes: number, rows: number, flags: readonly string[]): Promise<void> {
  const names = Array.from({ length: processes }, (_, n) => `c${n}.csv`);
  for (const [n, name] of names.entries()) {
    await place.write(name, peopleCsv(rows).replaceAll('@example.com', `@example${n}.com`));
  }
  const env = (n: number): Record<string, string> =>
    // Through Redis they share nothing else: each has a state folder, as on a machine of its own.
    flags.includes('--redis') ? { XDG_STATE_HOME: place.path(`state${n}`) } : {};
  const ended = await Promise.all(
    names.map((name, n) => place.start(['import', name, '--json', ...RATE, ...flags], { env: env(n) }).ended),
  );
  for (const { code, stdout } of ended) {
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ created: rows, throttled: 0 });
  }
}

function expectOneBudget(place: Workplace, writes: number): void {
  const stats = place.sandbox.stats();
  expect(stats).toMatchObject({ throttled: 0, contacts: writes });
  expect(stats.peakWindow).toBeLessThanOrEqual(WRITES.limit);
}

describe('several imports with one key on one machine', () => {
  it.each([
    [2, 45],
    [5, 18],
  ])('%d processes share one budget, without a 429, none starving', async (processes, rows) => {
    const place = await workplace({ writes: WRITES, latency: { minMs: 20, maxMs: 60 } });
    await together(place, processes, rows, []);
    expectOneBudget(place, processes * rows);
  });
});

describe.runIf(redisIsInstalled)('several imports with one key that share nothing but a Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  it.each([
    [2, 45],
    [5, 18],
  ])('%d processes share one budget, without a 429', async (processes, rows) => {
    const place = await workplace({ writes: WRITES, latency: { minMs: 20, maxMs: 60 } });
    await together(place, processes, rows, ['--redis', redis.url]);
    expectOneBudget(place, processes * rows);
  });

  it('a kill -9 of one keeps nobody waiting for its tokens for ever, and gives none of them twice', async () => {
    const place = await workplace({ writes: WRITES, latency: { minMs: 100, maxMs: 200 } });
    await place.write('victim.csv', peopleCsv(60));
    const victim = place.start(['import', 'victim.csv', ...RATE, '--redis', redis.url]);
    await until(() => place.sandbox.stats().writes >= 15);
    victim.child.kill('SIGKILL');
    await victim.ended;
    await together(place, 2, 40, ['--redis', redis.url]);
    expect(place.sandbox.stats().throttled).toBe(0);
    expect(place.sandbox.stats().peakWindow).toBeLessThanOrEqual(WRITES.limit);
  });
});

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Redis } from 'ioredis';
import { monotonicMs } from '../../src/rate/rate.js';
import { openRedisLedger } from '../../src/rate/redis-ledger.js';
import { openRedisClaims } from '../../src/storage/claims/redis-claims.js';
import { refusingPort, redisIsInstalled, startRedis, type RedisServer } from '../support/redis.js';
import { startReferee } from './referee.js';
import { compileWriters, type Writers } from './writer-processes.js';

const RATE = { limit: 60, windowMs: 2000 };

test('a Redis that doesn’t answer ends the run as unreachable, without its password', async () => {
  const url = `redis://:secret@127.0.0.1:${String(await refusingPort())}`;
  const opened = openRedisLedger({ url, name: 'gone', rate: RATE, patienceMs: 300 });
  await expect(opened).rejects.toMatchObject({ code: 'unreachable' });
  await opened.catch((error: Error) => expect(`${error.message}${error.stack ?? ''}`).not.toContain('secret'));
});

test.each([
  '',
  'localhost:6379',
  'http://localhost:6379',
  'redis://',
  'redis://host:port',
  'redis://host:0',
  'redis://host/db',
])('an address that is none is told at once: %s', async (url) => {
  await expect(openRedisLedger({ url, name: 'none', rate: RATE })).rejects.toMatchObject({ code: 'usage' });
});

test.each([
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'is no Redis'],
  ['+OK\r\n', 'is no Redis'],
  ['-NOAUTH Authentication required.\r\n', 'lets nobody in'],
])('what answers %j is told at once, as something to set right', async (answer, what) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => socket.write(answer.repeat(String(data).match(/^\*\d/gm)?.length ?? 1)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `redis://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const opened = openRedisLedger({ url, name: 'misfit', rate: RATE });
  await expect(opened).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(what) as string });
  server.close();
});

test('a Redis that is away keeps no stopped run waiting, neither for a claim nor for giving one up', async () => {
  const url = `redis://127.0.0.1:${String(await refusingPort())}`;
  const claims = await openRedisClaims(url, 'api', { sleep: () => Promise.resolve(), longestFlightMs: () => 0 });
  const stop = new AbortController();
  const taken = claims.take(['email a@x.com'], stop.signal);
  stop.abort(new Error('stopped'));
  await expect(taken).rejects.toThrow('stopped');
  await claims.close();
});

test('a Redis that is silent is told within a second or so, with what the socket says', async () => {
  const url = `redis://127.0.0.1:${String(await refusingPort())}`;
  const told: string[] = [];
  const opened = openRedisLedger({ url, name: 'x', rate: RATE, patienceMs: 1500, onSilent: (why) => told.push(why) });
  await expect(opened).rejects.toMatchObject({ code: 'unreachable' });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('ECONNREFUSED');
});

describe.runIf(redisIsInstalled)('with a Redis server', () => {
  let writers: Writers;
  let redis: RedisServer;

  beforeAll(async () => {
    writers = compileWriters();
    redis = await startRedis();
  });
  afterAll(async () => {
    writers.remove();
    await redis.close();
  });

  const claim = (wanted: number, reserve = 0, spacingMs?: number) => ({ wanted, reserve, spacingMs });
  const open = (name: string, limit: number, windowMs = 500) =>
    openRedisLedger({ url: redis.url, name, rate: { limit, windowMs } });
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

  test('two holders share one limit; what is answered comes back after a window, what is unsent at once', async () => {
    const windowMs = 6000;
    const [one, other] = [await open('shared', 3, windowMs), await open('shared', 3, windowMs)];
    const { tokens } = await one.claim(claim(2));
    const second = await other.claim(claim(2));
    expect([tokens.length, second.tokens.length, second.writes.length]).toEqual([2, 1, 3]);
    const [first, next] = tokens;
    if (first === undefined || next === undefined) throw new Error('two were granted');
    await one.unsent(first);
    const writes = await one.answered(next, 0);
    expect(writes.find((write) => write.id === next.id)?.doneMs).toBeGreaterThan(next.sentMs);
    expect((await other.claim(claim(3))).tokens).toHaveLength(1);
    const none = await other.claim(claim(1));
    expect(none.waitMs).toBeGreaterThan(0);
    await wait(none.waitMs + 5);
    expect((await other.claim(claim(3))).tokens).toHaveLength(1);
    await one.close();
    await other.close();
  });

  test('what was sent still counts where Redis is emptied in the middle, for all who share it', async () => {
    const [one, other] = [await open('emptied', 4, 60_000), await open('emptied', 4, 60_000)];
    const { tokens } = await one.claim(claim(2));
    for (const token of tokens) await one.answered(token, monotonicMs());
    expect((await other.claim(claim(1))).tokens).toHaveLength(1);
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    const told = await other.claim(claim(9));
    expect(told.tokens).toHaveLength(0);
    await wait(told.waitMs + 5);
    expect((await other.claim(claim(9))).tokens).toHaveLength(1);
    expect((await one.claim(claim(9))).tokens).toHaveLength(0);
    await Promise.all([one.close(), other.close()]);
  });

  test('a claim that Redis has lost is had by one at a time all the same: nothing leaves while another has it', async () => {
    const how = { sleep: () => wait(1), longestFlightMs: () => 20_000.5 };
    const [one, other] = [await openRedisClaims(redis.url, 'api', how), await openRedisClaims(redis.url, 'api', how)];
    const { signal } = new AbortController();
    const first = await one.take(['email a@x.com', 'phone +1'], signal);
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    const second = await other.take(['email a@x.com'], signal);
    let hasLeft = false;
    const leaving = first.departs('makes').then(() => (hasLeft = true));
    for (let n = 0; n < 20; n++) await second.departs('makes');
    expect(hasLeft).toBe(false);
    await second.giveUp();
    await leaving;
    await Promise.all([one.close(), other.close()]);
  });

  test('a window need not be of whole milliseconds', async () => {
    const ledger = await open('odd', 3, 1000.25);
    expect((await ledger.claim(claim(9))).tokens).toHaveLength(3);
    expect((await ledger.claim({ ...claim(9), spacingMs: 0.3 })).tokens).toHaveLength(0);
    await ledger.close();
  });

  test('a slow request is renewed, a dead holder’s comes back', async () => {
    const [one, other] = [await open('lease', 1, 200), await open('lease', 1, 200)];
    await one.claim(claim(1));
    await wait(3800);
    expect((await other.claim(claim(1))).tokens).toHaveLength(0);
    await one.close();
    await wait(3300);
    expect((await other.claim(claim(1))).tokens).toHaveLength(1);
    await other.close();
  });

  test('paced writes take turns, and others learn of it', async () => {
    const [one, other] = [await open('paced', 9, 5000), await open('paced', 9, 5000)];
    expect((await one.claim(claim(3, 0, 2000))).tokens).toHaveLength(1);
    const second = await other.claim(claim(3, 0, 2000));
    expect([second.tokens.length, second.paced]).toEqual([0, true]);
    await wait(second.waitMs + 5);
    expect((await other.claim(claim(3, 0, 2000))).tokens).toHaveLength(1);
    await one.close();
    await other.close();
  });

  test('a reserve is left, and a limit that grew is used', async () => {
    const ledger = await open('reserve', 5);
    expect((await ledger.claim(claim(9, 2))).tokens).toHaveLength(3);
    await ledger.resize(8);
    expect((await ledger.claim(claim(9, 2))).tokens).toHaveLength(3);
    await ledger.close();
  });

  test('what was announced is known to who opens the account next', async () => {
    const one = await open('announced', 60);
    expect(one.announced).toBeUndefined();
    await one.note(20);
    await one.close();
    const other = await open('announced', 60);
    expect(other.announced).toBe(20);
    await other.close();
  });

  test('five processes, one of them killed (-9) and replaced: never refused, all arrive', async () => {
    const referee = await startReferee({ ...RATE, latencyMs: [20, 60] });
    const order = { url: referee.url, count: 30, ...RATE, stateDir: false as const, redisUrl: redis.url };
    const replaced = async () => ({ killed: await writers.run(order, 10), next: await writers.run(order) });
    const [{ killed, next }, ...steady] = await Promise.all([
      replaced(),
      ...Array.from({ length: 4 }, () => writers.run(order)),
    ]);
    expect(killed.output).not.toContain('seconds');
    expect([next, ...steady].map((end) => end.accepted)).toEqual([30, 30, 30, 30, 30]);
    expect(referee.counts().refused).toBe(0);
    expect(referee.peak()).toBeLessThanOrEqual(60);
    await referee.close();
  });

  test('two processes: none starving', async () => {
    const referee = await startReferee({ ...RATE, latencyMs: [20, 60] });
    const order = { url: referee.url, count: 60, ...RATE, stateDir: false as const, redisUrl: redis.url };
    const ends = await Promise.all([writers.run(order), writers.run(order)]);
    expect(ends.map((end) => end.accepted)).toEqual([60, 60]);
    expect(referee.counts().refused).toBe(0);
    await referee.close();
  });
});

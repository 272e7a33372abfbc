import { createHook } from 'node:async_hooks';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { Gate } from '../../src/rate/gate.js';
import type { Ledger, Rate, Token } from '../../src/rate/rate.js';
import type { RateEvent } from '../../src/rate/telling/rate-event.js';
import { TokenLedger } from '../../src/rate/token-ledger.js';
import { MemoryStore } from '../../src/rate/token-store.js';
import { type Referee, type RefereeOptions, startReferee } from './referee.js';
import { until } from '../support/until.js';
import { writeAll } from './writer.js';

const RATE = { limit: 30, windowMs: 1500 };
const NO_HEADERS = { window: undefined, retryAfterMs: undefined };

let referee: Referee;
let gate: Gate;
let events: RateEvent[];
afterEach(async () => {
  await gate.close();
  await referee?.close();
});

async function start(
  server: Partial<RefereeOptions> = {},
  options: { paced?: boolean; limit?: number } = {},
): Promise<void> {
  referee = await startReferee({ ...RATE, ...server });
  open({ ...RATE, ...(options.limit === undefined ? {} : { limit: options.limit }) }, options.paced);
}

const ledgerOf = (rate: Rate): Ledger => new TokenLedger({ store: new MemoryStore(), rate });

function open(rate = RATE, paced = false, ledgers: readonly Ledger[] = [ledgerOf(rate)]): void {
  events = [];
  gate = new Gate({ ledgers, rate, onEvent: (event) => events.push(event) });
  if (paced) gate.pace();
}

const told = (type: RateEvent['type']): RateEvent[] => events.filter((event) => event.type === type);

describe('against a strict rolling window', () => {
  // Three windows' worth of writes needs two windows to pass. How near to that it comes, the benchmark measures.
  test.each([
    ['5 ms', [5, 5]],
    ['40 to 100 ms', [40, 100]],
  ] as const)('at %s: never refused, and in bursts', async (_, latencyMs) => {
    await start({ latencyMs });
    const run = await writeAll(gate, referee.url, 90);
    expect(referee.counts()).toEqual({ accepted: 90, refused: 0 });
    expect(referee.peak()).toBeLessThanOrEqual(30);
    expect(run.seconds).toBeGreaterThan(3);
    expect(told('paced')).toEqual([]);
    expect(told('foreign')).toEqual([]);
  });

  test('without rate headers it is kept all the same', async () => {
    await start({ headers: false, latencyMs: [0, 30] });
    await writeAll(gate, referee.url, 70);
    expect(referee.counts()).toEqual({ accepted: 70, refused: 0 });
  });

  test('a fixed window is kept as well', async () => {
    await start({ counting: 'fixed', latencyMs: [5, 40] });
    await writeAll(gate, referee.url, 90);
    expect(referee.counts()).toEqual({ accepted: 90, refused: 0 });
  });

  test('a limit announced higher is used step by step, one announced lower is kept', async () => {
    await start({}, { limit: 10 });
    await writeAll(gate, referee.url, 30);
    expect(referee.peak()).toBeGreaterThan(10);
    // Where the machine is slow, the last of them goes out a window later, in the next step.
    const steps = [
      { from: 10, to: 20 },
      { from: 20, to: 30 },
    ];
    expect(told('limit')).toMatchObject(steps.slice(0, told('limit').length || 1));
    await gate.close();
    await referee.close();

    await start({ limit: 12 });
    await writeAll(gate, referee.url, 30);
    expect(referee.counts().refused).toBeLessThanOrEqual(1);
    expect(told('limit')).toEqual([{ type: 'limit', from: 30, to: 12, total: 12 }]);
  });

  test('an account that was lost is made up for by one write and its headers', async () => {
    await start({ latencyMs: [5, 30] });
    await writeAll(gate, referee.url, 20);
    open();
    await writeAll(gate, referee.url, 30);
    expect(referee.counts()).toEqual({ accepted: 50, refused: 0 });
  });
});

describe('another program on the same key, twenty writes a window', () => {
  const SHARED = { limit: 60, windowMs: 4000 };

  async function alongside(firstMs: number): Promise<void> {
    const write = (): void => {
      // One that is under way when the test ends is cut, and nobody waits for it.
      request(`${referee.url}/theirs`, { method: 'POST' })
        .then((answer) => answer.body.dump())
        .catch(() => undefined);
    };
    const timer = setInterval(write, SHARED.windowMs / 20);
    try {
      await new Promise((resolve) => setTimeout(resolve, firstMs));
      await writeAll(gate, `${referee.url}/ours`, 100);
    } finally {
      clearInterval(timer);
    }
  }

  test('is seen, left its share, and neither is refused', async () => {
    referee = await startReferee({ ...SHARED, latencyMs: [5, 30] });
    open(SHARED);
    await alongside(SHARED.windowMs);
    expect(referee.counts('/ours').accepted).toBe(100);
    // No client can promise none: theirs may come within one round trip of ours, and in bursts where the machine is busy.
    // Without a look at the headers 40 to 80 are.
    expect(referee.counts('/ours').refused).toBeLessThan(15);
    expect(referee.counts('/theirs').refused).toBeLessThan(15);
    expect(told('foreign').length).toBeGreaterThan(0);
  });
});

describe('against a server that weighs its last window', () => {
  test('few refusals', async () => {
    await start({ counting: 'counter', latencyMs: [5, 30] });
    await writeAll(gate, referee.url, 120);
    expect(referee.counts().accepted).toBe(120);
    expect(referee.counts().refused).toBeLessThan(30);
  });

  test('a run that starts with even spacing is hardly refused', async () => {
    await start({ counting: 'counter', latencyMs: [5, 30] }, { paced: true });
    const run = await writeAll(gate, referee.url, 60);
    // On a busy machine some that were let out apart arrive together.
    expect(referee.counts().refused).toBeLessThanOrEqual(4);
    expect(run.seconds).toBeGreaterThan(59 * 0.0515);
    expect(told('paced')).toMatchObject([{ reason: 'asked' }]);
  });
});

describe('a 429', () => {
  test('pauses every write for as long as it asks', async () => {
    open();
    const starts: number[] = [];
    const job = (refused: boolean, retryAfterMs?: number) =>
      gate.run(async (attempt) => {
        starts.push(performance.now());
        attempt.answered({ window: undefined, retryAfterMs }, refused);
      });
    await job(false);
    await job(true, 400);
    await Promise.all([job(false), job(false)]);
    expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBeGreaterThanOrEqual(399);
    expect(told('throttled')).toMatchObject([{ retryAfterMs: 400 }]);
  });
});

describe('the queue', () => {
  test('an aborted write leaves it with the signal’s reason, and the next one isn’t held up', async () => {
    open({ limit: 1, windowMs: 300 });
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    const stop = new AbortController();
    const aborted = gate.run(async () => 'ran', { signal: stop.signal });
    const next = gate.run(async () => 'ran');
    stop.abort(new Error('stopped'));
    await expect(aborted).rejects.toThrow('stopped');
    expect(await next).toBe('ran');
  });

  test('a spent window is told once, with how long it is until the next write', async () => {
    // So long that it does not pass meanwhile, however slow the machine.
    const windowMs = 3_600_000;
    open({ limit: 2, windowMs });
    const write = (): Promise<void> => gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    await write();
    await write();
    const waits = Promise.allSettled([write(), write()]);
    await until(() => told('waiting').length > 0);
    // A window and its margin at most, less what has passed of it by then.
    const [waiting] = told('waiting');
    const waitMs = waiting?.type === 'waiting' ? waiting.waitMs : Number.NaN;
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(windowMs * 1.001);
    await gate.close();
    await waits;
    expect(told('waiting')).toHaveLength(1);
  });

  test('retries go first', async () => {
    open({ limit: 1, windowMs: 100 });
    const order: string[] = [];
    const job = (name: string, priority: number) =>
      gate.run(async (attempt) => (order.push(name), attempt.answered(NO_HEADERS, false)), { priority });
    await job('first', 5);
    await Promise.all([job('new', 5), job('again', 4)]);
    expect(order).toEqual(['first', 'again', 'new']);
  });

  test('only one write is out until its answer opens the rest', async () => {
    open();
    let out = 0;
    let most = 0;
    let answer: (() => void) | undefined;
    const jobs = Array.from({ length: 5 }, (_, at) =>
      gate.run(async (attempt) => {
        out += 1;
        most = Math.max(most, out);
        if (at === 0) await new Promise<void>((resolve) => (answer = resolve));
        attempt.answered(NO_HEADERS, false);
      }),
    );
    await until(() => answer !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(most).toBe(1);
    answer?.();
    await Promise.all(jobs);
    expect(out).toBe(5);
  });

  test('a write that ends without telling keeps its token for grace and window', async () => {
    open({ limit: 2, windowMs: 200 });
    await expect(gate.run(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    const startMs = performance.now();
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    expect(performance.now() - startMs).toBeGreaterThan(190);
  });

  test('an unsent write gives its token back at once', async () => {
    open({ limit: 2, windowMs: 3_600_000 });
    await expect(gate.run(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    await gate.run(async (attempt) => attempt.unsent());
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    const third = gate.run(async () => 'ran');
    await gate.close(new Error('it still waits'));
    await expect(third).rejects.toThrow('it still waits');
  });

  test('closing rejects what waits', async () => {
    open({ limit: 1, windowMs: 60_000 });
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    const waiting = gate.run(async () => 'ran');
    await gate.close(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await expect(gate.run(async () => 'ran')).rejects.toThrow('closed');
  });

  test('a ledger that fails rejects every write with its error', async () => {
    const ledger = ledgerOf(RATE);
    ledger.claim = () => Promise.reject(new Error('account lost'));
    open(RATE, false, [ledger]);
    await expect(gate.run(async () => 'ran')).rejects.toThrow('account lost');
  });

  test('thousands a second go past Bottleneck', async () => {
    open({ limit: 100_000, windowMs: 1000 });
    await gate.run(async (attempt) => attempt.answered(NO_HEADERS, false));
    // Bottleneck sets a timer for each of them, and more of its own work beside it.
    let timers = 0;
    const hook = createHook({ init: (_id, type) => (timers += type === 'Timeout' ? 1 : 0) }).enable();
    await Promise.all(
      Array.from({ length: 5000 }, () => gate.run(async (attempt) => attempt.answered(NO_HEADERS, false))),
    );
    hook.disable();
    expect(timers).toBeLessThan(500);
  });

  test('every token is accounted for, whatever writes do', async () => {
    const ledger = ledgerOf({ limit: 20, windowMs: 200 });
    open({ limit: 20, windowMs: 200 }, false, [ledger]);
    const stop = new AbortController();
    const jobs = Array.from({ length: 60 }, (_, at) =>
      gate
        .run(
          async (attempt) => {
            if (at % 7 === 0) throw new Error('cut');
            if (at % 5 === 0) attempt.unsent();
            else attempt.answered({ window: undefined, retryAfterMs: 20 }, at % 11 === 0);
          },
          { priority: at % 10, signal: at % 4 === 0 ? stop.signal : undefined },
        )
        .catch(() => undefined),
    );
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await Promise.all(jobs);
    const all: Token[] = [];
    await until(async () => {
      all.push(...(await ledger.claim({ wanted: 99, reserve: 0, spacingMs: undefined })).tokens);
      return all.length >= 20;
    });
    expect(all).toHaveLength(20);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrivals } from '../../src/sandbox/limits/arrivals.js';
import { createRateCounter, type Counting } from '../../src/sandbox/limits/rate-counter.js';
import { createSecondClient } from '../../src/sandbox/limits/second-client.js';

const RULE = { limit: 3, windowMs: 1000 };

function verdicts(counting: Counting, timesMs: readonly number[], countRejected = false): boolean[] {
  const counter = createRateCounter(counting, RULE, countRejected);
  return timesMs.map((timeMs) => counter.arrive(timeMs).accepted);
}

const arrivalTimes = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }).map((gaps) =>
  gaps.map(
    (
      (sum) => (gap) =>
        (sum += gap)
    )(5000),
  ),
);

describe('the rolling window', () => {
  it('holds a call until more than the whole window has passed', () => {
    expect(verdicts('rolling', [0, 0, 0, 999, 1000, 1000.001, 1000.001, 1000.001, 1000.001])).toEqual([
      ...[true, true, true, false, false],
      ...[true, true, true, false],
    ]);
  });

  it('frees one slot for each call that leaves, not all at once', () => {
    expect(verdicts('rolling', [0, 400, 800, 1001, 1002, 1401, 1402])).toEqual([
      ...[true, true, true, true, false],
      ...[true, false],
    ]);
  });

  it('never opens for a client that keeps knocking, where refused calls count', () => {
    const knocks = [0, 0, 0, 0, 400, 700, 900, 1100, 1300];
    expect(verdicts('rolling', knocks)).toEqual([true, true, true, false, false, false, false, true, true]);
    expect(verdicts('rolling', knocks, true)).toEqual([true, true, true, ...knocks.slice(3).map(() => false)]);
  });

  it('agrees with a model that looks at every earlier call', () => {
    fc.assert(
      fc.property(arrivalTimes, fc.boolean(), (timesMs, countRejected) => {
        const counter = createRateCounter('rolling', RULE, countRejected);
        const counted: number[] = [];
        for (const nowMs of timesMs) {
          const inWindow = (): number => counted.filter((timeMs) => nowMs - timeMs <= RULE.windowMs).length;
          const accepted = inWindow() < RULE.limit;
          if (accepted || countRejected) counted.push(nowMs);
          const decision = counter.arrive(nowMs);
          expect(decision.accepted).toBe(accepted);
          expect(decision.remaining).toBe(Math.max(0, RULE.limit - inWindow()));
        }
      }),
    );
  });

  it('compacts without losing count', () => {
    const arrivals = new Arrivals(10);
    for (let nowMs = 0; nowMs < 50_000; nowMs++) arrivals.add(nowMs);
    expect([arrivals.count, arrivals.peak, arrivals.timeAtMs(0)]).toEqual([11, 11, 49_989]);
  });
});

describe('the other ways of counting', () => {
  it('opens a fixed window afresh at each multiple of its length', () => {
    expect(verdicts('fixed', [998, 999, 999, 999, 1000, 1000, 1000, 1000])).toEqual([
      ...[true, true, true, false],
      ...[true, true, true, false],
    ]);
  });

  it('weighs the previous window by what still overlaps', () => {
    // Three at the end of a window: a third of their weight is gone after a third of the next one.
    expect(verdicts('counter', [900, 900, 900, 1000, 1333, 1334, 1335, 1667])).toEqual([
      ...[true, true, true, false, false],
      ...[true, false, true],
    ]);
  });

  it('forgets windows before the previous one', () => {
    expect(verdicts('counter', [900, 900, 900, 2000, 2000, 2000, 2000])).toEqual([
      ...[true, true, true],
      ...[true, true, true, false],
    ]);
  });
});

describe('the wait that a refusal announces', () => {
  it.each(['rolling', 'fixed', 'counter'] as const)('is long enough and no longer, counting %s', (counting) => {
    fc.assert(
      fc.property(arrivalTimes, (timesMs) => {
        const refusals = (extraMs: number): boolean | undefined => {
          const counter = createRateCounter(counting, RULE, false);
          for (const timeMs of timesMs) {
            const { accepted, retryAfterMs } = counter.arrive(timeMs);
            if (!accepted) return counter.arrive(timeMs + retryAfterMs + extraMs).accepted;
          }
          return undefined;
        };
        expect(refusals(0.01)).not.toBe(false);
        expect(refusals(-0.01)).not.toBe(true);
      }),
    );
  });
});

describe('the second client', () => {
  it('writes evenly and takes its share of the budget', () => {
    const counter = createRateCounter('rolling', RULE, false);
    const second = createSecondClient(2, RULE.windowMs, 0);
    second.catchUp(999, counter);
    expect([second.accepted, second.throttled]).toEqual([2, 0]);
    expect([counter.arrive(999).accepted, counter.arrive(999).accepted]).toEqual([true, false]);
    second.catchUp(1000, counter);
    expect([second.accepted, second.throttled]).toEqual([2, 1]);
  });
});

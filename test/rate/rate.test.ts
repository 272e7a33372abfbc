import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dueMs,
  GRACE_MS,
  listable,
  LONGEST_REQUEST_MS,
  marginMs,
  pacedSpacingMs,
  roomFor,
  throttlePauseMs,
} from '../../src/rate/rate.js';

const WINDOW_MS = 60_000;

describe('dueMs', () => {
  test.each([
    ['a free token', { kind: 'free' }, -Infinity],
    ['an answered write', { kind: 'done', sentMs: 900, doneMs: 1000 }, 1000 + WINDOW_MS + 48],
    ['a write of a dead process', { kind: 'sent', sentMs: 1000, holderAlive: false }, 1000 + GRACE_MS + WINDOW_MS + 48],
    [
      'a write under way',
      { kind: 'sent', sentMs: 1000, holderAlive: true },
      1000 + LONGEST_REQUEST_MS + WINDOW_MS + 48,
    ],
  ] as const)('%s', (_, state, due) => {
    expect(dueMs(state, WINDOW_MS)).toBeCloseTo(due, 6);
  });

  test('the margin is 0.08 % of the window and never below what timers are early by', () => {
    expect(marginMs(60_000)).toBeCloseTo(48, 6);
    expect(marginMs(1000)).toBe(3);
  });
});

describe('listable', () => {
  test('what comes of it is never beyond the rate itself, in any window, and hardly less', () => {
    const rate = fc.record({
      limit: fc.integer({ min: 1, max: 200_000 }),
      windowMs: fc.integer({ min: 1000, max: 3_600_000 }),
    });
    fc.assert(
      fc.property(rate, (one) => {
        const { limit, windowMs } = listable(one);
        // Each burst takes the whole limit, as soon as the one before it is out of the window.
        const bursts = Math.ceil(one.windowMs / windowMs - 1e-9);
        expect(limit).toBeLessThanOrEqual(1000);
        expect(bursts * limit).toBeLessThanOrEqual(one.limit);
        expect(bursts * limit).toBeGreaterThan(0.99 * one.limit - 1);
      }),
    );
  });
});

describe('roomFor', () => {
  test.each([
    ['all free', [-1, -1, -1], 3, 0, { count: 3, waitMs: 0 }],
    ['some used', [200, -1, -1], 3, 0, { count: 2, waitMs: 0 }],
    ['due exactly now is free', [100, 100, 200], 3, 0, { count: 2, waitMs: 0 }],
    ['all used: until the first is due', [300, 200, 400], 3, 0, { count: 0, waitMs: 100 }],
    ['a reserve counts as used', [200, 300, -1], 3, 1, { count: 0, waitMs: 100 }],
    ['a reserve of two: until the second is due', [200, 300, 400], 3, 1, { count: 0, waitMs: 200 }],
    ['a limit that shrank: used tokens beyond it count', [200, 300, 400, -1], 2, 0, { count: 0, waitMs: 200 }],
    ['all under way: no telling', [Infinity, Infinity], 2, 0, { count: 0, waitMs: Infinity }],
    ['a reserve as large as the limit: never', [-1, -1], 2, 2, { count: 0, waitMs: Infinity }],
  ] as const)('%s', (_, dues, limit, reserve, room) => {
    expect(roomFor(dues, { limit, reserve, nowMs: 100 })).toEqual(room);
  });

  test('after the wait that it names there is room', () => {
    const due = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(fc.array(due, { minLength: 1, maxLength: 20 }), fc.nat(5), (dues, reserve) => {
        const limit = Math.max(reserve + 1, dues.length - 3);
        const room = roomFor(dues, { limit, reserve, nowMs: 100 });
        fc.pre(room.count === 0);
        const before = roomFor(dues, { limit, reserve, nowMs: 100 + room.waitMs - 1 });
        const after = roomFor(dues, { limit, reserve, nowMs: 100 + room.waitMs });
        expect([before.count, after.count > 0]).toEqual([0, true]);
      }),
    );
  });
});

describe('throttlePauseMs', () => {
  test.each([
    ['Retry-After where it is longer', 5000, 0, 5000],
    ['a sixtieth of the window', undefined, 0, 1000],
    ['doubled with each refusal in a row', undefined, 3, 8000],
    ['never more than the window', undefined, 9, 60_000],
    ['nor after very many', undefined, 5000, 60_000],
    ['Retry-After beyond the window is heeded', 90_000, 0, 90_000],
  ])('%s', (_, retryAfterMs, refusalsInRow, waitMs) => {
    expect(throttlePauseMs({ retryAfterMs, refusalsInRow }, WINDOW_MS, () => 0)).toBe(waitMs);
  });

  test('jitter comes on top, so that Retry-After is never undercut', () => {
    expect(throttlePauseMs({ retryAfterMs: 5000, refusalsInRow: 0 }, WINDOW_MS, () => 0.5)).toBe(5500);
  });
});

test('even spacing is 3 % wider than the limit', () => {
  expect(pacedSpacingMs({ limit: 60, windowMs: WINDOW_MS })).toBeCloseTo(1030, 6);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ForeignWatch, mostWeighed, othersIn } from '../../src/rate/foreign.js';

const WINDOW_MS = 1000;
const own = (id: string, sentMs: number, doneMs: number | undefined, refused = false) => ({
  id,
  sentMs,
  doneMs,
  refused,
});
const seen = (remaining: number, sentMs = 5000, answeredMs = 5010, refused = false) => ({
  id: 'this',
  sentMs,
  answeredMs,
  limit: 60,
  remaining,
  refused,
});

describe('othersIn', () => {
  test.each([
    ['alone', 59, [], { least: 0, most: 0, sure: 0 }],
    ['five others, nothing of ours', 54, [], { least: 5, most: 5, sure: 5 }],
    ['ours, answered before', 58, [own('a', 4500, 4600)], { least: 0, most: 0, sure: 0 }],
    ['ours under way may or may not be counted', 58, [own('a', 4990, undefined)], { least: 0, most: 1, sure: 0 }],
    ['ours at the edge of the window, likewise', 58, [own('a', 4005, 4015)], { least: 0, most: 1, sure: 0 }],
    [
      'ours of the window before: others, unless it is weighed',
      58,
      [own('a', 3500, 3600)],
      { least: 1, most: 1, sure: 0 },
    ],
    ['ours sent after the answer is not in it', 58, [own('a', 5011, 5020)], { least: 1, most: 1, sure: 1 }],
    [
      'a refused one of ours is counted by some servers only',
      58,
      [own('a', 4500, 4600, true)],
      { least: 0, most: 1, sure: 0 },
    ],
    ['more remaining than we know of', 60, [own('a', 4500, 4600)], { least: 0, most: 0, sure: 0 }],
  ])('%s', (_, remaining, writes, others) => {
    expect(othersIn(seen(remaining), writes, WINDOW_MS)).toEqual(others);
  });
});

describe('mostWeighed', () => {
  const counterAt = (agesMs: readonly number[], startMs: number): number => {
    const current = agesMs.filter((age) => age <= startMs).length;
    const last = agesMs.filter((age) => age > startMs && age <= startMs + WINDOW_MS).length;
    return current + last * (1 - startMs / WINDOW_MS);
  };

  test('is never below a counter, wherever its clock stands, and reached by one', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 40 });
    fc.assert(
      fc.property(ages, (agesMs) => {
        const counted = Array.from({ length: WINDOW_MS + 1 }, (_, startMs) => counterAt(agesMs, startMs));
        expect(mostWeighed(agesMs, WINDOW_MS)).toBeGreaterThanOrEqual(Math.max(...counted) - 1e-9);
        expect(mostWeighed(agesMs, WINDOW_MS)).toBeLessThanOrEqual(Math.max(...counted) + 1e-9);
      }),
    );
  });

  test('of even spacing is about what a rolling window holds', () => {
    const agesMs = Array.from({ length: 80 }, (_, at) => at * 25);
    expect(mostWeighed(agesMs, WINDOW_MS)).toBeLessThanOrEqual(41);
  });
});

describe('ForeignWatch', () => {
  test('leaves others what they use and two more, for one window after it was last seen', () => {
    const watch = new ForeignWatch(WINDOW_MS);
    watch.note([], 5010);
    watch.observe(seen(39));
    expect([watch.writes(5010), watch.heldBack(5010, 60)]).toEqual([20, 22]);
    expect(watch.heldBack(5010 + WINDOW_MS - 1, 60)).toBe(22);
    expect(watch.heldBack(5010 + WINDOW_MS, 60)).toBe(0);
  });

  test('never leaves them all', () => {
    const watch = new ForeignWatch(WINDOW_MS);
    watch.observe(seen(0));
    expect(watch.heldBack(5010, 60)).toBe(57);
  });

  test('remembers our writes for as long as the server may count them, beyond the ledger', () => {
    const watch = new ForeignWatch(WINDOW_MS);
    watch.note([{ id: 'a', sentMs: 4010, doneMs: 4020 }], 4020);
    watch.note([], 5005);
    watch.observe(seen(58));
    expect(watch.writes(5010)).toBe(0);
  });

  test('after a refusal a few tokens are left for a window, though nobody was seen', () => {
    const watch = new ForeignWatch(WINDOW_MS);
    watch.note([{ id: 'a', sentMs: 4500, doneMs: 4600 }], 5010);
    watch.observe(seen(59, 5000, 5010, true));
    expect(watch.writes(5010)).toBe(0);
    expect(watch.heldBack(5010, 60)).toBeGreaterThanOrEqual(3);
    expect(watch.heldBack(5010 + WINDOW_MS, 60)).toBe(0);
  });

  test('others that take all that is left to them are left twice as much', () => {
    const watch = new ForeignWatch(WINDOW_MS);
    watch.observe(seen(54));
    expect(watch.heldBack(5010, 60)).toBe(7);
    watch.observe(seen(52, 5900, 5910));
    expect(watch.heldBack(5910, 60)).toBe(7 + 4);
  });
});

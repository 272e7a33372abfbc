import { expect, it } from 'vitest';
import { RunState } from '../../src/run/run-state.js';
import type { ImportEvent } from '../../src/run/events.js';

const COUNTS = { rows: 75, contacts: 75, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0, pending: 75 };
const START = { ...COUNTS, requests: 0, throttled: 0, retries: 0 };
const CREATED = { type: 'contact', outcome: 'created', remarks: [], problems: [], attempts: 1, ms: 1 } as const;

it('while the window holds writes from before, the time left is that of the last row’s place, not of the next', () => {
  const state = new RunState('');
  const take = (event: object, nowMs: number): void => state.take(event as ImportEvent, nowMs);
  take({ type: 'started', counts: START, limit: { writes: 60, seconds: 60 } }, 0);
  // 25 of the window were written before: 35 go out at once, and then one whenever another comes back.
  for (let n = 0; n < 35; n++) take({ ...CREATED, records: [{ line: n, cells: [] }] }, 1000 + n * 10);
  take({ type: 'waiting', untilMs: 7000 }, 4000);
  expect(state.secondsLeft(4000)).toBeGreaterThanOrEqual(56);
  for (let n = 0; n < 7; n++) take({ ...CREATED, records: [{ line: 40 + n, cells: [] }] }, 7000 + n);
  // Not waiting for the moment, with 33 rows to go and 18 places that are not its own.
  expect(state.secondsLeft(7010)).toBeGreaterThanOrEqual(52);
  take({ type: 'waiting', untilMs: 25_000 }, 7020);
  expect(state.secondsLeft(7020)).toBeGreaterThanOrEqual(52);
  // A window after the beginning none of them is left.
  expect(state.secondsLeft(60_500)).toBeLessThanOrEqual(10);
});

it('the first of a few rows that wait goes when the next place comes back', () => {
  const state = new RunState('');
  const take = (event: object, nowMs: number): void => state.take(event as ImportEvent, nowMs);
  const one = { ...START, rows: 1, contacts: 1, pending: 1 };
  take({ type: 'started', counts: one, limit: { writes: 60, seconds: 60 } }, 0);
  take({ type: 'waiting', untilMs: 3000 }, 0);
  expect(state.secondsLeft(0)).toBe(3);
});

it('a limit that is announced higher is reckoned with as it is taken up: twice as much a window', () => {
  const of = (isRaised: boolean): { state: RunState; take: (event: object, nowMs: number) => void } => {
    const state = new RunState('', isRaised);
    const take = (event: object, nowMs: number): void => state.take(event as ImportEvent, nowMs);
    const counts = { ...START, rows: 700, contacts: 700, pending: 700 };
    take({ type: 'started', counts, limit: { writes: 60, seconds: 60 } }, 0);
    const rate = { window: { limit: 240, remaining: 200 }, retryAfterMs: undefined };
    for (let n = 0; n < 60; n++) {
      take({ type: 'request', method: 'POST', status: 201, attempt: 1, rate }, n);
      take({ ...CREATED, records: [{ line: n, cells: [] }] }, n);
    }
    take({ type: 'waiting', untilMs: 60_000 }, 1000);
    return { state, take };
  };
  // 60, then 120, 240, 240 and the last 40, a minute apart.
  expect(of(true).state.secondsLeft(1000)).toBe(59 + 3 * 60);
  // What --rate asked for is not raised, nor what Clarky refuses.
  expect(of(false).state.secondsLeft(1000)).toBe(60 + 10 * 60);
  const refused = of(true);
  refused.take({ type: 'throttled', waitMs: 1000 }, 1000);
  expect(refused.state.secondsLeft(1000)).toBe(60 + 10 * 60);
});

it('in the burst in which a raise is taken up the time left does not jump: the window after next is still a window away', () => {
  const state = new RunState('', true);
  const take = (event: object, nowMs: number): void => state.take(event as ImportEvent, nowMs);
  const counts = { ...START, rows: 700, contacts: 700, pending: 700 };
  take({ type: 'started', counts, limit: { writes: 60, seconds: 60 } }, 0);
  const rate = { window: { limit: 240, remaining: 100 }, retryAfterMs: undefined };
  let line = 1;
  const write = (nowMs: number, raisedTo?: number): void => {
    take({ type: 'request', method: 'POST', status: 201, attempt: 1, rate }, nowMs);
    if (raisedTo !== undefined) take({ type: 'limit', writes: raisedTo, seconds: 60 }, nowMs);
    take({ ...CREATED, records: [{ line: ++line, cells: [] }] }, nowMs);
  };
  for (let n = 0; n < 60; n++) write(100 + n * 20);
  take({ type: 'waiting', untilMs: 60_100 }, 1300);
  // 60 at once, 120 a minute later, 240 each minute from then on: 60 + 120 + 240 + 240 + 40.
  const endMs = 4 * 60_000;
  const told: number[] = [];
  const tell = (nowMs: number): void => void told.push((state.secondsLeft(nowMs) ?? NaN) - (endMs - nowMs) / 1000);
  tell(2000);
  tell(59_000);
  write(60_100, 120);
  tell(60_150);
  for (let n = 1; n < 120; n++) {
    write(60_100 + n * 10);
    tell(60_100 + n * 10);
  }
  take({ type: 'waiting', untilMs: 120_100 }, 61_400);
  tell(61_500);
  tell(119_000);
  write(120_100, 240);
  for (let n = 1; n < 240; n++) {
    write(120_100 + n * 5);
    tell(120_100 + n * 5);
  }
  expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...told)).toBeLessThan(4);
});

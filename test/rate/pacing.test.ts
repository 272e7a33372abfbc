import { describe, expect, test } from 'vitest';
import type { RateEvent } from '../../src/rate/events.js';
import { Pacing } from '../../src/rate/pacing.js';
import type { Write } from '../../src/rate/window.js';

const RATE = { limit: 60, windowMs: 60_000 };

function watched(options: { paced?: boolean; mayRaise?: boolean } = {}): { pacing: Pacing; events: RateEvent[] } {
  const events: RateEvent[] = [];
  const pacing = new Pacing({
    rate: RATE,
    paced: options.paced,
    mayRaise: options.mayRaise,
    onEvent: (event) => events.push(event),
    random: () => 0,
  });
  return { pacing, events };
}

function answer(
  pacing: Pacing,
  atMs: number,
  remaining: number | undefined,
  refused = false,
  own: readonly Write[] = [],
): void {
  const window = remaining === undefined ? undefined : { limit: 60, remaining };
  const token = { id: `at${String(atMs)}`, sentMs: atMs - 20 };
  pacing.weigh(token, { window, retryAfterMs: undefined, answeredMs: atMs, refused }, own);
}

/** As many of our own writes, all answered at `atMs`. */
const burst = (count: number, atMs: number): Write[] =>
  Array.from({ length: count }, (_, at) => ({ id: `own${String(at)}`, sentMs: atMs - 10, doneMs: atMs }));

describe('even spacing', () => {
  const paced = (events: readonly RateEvent[]): RateEvent[] => events.filter((event) => event.type === 'paced');

  test('follows a refusal where nobody else was seen, once', () => {
    const { pacing, events } = watched();
    answer(pacing, 100_000, 40, false, burst(19, 99_000));
    expect(pacing.paced).toBe(false);
    answer(pacing, 101_000, 0, true, burst(19, 99_000));
    answer(pacing, 110_000, 0, true, burst(19, 99_000));
    expect(pacing.paced).toBe(true);
    expect(paced(events)).toEqual([{ type: 'paced', reason: 'refused', spacingMs: 1030 }]);
    expect(pacing.terms(111_000).spacingMs).toBeCloseTo(1030, 6);
  });

  test('does not where another program was seen beyond doubt', () => {
    const { pacing } = watched();
    answer(pacing, 100_000, 30);
    for (const atMs of [101_000, 110_000, 130_000]) answer(pacing, atMs, 0, true);
    expect(pacing.paced).toBe(false);
  });

  test('follows the second refusal where what was seen may be our own burst, weighed', () => {
    const { pacing } = watched();
    pacing.note({ tokens: [], waitMs: 0, writes: burst(60, 35_000), paced: false }, 36_000);
    const since = [...Array(8).keys()].map((at) => ({ id: `new${String(at)}`, sentMs: 96_000, doneMs: 96_100 }));
    answer(pacing, 96_500, 2, false, since);
    answer(pacing, 97_000, 0, true, since);
    expect(pacing.paced).toBe(false);
    answer(pacing, 98_500, 0, true, since);
    expect(pacing.paced).toBe(true);
  });

  test('is taken over from another process, and asked for at the start', () => {
    const shared = watched();
    shared.pacing.note({ tokens: [], waitMs: 0, writes: [], paced: true }, 0);
    expect(paced(shared.events)).toMatchObject([{ reason: 'shared' }]);
    expect(paced(watched({ paced: true }).events)).toMatchObject([{ reason: 'asked' }]);
  });
});

describe('a refusal', () => {
  test('pauses all, longer with each in a row; the rest of its burst counts once', () => {
    const { pacing, events } = watched();
    answer(pacing, 100_000, 0, true);
    expect([pacing.pausedAt(100_999), pacing.pausedAt(101_001)]).toEqual([true, false]);
    answer(pacing, 100_010, 0, true);
    expect(pacing.pausedAt(101_011)).toBe(false);
    answer(pacing, 102_000, 0, true);
    expect([pacing.pausedAt(103_999), pacing.pausedAt(104_001)]).toEqual([true, false]);
    expect(events.filter((event) => event.type === 'throttled')).toHaveLength(3);
  });

  test('after the pause one write goes first', () => {
    const { pacing } = watched();
    answer(pacing, 100_000, 0, true);
    expect(pacing.open(102_000, 0).atMost).toBe(1);
    expect(pacing.open(102_000, 1).atMost).toBe(0);
    answer(pacing, 102_100, 10);
    expect(pacing.open(102_200, 1).atMost).toBe(Infinity);
  });
});

describe('the limit', () => {
  test('follows what is announced, unless it may only be lowered', () => {
    const { pacing, events } = watched({ mayRaise: false });
    const announce = (limit: number): number | undefined =>
      pacing.weigh(
        { id: 'a', sentMs: 0 },
        { window: { limit, remaining: limit - 1 }, retryAfterMs: undefined, answeredMs: 10, refused: false },
        [],
      );
    expect([announce(100), announce(30), announce(30), announce(60)]).toEqual([undefined, 30, undefined, undefined]);
    expect(events).toEqual([{ type: 'limit', from: 60, to: 30 }]);
  });
});

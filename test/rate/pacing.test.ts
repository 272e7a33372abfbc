import { describe, expect, test } from 'vitest';
import { Pacing } from '../../src/rate/pacing.js';
import type { RateEvent } from '../../src/rate/telling/rate-event.js';
import type { Write } from '../../src/rate/rate.js';

const RATE = { limit: 60, windowMs: 60_000 };

function watched(options: { paced?: boolean; capped?: boolean } = {}): { pacing: Pacing; events: RateEvent[] } {
  const events: RateEvent[] = [];
  const pacing = new Pacing({
    rate: RATE,
    capped: options.capped,
    onEvent: (event) => events.push(event),
    onLimit: (from, to) => events.push({ type: 'limit', from, to, total: to }),
    random: () => 0,
  });
  if (options.paced === true) pacing.pace('asked', 0);
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

  test('follows a refusal where our own writes may be too many for a server that weighs, once', () => {
    const { pacing, events } = watched();
    answer(pacing, 100_000, 1, false, burst(58, 99_000));
    expect(pacing.paced).toBe(false);
    answer(pacing, 101_000, 0, true, burst(59, 99_000));
    answer(pacing, 110_000, 0, true, burst(59, 99_000));
    expect(pacing.paced).toBe(true);
    expect(paced(events)).toEqual([{ type: 'paced', reason: 'refused', spacingMs: 1030 }]);
    expect(pacing.terms(111_000).spacingMs).toBeCloseTo(1030, 6);
  });

  test('does not follow a stray refusal that nothing explains, unless another comes soon', () => {
    const { pacing } = watched();
    answer(pacing, 101_000, 40, true, burst(19, 99_000));
    expect(pacing.paced).toBe(false);
    answer(pacing, 301_000, 40, true, burst(19, 299_000));
    expect(pacing.paced).toBe(false);
    answer(pacing, 330_000, 40, true, burst(19, 299_000));
    expect(pacing.paced).toBe(true);
  });

  test('is given up after three windows without a refusal, and comes back for longer where that was wrong', () => {
    const { pacing, events } = watched();
    answer(pacing, 101_000, 0, true, burst(59, 99_000));
    answer(pacing, 280_000, 59);
    expect(pacing.paced).toBe(true);
    answer(pacing, 281_001, 59);
    expect(pacing.paced).toBe(false);
    // Another process that still does it is not followed: it may have it from this one.
    pacing.note({ writes: [], paced: true }, 282_000);
    expect(pacing.paced).toBe(false);
    answer(pacing, 290_000, 0, true, burst(59, 289_000));
    answer(pacing, 290_000 + 4 * 60_000, 59);
    expect(pacing.paced).toBe(true);
    answer(pacing, 290_000 + 12 * 60_000, 59);
    expect(events.map(({ type }) => type).filter((type) => type.endsWith('paced'))).toEqual([
      'paced',
      'unpaced',
      'paced',
      'unpaced',
    ]);
  });

  test('asked for at the start, it need not be asked for again after a window that went well', () => {
    const { pacing } = watched({ paced: true });
    answer(pacing, 50_000, 50);
    expect(pacing.mayBurstNext).toBe(false);
    answer(pacing, 59_000, 50);
    expect(pacing.mayBurstNext).toBe(true);
    answer(pacing, 60_000, 0, true);
    expect(pacing.mayBurstNext).toBe(false);
  });

  test('does not where another program was seen beyond doubt', () => {
    const { pacing } = watched();
    answer(pacing, 100_000, 30);
    for (const atMs of [101_000, 110_000, 130_000]) answer(pacing, atMs, 0, true);
    expect(pacing.paced).toBe(false);
  });

  test('follows the second refusal where what was seen may be our own burst, weighed', () => {
    const { pacing } = watched();
    pacing.note({ writes: burst(60, 35_000), paced: false }, 36_000);
    const since = [...Array(8).keys()].map((at) => ({ id: `new${String(at)}`, sentMs: 96_000, doneMs: 96_100 }));
    answer(pacing, 96_500, 2, false, since);
    answer(pacing, 97_000, 0, true, since);
    expect(pacing.paced).toBe(false);
    answer(pacing, 98_500, 0, true, since);
    expect(pacing.paced).toBe(true);
  });

  test('is taken over from another process, and asked for at the start', () => {
    const shared = watched();
    shared.pacing.note({ writes: [], paced: true }, 0);
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
  const announcer =
    (pacing: Pacing) =>
    (limit: number, atMs: number, refused = false): number => {
      const seen = { window: { limit, remaining: limit - 1 }, retryAfterMs: undefined, answeredMs: atMs, refused };
      pacing.weigh({ id: `a${String(atMs)}`, sentMs: atMs }, seen, []);
      return pacing.limit;
    };

  test('that the user gave is lowered by what is announced, and never raised', () => {
    const { pacing, events } = watched({ capped: true });
    const announce = announcer(pacing);
    expect([100, 30, 30, 60, 1000].map((limit, at) => announce(limit, at * 100_000))).toEqual([60, 30, 30, 60, 60]);
    expect(events.filter(({ type }) => type === 'limit')).toMatchObject([
      { from: 60, to: 30 },
      { from: 30, to: 60 },
    ]);
  });

  test('that is announced higher is believed step by step, a window each, and not after a refusal', () => {
    const { pacing } = watched();
    const announce = announcer(pacing);
    expect([0, 59_000, 60_000, 61_000, 120_000].map((atMs) => announce(1000, atMs))).toEqual([60, 60, 120, 120, 240]);
    expect(announce(1000, 121_000, true)).toBe(60);
    expect(announce(1000, 400_000)).toBe(60);
  });

  test('that is kept below the server’s leaves to others what is above it', () => {
    const { pacing } = watched({ capped: true });
    const seen = { window: { limit: 100, remaining: 80 }, retryAfterMs: undefined, answeredMs: 1000, refused: false };
    pacing.weigh({ id: 'a', sentMs: 900 }, seen, []);
    expect(pacing.terms(1100).reserve).toBe(0);
  });
});

import { Arrivals } from './arrivals.js';

/** At most `limit` calls in a window of `windowMs`; 0 means no limit. */
export interface RateRule {
  /** How many. */
  limit: number;
  /** In any so many milliseconds. */
  windowMs: number;
}

/** What was decided about one call, and what its rate headers will say. */
export interface RateDecision {
  accepted: boolean;
  remaining: number;
  /** How long from now until a call would be accepted, if none came before it; 0 where one would be now. */
  retryAfterMs: number;
  /** How long from now until the first slot comes back. */
  resetAfterMs: number;
}

/** How calls are counted: exact times, a window of the clock, or the weighted counts of two such windows. */
export type Counting = 'rolling' | 'fixed' | 'counter';

export interface RateCounter {
  /** Decides a call that arrives now, and counts it. Times never go back. */
  arrive(nowMs: number): RateDecision;
}

/**
 * A counter for one key and class of calls. `countRejected` lets refused calls use the budget up as well, so that a
 * client that keeps knocking is never let in.
 */
export function createRateCounter(counting: Counting, rule: RateRule, countRejected: boolean): RateCounter {
  switch (counting) {
    case 'rolling':
      return rollingCounter(rule, countRejected);
    case 'fixed':
      return fixedCounter(rule, countRejected);
    case 'counter':
      return weightedCounter(rule, countRejected);
  }
}

function rollingCounter({ limit, windowMs }: RateRule, countRejected: boolean): RateCounter {
  const arrivals = new Arrivals(windowMs);
  const untilGoneMs = (index: number, nowMs: number): number => {
    const timeMs = arrivals.timeAtMs(index);
    return timeMs === undefined ? 0 : timeMs + windowMs - nowMs;
  };
  return {
    arrive(nowMs) {
      arrivals.expire(nowMs);
      const accepted = arrivals.count < limit;
      if (accepted || countRejected) arrivals.add(nowMs);
      const over = arrivals.count - limit;
      return {
        accepted,
        remaining: Math.max(0, -over),
        retryAfterMs: over >= 0 ? untilGoneMs(over, nowMs) : 0,
        resetAfterMs: untilGoneMs(0, nowMs),
      };
    },
  };
}

function fixedCounter({ limit, windowMs }: RateRule, countRejected: boolean): RateCounter {
  let window = 0;
  let count = 0;
  return {
    arrive(nowMs) {
      const current = Math.floor(nowMs / windowMs);
      if (current !== window) [window, count] = [current, 0];
      const accepted = count < limit;
      if (accepted || countRejected) count++;
      const resetAfterMs = (window + 1) * windowMs - nowMs;
      return {
        accepted,
        remaining: Math.max(0, limit - count),
        retryAfterMs: count >= limit ? resetAfterMs : 0,
        resetAfterMs,
      };
    },
  };
}

/** Counts of the clock's current and previous window, the previous one weighted by how much of it still overlaps. */
function weightedCounter({ limit, windowMs }: RateRule, countRejected: boolean): RateCounter {
  let window = 0;
  let previous = 0;
  let count = 0;
  /** How long until `previous * overlap + count` leaves room for one more call. */
  const untilRoomMs = (elapsedMs: number): number => {
    const room = limit - 1 - count;
    if (room >= 0) return previous <= room ? 0 : Math.max(0, windowMs * (1 - room / previous) - elapsedMs);
    return windowMs - elapsedMs + windowMs * (1 - (limit - 1) / count);
  };
  return {
    arrive(nowMs) {
      const current = Math.floor(nowMs / windowMs);
      if (current !== window) {
        previous = current === window + 1 ? count : 0;
        [window, count] = [current, 0];
      }
      const elapsedMs = nowMs - window * windowMs;
      const weighted = (): number => previous * (1 - elapsedMs / windowMs) + count;
      const accepted = weighted() + 1 <= limit;
      if (accepted || countRejected) count++;
      return {
        accepted,
        remaining: Math.max(0, Math.floor(limit - weighted())),
        retryAfterMs: untilRoomMs(elapsedMs),
        resetAfterMs: windowMs - elapsedMs,
      };
    },
  };
}

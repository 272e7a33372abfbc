import type { RateCounter } from './rate-counter.js';

/** Another program on the same key, that writes evenly: `writesPerWindow` in each `windowMs`, the first at `startMs`. */
export interface SecondClient {
  /** Lets every write that is due by now arrive at the counter. To be called before a real call is decided. */
  catchUp(nowMs: number, counter: RateCounter): void;
  readonly accepted: number;
  readonly throttled: number;
}

export function createSecondClient(writesPerWindow: number, windowMs: number, startMs: number): SecondClient {
  const spacingMs = windowMs / writesPerWindow;
  let sent = 0;
  let accepted = 0;
  let throttled = 0;
  return {
    catchUp(nowMs, counter) {
      // Multiplied, not summed: rounding must not drift over a long run.
      for (let dueMs = startMs + sent * spacingMs; dueMs <= nowMs; dueMs = startMs + sent * spacingMs) {
        if (counter.arrive(dueMs).accepted) accepted++;
        else throttled++;
        sent++;
      }
    },
    get accepted() {
      return accepted;
    },
    get throttled() {
      return throttled;
    },
  };
}

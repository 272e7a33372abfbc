const COMPACT_FROM = 4096;

/**
 * Arrival times of the newest rolling window, both ends belonging to it: an arrival exactly `windowMs` ago still counts,
 * which is the strict reading of "60 in a rolling 60 seconds". Times are given in order.
 */
export class Arrivals {
  readonly windowMs: number;
  #timesMs: number[] = [];
  #head = 0;
  #peak = 0;

  constructor(windowMs: number) {
    this.windowMs = windowMs;
  }

  /** Arrivals in the window that ends with the last `add` or `expire`. */
  get count(): number {
    return this.#timesMs.length - this.#head;
  }

  /** The most arrivals that any window has held. */
  get peak(): number {
    return this.#peak;
  }

  /** The time of the arrival `index` places after the oldest one in the window. */
  timeAtMs(index: number): number | undefined {
    return this.#timesMs[this.#head + index];
  }

  /** Lets go of what the window that ends now no longer holds. */
  expire(nowMs: number): void {
    for (;;) {
      const oldestMs = this.#timesMs[this.#head];
      if (oldestMs === undefined || nowMs - oldestMs <= this.windowMs) break;
      this.#head++;
    }
    // Each cut moves no more entries than were let go since the last, so that an arrival costs constant time.
    if (this.#head >= COMPACT_FROM && this.#head * 2 >= this.#timesMs.length) {
      this.#timesMs = this.#timesMs.slice(this.#head);
      this.#head = 0;
    }
  }

  add(nowMs: number): void {
    this.expire(nowMs);
    this.#timesMs.push(nowMs);
    if (this.count > this.#peak) this.#peak = this.count;
  }
}

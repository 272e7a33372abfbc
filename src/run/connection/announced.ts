/** The limit that Clarky announces, where it is above the one in force: it is taken up step by step, a window each. Clocks are arguments. */
import { RAISE_FACTOR } from '../../rate/pacing.js';
import { leastSeconds, type Rate } from '../../rate/rate.js';

export class AnnouncedLimit {
  #isTakenUp: boolean;
  #writes = 0;
  /** When it was announced first, or was taken up last: the next step comes a window later. */
  #steppedMs: number | undefined;

  /** @param isTakenUp false where the rate was asked for: nothing that is announced lifts it */
  constructor(isTakenUp: boolean) {
    this.#isTakenUp = isTakenUp;
  }

  /** What the answer to a write said. */
  said(writes: number | undefined, { limit }: Rate, nowMs: number): void {
    if (writes === undefined) return;
    this.#writes = writes;
    if (writes > limit) this.#steppedMs ??= nowMs;
  }

  /** Another limit is in force. */
  changed(before: Rate, now: Rate, nowMs: number): void {
    if (now.limit > before.limit) this.#steppedMs = nowMs;
  }

  /** A write was refused for the rate: from then on no raise is believed. */
  wasRefused(): void {
    this.#isTakenUp = false;
  }

  /**
   * Milliseconds until the last of so many writes goes out.
   * @param rate the one in force
   * @param placesMs when each place of it is free
   */
  leastMs(writes: number, { limit, windowMs }: Rate, placesMs: readonly number[], nowMs: number): number {
    let [left, stepMs] = [writes, (this.#steppedMs ?? nowMs) + windowMs];
    // Of a limit that was lowered more are out than it has places.
    let dueMs = placesMs.toSorted((a, b) => a - b).slice(-limit);
    while (this.#isTakenUp && dueMs.length < this.#writes) {
      const before = dueMs.filter((atMs) => atMs < stepMs);
      if (left <= before.length) return Math.max(0, (before[left - 1] ?? nowMs) - nowMs);
      left -= before.length;
      dueMs = [...dueMs.slice(before.length), ...before.map((atMs) => atMs + windowMs)];
      const [firstMs = nowMs] = dueMs;
      if (firstMs < stepMs) continue;
      // The answer to the first write of a window says that the limit holds still: it opens the next step at once.
      const more = Math.min(this.#writes, RAISE_FACTOR * dueMs.length) - dueMs.length;
      dueMs = [...Array.from({ length: more }, () => firstMs), ...dueMs];
      stepMs = firstMs + windowMs;
    }
    const inUseMs = dueMs.map((atMs) => Math.max(0, atMs - nowMs));
    return 1000 * leastSeconds(left, { limit: dueMs.length, windowMs }, inUseMs);
  }
}

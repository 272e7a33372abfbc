/** Which writes of a run count against the limit at a moment. */
import type { Rate } from '../../rate/rate.js';

/** A write takes its place for a little longer than the window is. */
const WITH_MARGIN = 1.05;

export class OwnWrites {
  /** When each was answered, in the window of the limit. */
  readonly #answered: number[] = [];
  /** Out, and not answered yet. */
  underWay = 0;

  ended(nowMs: number, { limit, windowMs }: Rate, isUnsent: boolean): void {
    this.underWay = Math.max(0, this.underWay - 1);
    if (isUnsent || !Number.isFinite(limit)) return;
    this.#answered.push(nowMs);
    const first = this.#answered.findIndex((atMs) => isWithin(atMs, nowMs, windowMs));
    if (first > 0) this.#answered.splice(0, first);
  }

  /** @param accepted when contacts were accepted, where writes are not told one by one */
  count(accepted: readonly number[], nowMs: number, windowMs: number): number {
    const [told, seen] = [this.#answered, accepted].map(
      (all) => all.filter((at) => isWithin(at, nowMs, windowMs)).length,
    );
    return Math.max(told ?? 0, seen ?? 0) + this.underWay;
  }
}

function isWithin(atMs: number, nowMs: number, windowMs: number): boolean {
  return atMs > nowMs - windowMs * WITH_MARGIN;
}

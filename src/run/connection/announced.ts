/** The limit that Clarky announces, where it is above the one in force: it is taken up step by step, a window each. Pure. */
import { RAISE_FACTOR } from '../../rate/pacing.js';

export class AnnouncedLimit {
  #isTakenUp: boolean;
  #writes = 0;

  /** @param isTakenUp false where the rate was asked for: nothing that is announced lifts it */
  constructor(isTakenUp: boolean) {
    this.#isTakenUp = isTakenUp;
  }

  /** What the answer to a write said. */
  said(writes: number | undefined): void {
    if (writes !== undefined) this.#writes = writes;
  }

  /** A write was refused for the rate: from then on no raise is believed. */
  wasRefused(): void {
    this.#isTakenUp = false;
  }

  /** In how many windows from the next on so many writes go out. @param limit of the window now */
  windowsFor(writes: number, limit: number): number {
    let [windows, left, inNext] = [0, writes, limit];
    while (this.#isTakenUp && left > 0 && inNext < this.#writes) {
      inNext = Math.min(this.#writes, RAISE_FACTOR * inNext);
      left -= inNext;
      windows += 1;
    }
    return windows + Math.ceil(Math.max(0, left) / inNext);
  }
}

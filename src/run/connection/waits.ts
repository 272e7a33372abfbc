/** What a run waits for of its own accord: while it does, Clarky owes it no answer. Clocks are arguments. */
import type { ImportEvent } from '../events.js';

export class Waits {
  #writesUntilMs = 0;
  #readsUntilMs = 0;
  /** For what may still happen in Clarky. */
  #asideUntilMs = 0;

  take(event: ImportEvent): void {
    if (event.type === 'waiting') this.#writesUntilMs = event.untilMs;
    else if (event.type === 'reads_waiting') this.#readsUntilMs = event.untilMs;
    else if (event.type === 'warning') this.#asideUntilMs = Math.max(this.#asideUntilMs, event.untilMs ?? 0);
  }

  /** Milliseconds until the next write can go out; undefined where nothing is in its way. */
  writesMs(nowMs: number): number | undefined {
    return leftOf(this.#writesUntilMs, nowMs);
  }

  /** The same of the next read. */
  readsMs(nowMs: number): number | undefined {
    return leftOf(this.#readsUntilMs, nowMs);
  }

  isUnderWay(nowMs: number): boolean {
    return Math.max(this.#writesUntilMs, this.#readsUntilMs, this.#asideUntilMs) > nowMs;
  }
}

function leftOf(untilMs: number, nowMs: number): number | undefined {
  return untilMs > nowMs ? untilMs - nowMs : undefined;
}

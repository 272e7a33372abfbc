/** What a run waits for of its own accord: while it does, Clarky owes it no answer. Clocks are arguments. */
import type { NextOut } from '../../wording/waits.js';
import type { ImportEvent } from '../events.js';

export class Waits {
  #writesUntilMs = 0;
  #readsUntilMs = 0;
  /** For what may still happen in Clarky. */
  #asideUntilMs = 0;
  /** What was said of that, until something was done. */
  #said: { readonly code: string; readonly untilMs: number } | undefined;

  take(event: ImportEvent): void {
    if (event.type === 'waiting') this.#writesUntilMs = event.untilMs;
    else if (event.type === 'reads_waiting') this.#readsUntilMs = event.untilMs;
    else if (event.type === 'contact' || event.type === 'undone') this.#said = undefined;
    else if (event.type === 'warning' && event.untilMs !== undefined) {
      this.#asideUntilMs = Math.max(this.#asideUntilMs, event.untilMs);
      this.#said = { code: event.code, untilMs: event.untilMs };
    }
  }

  /** Milliseconds until the next write can go out; undefined where nothing is in its way. */
  writesMs(nowMs: number): number | undefined {
    return leftOf(this.#writesUntilMs, nowMs);
  }

  /** What has to wait for its limit: the writes, or else the reads; undefined where nothing does. */
  next(nowMs: number): NextOut | undefined {
    const writesMs = this.writesMs(nowMs);
    if (writesMs !== undefined) return { of: 'writes', ms: writesMs };
    const readsMs = leftOf(this.#readsUntilMs, nowMs);
    return readsMs === undefined ? undefined : { of: 'reads', ms: readsMs };
  }

  /** What is waited for beside the limits: its code, and until when at the latest; undefined once something was done. */
  aside(nowMs: number): { readonly code: string; readonly untilMs: number } | undefined {
    return this.#said !== undefined && this.#said.untilMs > nowMs ? this.#said : undefined;
  }

  isUnderWay(nowMs: number): boolean {
    return Math.max(this.#writesUntilMs, this.#readsUntilMs, this.#asideUntilMs) > nowMs;
  }
}

function leftOf(untilMs: number, nowMs: number): number | undefined {
  return untilMs > nowMs ? untilMs - nowMs : undefined;
}

/** What a run waits for: it would look like one that works, or like one that hangs. */
import { rateOf } from '../../rate/rate.js';
import type { RunState } from '../../run/run-state.js';
import { endInWords } from '../../wording/times.js';
import type { JobView } from '../wire.js';

/** The limit that a run waits for, as the page takes it: null is none. */
export function limitOf(said: Parameters<typeof rateOf>[0]): JobView['limit'] {
  const { limit, windowMs } = rateOf(said);
  return { writes: Number.isFinite(limit) ? limit : null, windowMs };
}

/**
 * Behind the sentence of the moment; empty where nothing is waited for but the limit.
 * @param landsByMs until when a write whose answer was not heard is waited for
 */
export function waitInWords(trouble: RunState['trouble'], landsByMs: number, wallMs: number): string {
  if (trouble !== undefined) {
    const until = trouble.endsMs > wallMs ? ` until ${endInWords(trouble.endsMs, wallMs)}` : '';
    return ` ${trouble.message} Trying again${until}.`;
  }
  return landsByMs > wallMs ? ' A write whose answer was not heard may still arrive: that is waited for first.' : '';
}

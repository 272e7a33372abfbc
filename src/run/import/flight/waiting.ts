/** Waiting for a write that may still arrive, and saying so. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WHY_IT_WAITS } from '../../../wording/waits.js';
import type { ImportListener } from '../../events.js';

/** @throws the signal's reason, as soon as it has one */
export async function sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}

/** As long as the answer to a write is heard after a stop. */
const LITTLE_MS = 10_000;

/** What is aborted a little after the stop: what became of a write that was answered is still looked at. */
export function littleAfter(stop: AbortSignal): AbortSignal {
  const later = new AbortController();
  const onStop = (): unknown => setTimeout(() => later.abort(stop.reason), LITTLE_MS).unref();
  stop.addEventListener('abort', onStop, { once: true });
  return later.signal;
}

/** Shorter waits are not worth telling. */
const LONG_WAIT_MS = 3000;

/** The code of what is said then. */
const UNDER_WAY = 'under_way';

/** Says why nothing seems to happen, once for waits that end together. @param then what is done when it is over */
export function waitTeller(
  emit: ImportListener,
  then: string,
  wallClock: () => number = Date.now,
): (ms: number) => void {
  let toldUntilMs = 0;
  return (ms) => {
    const untilMs = wallClock() + ms;
    if (ms < LONG_WAIT_MS || untilMs < toldUntilMs + LONG_WAIT_MS) return;
    toldUntilMs = untilMs;
    const message = `${WHY_IT_WAITS.under_way}: ${then}, in ${Math.ceil(ms / 1000)} s at most.`;
    emit({ type: 'warning', code: UNDER_WAY, message, untilMs });
  };
}

import { setTimeout as sleepFor } from 'node:timers/promises';

const BASE_MS = 500;
const MAX_MS = 30_000;

/**
 * Exponential backoff with full jitter: anything from nothing up to the doubled step, so that many clients spread out.
 * @param failures failures before this wait, 1 or more
 */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(MAX_MS, BASE_MS * 2 ** Math.min(failures - 1, 16));
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  try {
    await sleepFor(Math.min(ms, 2 ** 31 - 1), undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

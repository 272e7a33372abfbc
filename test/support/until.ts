import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for the slowest machine, and still less than a test has. */
const GIVEN_UP_MS = 300_000;

/** Between two looks: a tenth of what was waited already, and never less or more than this. To look, too, is work. */
const LEAST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 25;

/** Waits until something is so, however long that takes here; a test waits for a fact, never for a time. */
export async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!(await fact())) {
    const waitedMs = performance.now() - startMs;
    if (waitedMs > GIVEN_UP_MS) throw new Error(`it never came true: ${fact.toString()}`);
    await pause(Math.max(LEAST_PAUSE_MS, Math.min(LONGEST_PAUSE_MS, waitedMs / 10)));
  }
}

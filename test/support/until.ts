import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for the slowest machine, and still less than a test has. */
const GIVEN_UP_MS = 300_000;

/** Waits until something is so, however long that takes here; a test waits for a fact, never for a time. */
export async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + GIVEN_UP_MS;
  while (!(await fact())) {
    if (performance.now() > endMs) throw new Error(`it never came true: ${fact.toString()}`);
    await pause(5);
  }
}

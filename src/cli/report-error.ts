import { ImporterError } from '../errors.js';
import { printable } from '../wording/printable.js';

/** Prints what stopped the run on standard error: one sentence, and what to do; a stack only for a bug. */
export function reportError(error: unknown): void {
  if (error instanceof ImporterError) {
    process.stderr.write(`clarky-contacts: ${printable(error.message)}\n`);
    if (error.next !== undefined) process.stderr.write(`  ${printable(error.next)}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`clarky-contacts: internal error, please report it:\n${text}\n`);
}

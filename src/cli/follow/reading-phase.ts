import { statSync } from 'node:fs';
import { fileInWords } from '../../wording/printable.js';

/** What reading a file waits for, as a sentence without its full stop. */
export function readingPhase(file: string): string {
  if (file === '-') return 'Reading standard input until it ends (Ctrl-D at a terminal, Ctrl-C to give up)';
  return isPipe(file)
    ? `Reading the pipe ${fileInWords(file)} until its writer closes it (Ctrl-C to give up)`
    : `Reading ${fileInWords(file)}`;
}

/** What can't even be looked at is told when it is opened. */
function isPipe(file: string): boolean {
  try {
    return statSync(file).isFIFO();
  } catch {
    return false;
  }
}

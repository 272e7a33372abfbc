import { statSync } from 'node:fs';
import { fileInWords } from '../../wording/printable.js';

/** What reading a file waits for, as a sentence without its full stop. */
export function readingPhase(file: string): string {
  if (file === '-') return 'Reading standard input until it ends (Ctrl-D at a terminal, Ctrl-C to give up)';
  const isPipe = statSync(file, { throwIfNoEntry: false })?.isFIFO() === true;
  return isPipe
    ? `Reading the pipe ${fileInWords(file)} until its writer closes it (Ctrl-C to give up)`
    : `Reading ${fileInWords(file)}`;
}

import { EXIT, ImporterError } from '../errors.js';
import type { Settings } from '../settings/settings.js';
import { jsonLine, printable } from '../wording/printable.js';
import { wrapped } from '../wording/wrapped.js';
import { say } from './output.js';

/** Says on standard error what stopped the run: one sentence, and what to do; a stack only for a bug. */
export function reportError(error: unknown, asJson = false): void {
  if (error instanceof ImporterError) {
    const { code, message, said, next, exitStatus } = error;
    if (asJson) return tellError({ code, exit: exitStatus, msg: message, next });
    // A server may quote the person whom it rejects, and output that goes to no terminal may be kept, or be public.
    const isSeen = said !== undefined && process.stderr.isTTY === true;
    const sentence = isSeen ? `${message} Clarky says: ${said}` : message;
    const [first = '', ...more] = linesForStderr(`clarky-contacts: ${printable(sentence)}`);
    say(
      [
        first,
        ...more.map((line) => `  ${line}`),
        ...(next === undefined ? [] : linesForStderr(printable(next), 2)),
      ].join('\n') + '\n',
    );
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (asJson) return tellError({ code: 'internal', exit: EXIT.internal, msg: BUG, stack: text });
  say(`clarky-contacts: ${BUG}:\n${text}\n`);
}

const BUG = 'internal error, please report it';

function tellError(fields: object): void {
  say(jsonLine({ time: new Date().toISOString(), event: 'error', ...fields }));
}

/** Whether standard error is read by a program, an object a line. */
export const areLinesJson = ({ progress, log }: Pick<Settings, 'progress' | 'log'>): boolean =>
  progress === 'json' || log === '-';

/** The same by what was typed, which may not be understood. */
export function asksForJson(args: readonly string[]): boolean {
  const isTyped = (flag: string, value: string): boolean =>
    args.some((arg, at) => arg === `${flag}=${value}` || (arg === flag && args[at + 1] === value));
  return isTyped('--progress', 'json') || isTyped('--log', '-');
}

/** Says on standard error what is wrong and stops nothing, in the form of all else that is said there. */
export function reportTrouble(code: string, sentence: string, asJson: boolean): void {
  const msg = printable(sentence);
  say(asJson ? jsonLine({ time: new Date().toISOString(), event: 'warning', code, msg }) : `clarky-contacts: ${msg}\n`);
}

/** A terminal breaks in the middle of words; a file or a pipe wants a sentence on one line. */
function linesForStderr(text: string, indent = 0): string[] {
  const width = process.stderr.isTTY ? Math.max(20, process.stderr.columns - 2) : Number.POSITIVE_INFINITY;
  return wrapped(text, width).map((line) => ' '.repeat(indent) + line);
}

/**
 * Standard output and standard error. Either may have no reader (`| head`) or no room (/dev/full): what fails there changes nothing
 * of what is done, nor the exit status, which says what was done; that a result could not be written down is told. Keys are struck
 * from all that is written here.
 */
import { hasErrno, reasonOf } from '../storage/failures.js';
import { jsonLine, printableLines } from '../wording/printable.js';
import { severalIn, withoutKeys } from '../wording/secrets.js';
import { reflowed } from '../wording/wrapped.js';
import { hasColours, withHeadings } from './views/colours.js';
import { inSignsOf } from './views/signs.js';

/** Lets either stream fail: a reader that has left wants no more, but that a file holds no result is told. */
export function outliveReaders(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    // A terminal that is gone fails in the words of a disk.
    const isOfDisk = !process.stdout.isTTY && hasErrno(error, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO');
    if (!isOfDisk || isUnwritten) return;
    isUnwritten = true;
    say(`clarky-contacts: Standard output can't be written: ${reasonOf(error)}.\n`);
  });
}

let isUnwritten = false;

/** The result, for a person; nothing in it moves a cursor or hides. */
export function print(text: string): void {
  const shown = asShown(printableLines(text), process.stdout);
  process.stdout.write(hasColours(process.stdout) ? withHeadings(shown) : shown);
}

/** Help, which has colours of its own. */
export function printHelp(text: string): void {
  process.stdout.write(asShown(text, process.stdout));
}

/** The result, for a program. */
export function printJson(value: unknown): void {
  process.stdout.write(withoutKeys(jsonLine(value), keysInUse()));
}

/** Something beside the result. */
export function say(text: string): void {
  process.stderr.write(asShown(printableLines(text), process.stderr));
}

/** A terminal breaks in the middle of words; what goes into a file or a pipe keeps its lines. */
function asShown(text: string, stream: NodeJS.WriteStream): string {
  const { isTTY, columns } = stream;
  const shown = inSignsOf(stream, withoutKeys(text, keysInUse()));
  return isTTY && columns > 0 ? reflowed(shown, columns, GOES_ON) : shown;
}

/** The shells of Windows have a sign each for it, and are not told apart. */
const GOES_ON = process.platform === 'win32' ? undefined : '\\';

/** A reader that takes nothing for so long is not waited for once the run was stopped. */
const READER_GONE_MS = 2000;

/** After a stop nobody is waited for who has stopped reading; what is still read is given out to the end. */
export function endThoughUnread(): void {
  const waiting = (): number => process.stdout.writableLength + process.stderr.writableLength;
  const look = (before: number): void => {
    const left = waiting();
    if (left === 0) return;
    if (left === before) process.exit();
    setTimeout(look, READER_GONE_MS, left).unref();
  };
  look(Number.POSITIVE_INFINITY);
}

/** The keys of the environment; those of files look like keys. */
function keysInUse(): string[] {
  const { CLARKY_KEY = '', CLARKY_KEYS = '' } = process.env;
  return [CLARKY_KEY.trim(), ...severalIn(CLARKY_KEYS)].filter((key) => key !== '');
}

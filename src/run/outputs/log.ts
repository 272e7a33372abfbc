/** The log: one JSON line for each contact's outcome, and for the run's start and end. No personal data, never the key. */
import { rename, rm, stat } from 'node:fs/promises';
import pino from 'pino';
import type { ImporterError } from '../../errors.js';
import { hasErrno, storageFailed } from '../../storage/failures.js';
import { printableJson } from '../../wording/printable.js';
import type { ImportListener } from '../events.js';
import { LOGS_KEPT } from './forms/forms.js';
import { openLogTarget } from './forms/log-target.js';
import { logLineOf, type LogLine } from './log-lines.js';

/** A log past this size is put aside at the next start: it can still be opened in an editor. */
const MAX_BYTES = 20 * 1024 * 1024;
/** A log older than this is put aside too, so that a nightly import's log covers about a month. */
const MAX_AGE_MS = 31 * 24 * 3600 * 1000;

export interface OpenLog {
  readonly listener: ImportListener;
  /** A line of no event. */
  write(line: LogLine): void;
  close(): Promise<void>;
}

export interface LogOptions {
  /** Called once, where the log can't be written on (a full disk); nothing more is then logged. */
  readonly onFailure?: (failure: ImporterError) => void;
  readonly now?: () => number;
  /** False where somebody else is writing on it. */
  readonly mayPutAside?: boolean;
}

/**
 * Opens the log at `path`, `-` for standard error, putting an old or large one aside (`.1` the newest of five).
 * @throws ImporterError `not_writable`
 */
export async function openLog(path: string, options: LogOptions = {}): Promise<OpenLog> {
  const { onFailure = () => undefined, now = Date.now, mayPutAside = true } = options;
  if (path !== '-' && mayPutAside) await rotate(path, now());
  let failed = false;
  const into = await openLogTarget(path, (cause) => {
    if (failed) return;
    failed = true;
    // Nobody reads standard error any more: that is no reason to stop.
    if (path !== '-') onFailure(storageFailed(`The log ${path}`, cause));
  });
  // A file may be called anything, and a log is read at a terminal as well.
  const write = (line: string): void => into.write(`${printableJson(line.trimEnd())}\n`);
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  let unread = 0;
  const tellUnread = (): void => {
    if (unread === 0 || into.isFull()) return;
    const lines = unread;
    unread = 0;
    logger.warn({ event: 'warning', code: 'log_unread', lines }, 'lines were left out: the log was not read');
  };
  const writeLine = (line: LogLine): void => {
    if (failed) return;
    tellUnread();
    if (into.isFull()) unread += 1;
    else logger[line.level](line.fields, line.msg);
  };
  return {
    write: writeLine,
    listener: (event) => {
      const line = logLineOf(event);
      if (line !== undefined) writeLine(line);
    },
    close: async () => {
      // Flushing what can't be written would be tried for ever.
      if (!failed) tellUnread();
      await into.close(failed);
    },
  };
}

/** One that can't be put aside, as in a folder that may not be written to, is gone on with. */
async function rotate(path: string, nowMs: number): Promise<void> {
  try {
    const entry = await stat(path);
    // A device such as /dev/null stays where it is.
    if (!entry.isFile()) return;
    const { size, birthtimeMs } = entry;
    if (size < MAX_BYTES && (birthtimeMs === 0 || nowMs - birthtimeMs < MAX_AGE_MS)) return;
    await rm(`${path}.${LOGS_KEPT}`, { force: true });
    for (let n = LOGS_KEPT - 1; n >= 1; n--) await rename(`${path}.${n}`, `${path}.${n + 1}`).catch(ignoreMissing);
    await rename(path, `${path}.1`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasErrno(error, 'ENOENT')) throw error;
}

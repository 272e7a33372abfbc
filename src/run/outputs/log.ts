/** The log: one JSON line for each contact's outcome, and for the run's start and end. No personal data, never the key. */
import { rename, rm, stat } from 'node:fs/promises';
import { closeSync, constants, openSync } from 'node:fs';
import pino, { type Logger } from 'pino';
import type { ImporterError } from '../../errors.js';
import { hasErrno, notWritable, PRIVATE_MODE, refuseForeignLink, storageFailed } from '../../storage/private-file.js';
import type { ImportEvent, ImportListener } from '../events.js';

/** A log past this size is put aside at the next start: it can still be opened in an editor. */
const MAX_BYTES = 20 * 1024 * 1024;
/** A log older than this is put aside too, so that a nightly import's log covers about a month. */
const MAX_AGE_MS = 31 * 24 * 3600 * 1000;
const KEPT = 5;

export interface OpenLog {
  readonly listener: ImportListener;
  close(): void;
}

export interface LogOptions {
  /** Called once, where the log can't be written on (a full disk); nothing more is then logged. */
  readonly onFailure?: (failure: ImporterError) => void;
  readonly now?: () => number;
}

/**
 * Opens the log at `path`, `-` for standard error, putting an old or large one aside (`.1` the newest of five).
 * @throws ImporterError `not_writable`
 */
export async function openLog(path: string, options: LogOptions = {}): Promise<OpenLog> {
  const { onFailure = () => undefined, now = Date.now } = options;
  if (path !== '-') {
    await refuseForeignLink(path);
    await rotate(path, now());
  }
  const fd = path === '-' ? 2 : openForLog(path);
  // Synchronous: what is logged survives any end of the process, kill -9 included.
  const destination = pino.destination({ fd, sync: true });
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  let failed = false;
  destination.on('error', (cause: unknown) => {
    if (failed) return;
    failed = true;
    onFailure(storageFailed(`The log ${path}`, cause));
  });
  return {
    listener: (event) => {
      if (!failed) writeEvent(logger, event);
    },
    close: () => {
      // Flushing what can't be written would be tried for ever.
      if (!failed) destination.flushSync();
      if (path === '-') return;
      if (failed) closeSync(fd);
      else destination.end();
    },
  };
}

function openForLog(path: string): number {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, PRIVATE_MODE);
  } catch (error) {
    throw notWritable(path, error);
  }
}

async function rotate(path: string, nowMs: number): Promise<void> {
  try {
    const entry = await stat(path);
    // A device such as /dev/null stays where it is.
    if (!entry.isFile()) return;
    const { size, birthtimeMs } = entry;
    if (size < MAX_BYTES && (birthtimeMs === 0 || nowMs - birthtimeMs < MAX_AGE_MS)) return;
    await rm(`${path}.${KEPT}`, { force: true });
    for (let n = KEPT - 1; n >= 1; n--) await rename(`${path}.${n}`, `${path}.${n + 1}`).catch(ignoreMissing);
    await rename(path, `${path}.1`);
  } catch (error) {
    ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): void {
  if (!hasErrno(error, 'ENOENT')) throw error;
}

function writeEvent(log: Logger, event: ImportEvent): void {
  switch (event.type) {
    case 'started':
      log.info({ event: 'started', file: event.file, api: event.api, bot: event.bot, ...event.counts });
      break;
    case 'contact': {
      const lines = event.records.map((record) => record.line);
      log.info({
        event: 'contact',
        line: lines.at(-1),
        merged: lines.length > 1 ? lines.slice(0, -1) : undefined,
        outcome: event.outcome,
        id: event.contactId,
        status: event.status,
        attempts: event.attempts,
        ms: Math.round(event.ms),
        problems: event.problems.length > 0 ? event.problems.map(({ code, column }) => ({ code, column })) : undefined,
        omitted: event.remarks.some((remark) => remark.isOmission)
          ? event.remarks
              .filter((remark) => remark.isOmission)
              .map(({ line, problem }) => ({ line, code: problem.code, column: problem.column }))
          : undefined,
      });
      break;
    }
    case 'name_doubt':
      log.warn({ event: 'name_doubt', lines: event.lines }, 'one email, clearly different names: sent as one contact');
      break;
    case 'throttled':
      log.warn({ event: 'throttled', waitMs: Math.round(event.waitMs) });
      break;
    case 'retrying':
      log.warn({ event: 'retrying', reason: event.reason, attempt: event.attempt, waitMs: Math.round(event.waitMs) });
      break;
    case 'pace':
      log.warn({ event: 'pace', even: event.even, reason: event.reason });
      break;
    case 'limit':
      log.info({ event: 'limit', writes: event.writes, windowMs: event.windowMs });
      break;
    case 'other_program':
      log.info({ event: 'other_program', writes: event.writes });
      break;
    case 'warning':
      log.warn({ event: 'warning', code: event.code }, event.message);
      break;
    case 'stopping':
      log.error({ event: 'stopping', code: event.code }, event.message);
      break;
    case 'ended':
      log.info({ event: 'ended', exit: event.exitStatus, ...event.summary });
      break;
    case 'undone':
      log.info({
        event: 'undone',
        line: event.line,
        id: event.contactId,
        outcome: event.outcome,
        fields: event.fields.length > 0 ? event.fields : undefined,
      });
      break;
    case 'workspace':
      if (event.known >= event.total) log.info({ event: 'workspace', contacts: event.total });
      break;
    case 'request':
    case 'waiting':
    case 'progress':
    case 'waiting':
      break;
  }
}

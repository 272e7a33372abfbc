/** The events of a run as lines of the log: a level, fields, and a message each. No personal data, no server's text. Pure. */
import { fileInFacts, withoutAccess } from '../../address.js';
import { linesAndFiles } from '../../wording/rows/lines.js';
import type { ImportEvent } from '../events.js';
import type { Ended } from '../tally.js';
import { isOfEveryNight, warningWithoutData } from './telling/told.js';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** `event` names the kind; the counts and words are those of the summary. */
  readonly fields: Readonly<Record<string, unknown>> & { readonly event: string };
  readonly msg: string;
}

/** The line of an event; undefined for what is only of the moment. */
export function logLineOf(event: ImportEvent): LogLine | undefined {
  switch (event.type) {
    case 'started': {
      const { file, sheet, start, api, bot, counts } = event;
      const fields = { event: 'started', file: fileInFacts(file), sheet, start, api, bot, ...counts };
      return line('info', fields, 'import started');
    }
    case 'contact':
      return contactLine(event);
    case 'name_doubt':
      return line(
        'warn',
        { event: 'name_doubt', lines: event.lines, files: event.files },
        'one e-mail, clearly different names: sent as one contact',
      );
    case 'unclear_name':
      return line(
        'warn',
        { event: 'unclear_name', line: event.line, file: event.file },
        "one e-mail, names in scripts that can't be compared: sent as one contact",
      );
    case 'throttled':
      return line('warn', { event: 'throttled', waitMs: Math.round(event.waitMs) }, 'over the limit: all writes wait');
    case 'retrying': {
      const { reason, attempt, waitMs } = event;
      const said = reason === 'silent' ? 'no answer yet' : 'trying again';
      // How long all writes wait after a 429 stands in the line of that.
      const wait = reason === 'throttled' ? {} : { waitMs: Math.round(waitMs) };
      return line('warn', { event: 'retrying', reason, attempt, ...wait }, said);
    }
    case 'answering':
      return line('info', { event: 'answering' }, `Clarky answers${event.again ? ' again' : ''}: going on`);
    case 'locked':
      return undefined;
    case 'pace':
      return line(
        'warn',
        { event: 'pace', even: event.even, reason: event.reason },
        event.even ? 'writes are spaced evenly' : 'writes are no longer spaced evenly',
      );
    case 'limit':
      return line('info', { event: 'limit', writes: event.writes, seconds: event.seconds }, 'Clarky says its limit');
    case 'other_program':
      return line('info', { event: 'other_program', writes: event.writes }, 'another program uses the key');
    case 'warning':
      return line(
        isOfEveryNight(event) ? 'info' : 'warn',
        { event: 'warning', code: event.code, kept: event.kept },
        warningWithoutData(event),
      );
    case 'stopping':
      // What a server said stays out of the log.
      return line(levelOfStop(event.code), { event: 'stopping', code: event.code }, `stopped: ${event.code}`);
    case 'ended': {
      const { summary } = event;
      const msg = summary.complete ? 'import ended' : 'import ended, contacts are pending';
      return line(summary.complete ? 'info' : 'warn', { event: 'ended', ...withoutAccess(summary) }, msg);
    }
    case 'undone': {
      const { line: at, file, contactId: id, outcome } = event;
      const fields = event.fields.length > 0 ? event.fields : undefined;
      return line(
        'info',
        { event: 'undone', line: at, file, id, outcome, fields },
        `contact ${outcome.replace('_', ' ')}`,
      );
    }
    case 'undo_ended': {
      const { start, deleted, setBack, left, leftBecause, pending, sheet, api } = event;
      const fields = { event: 'undo_ended', start, sheet, api, deleted, setBack, left, leftBecause, pending };
      return line(pending > 0 ? 'warn' : 'info', fields, 'undo ended');
    }
    case 'workspace':
      if (event.total === undefined || event.known < event.total) return undefined;
      return line('info', { event: 'workspace', contacts: event.total }, 'the workspace is read');
    case 'ahead':
    case 'reading':
    case 'request':
    case 'waiting':
    case 'reads_waiting':
    case 'finishing':
    case 'asking':
    case 'progress':
      return undefined;
  }
}

/** What is known of a run that was stopped before it had a summary. */
export interface Ending extends Pick<Ended, 'start' | 'end' | 'exit'>, Partial<Pick<Ended, 'api' | 'bot'>> {
  readonly file?: string | undefined;
}

/**
 * The lines of a run that was stopped before it had a summary. What stopped it stands by its code: a sentence may quote a server.
 * @param hasStarted its start is in the log already
 */
export function linesOfUnbegun(ending: Ending, code: string, hasStarted: boolean): LogLine[] {
  const facts = withoutAccess(ending);
  const { file } = facts;
  const started = line('info', { event: 'started', file }, 'import started');
  const ended = line(levelOfStop(code), { event: 'ended', ...facts, error: code }, `import ended: ${code}`);
  return hasStarted ? [ended] : [started, ended];
}

/** What somebody asked for (a deadline, a signal) is no trouble that wakes anybody: the next run goes on. */
function levelOfStop(code: string): LogLine['level'] {
  return ['deadline', 'interrupted', 'terminated'].includes(code) ? 'warn' : 'error';
}

function contactLine(event: Extract<ImportEvent, { type: 'contact' }>): LogLine {
  const { lines, files } = linesAndFiles(event.records);
  const omissions = event.remarks.filter((remark) => remark.isOmission);
  const fields = {
    event: 'contact',
    line: lines.at(-1),
    file: files?.at(-1),
    merged: lines.length > 1 ? lines.slice(0, -1) : undefined,
    mergedFiles: lines.length > 1 ? files?.slice(0, -1) : undefined,
    outcome: event.outcome,
    id: event.contactId,
    wasThere: event.wasThere === true ? true : undefined,
    status: event.status,
    attempts: event.attempts,
    ms: Math.round(event.ms),
    problems: event.problems.length > 0 ? event.problems.map(({ code, column }) => ({ code, column })) : undefined,
    omitted:
      omissions.length > 0
        ? omissions.map(({ line: at, file, problem }) => ({
            line: at,
            file,
            code: problem.code,
            column: problem.column,
          }))
        : undefined,
  };
  return line(event.outcome === 'rejected' ? 'warn' : 'info', fields, `contact ${event.outcome}`);
}

function line(level: LogLine['level'], fields: LogLine['fields'], msg: string): LogLine {
  return { level, fields, msg };
}

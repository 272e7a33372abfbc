import { EXIT, ImporterError } from '../errors.js';
import { given } from '../given.js';
import { folderGone, tooManyFiles } from '../storage/failures.js';
import { withoutAccess } from '../address.js';
import type { Settings } from '../settings/settings.js';
import { jsonLine } from '../wording/printable.js';
import { say } from './output.js';

interface Result {
  readonly exit: number;
  readonly exitStatus?: number;
  readonly stoppedBy?: ImporterError | undefined;
}

/** What a command prints of its result with `--json`: in the words of an import's summary, whichever command it is. */
export function endedInJson({ exitStatus: _, stoppedBy, ...result }: Result): object {
  return {
    ...withoutAccess(result),
    ...(stoppedBy === undefined
      ? {}
      : { error: stoppedBy.code, message: stoppedBy.message, ...given({ next: stoppedBy.next }) }),
  };
}

/** The same of a command that is no run, and only answers: when it did, and how it ended, stands there in the same words. */
export function answeredInJson(start: string, answer: object, exit: number = EXIT.ok): object {
  return { ...answer, start, end: new Date().toISOString(), exit };
}

/** The same of a command that has no result, since something stopped it before: a script that reads it always finds JSON. */
export function unfinishedInJson(
  error: ImporterError,
  known: { readonly start: string; readonly end?: string },
): object {
  const end = known.end ?? new Date().toISOString();
  const ended = { ...known, end, exit: error.exitStatus, stoppedBy: error };
  return endedInJson(ended);
}

/** What stopped a run may quote a server, but for what our own guard has counted. */
export function messageWithoutData({ code, message }: ImporterError): string | undefined {
  return code === 'guarded' ? message : undefined;
}

/** What was thrown as an error with a code: a bug has one as well. */
export function asImporterError(thrown: unknown): ImporterError {
  if (thrown instanceof ImporterError) return thrown;
  const known = tooManyFiles(thrown) ?? folderGone(thrown);
  return known ?? new ImporterError('internal', 'An internal error: a bug.', { cause: thrown });
}

/** The last line for a program that follows a command which is no import: the counts of what it printed, and none of its lists. */
export function tellEnded(settings: Pick<Settings, 'progress' | 'quiet'>, result: Result): void {
  if (settings.progress !== 'json' || settings.quiet === true) return;
  const facts = Object.entries(endedInJson(result)).filter(([, value]) => typeof value !== 'object');
  say(jsonLine({ time: new Date().toISOString(), event: 'ended', ...Object.fromEntries(facts) }));
}

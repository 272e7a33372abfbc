/** How an import ended, for those who look from elsewhere: the file of `--latest`, the log, and whoever `--on-end` tells. */
import { renameSync, writeFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { EXIT, ImporterError } from '../errors.js';
import { isAddress, withoutAccess } from '../address.js';
import { given } from '../given.js';
import { messageWithoutData } from './ended.js';
import type { RunPaths } from '../run/outputs/check.js';
import type { Ending } from '../run/outputs/log-lines.js';
import type { Settings } from '../settings/settings.js';

const endings = new WeakMap<object, Ending>();

/** What was told of an error already, so that it is told in the same words everywhere. */
export function endingOf(error: unknown): Ending | undefined {
  return typeof error === 'object' && error !== null ? endings.get(error) : undefined;
}

/** @param told what was told of it, in place of something thrown that is no error of ours */
export function noteEnding(thrown: unknown, told: ImporterError): void {
  const ending = endings.get(told);
  if (ending !== undefined && typeof thrown === 'object' && thrown !== null) endings.set(thrown, ending);
}

/**
 * Puts how a run ended where a monitor looks for it, and why where it was stopped.
 * @returns why that could not be written
 */
export async function writeLatest(
  { latest }: Settings,
  facts: object,
  error?: ImporterError,
): Promise<ImporterError | undefined> {
  if (latest === undefined) return undefined;
  const [{ replaceFile }, { reasonOf }, { jsonLine }] = await Promise.all([
    import('../storage/replacement.js'),
    import('../storage/failures.js'),
    import('../wording/printable.js'),
  ]);
  const why = error === undefined ? {} : { error: error.code, message: error.message };
  return replaceFile(latest, jsonLine({ ...withoutAccess(facts), ...why })).then(
    () => undefined,
    (failure: unknown) =>
      new ImporterError('storage_failed', `The summary can't be written to ${latest}: ${reasonOf(failure)}.`, {
        next: 'What is said to be done is done all the same. Make room, or name another path with --latest.',
        cause: failure,
      }),
  );
}

/**
 * Puts into the file of `--latest` that a run is at work, so that one that is killed does not leave the last one's good end there.
 * What keeps it from being written is told at the end.
 * @returns what puts an end there at once, for a process that has no time left; undefined where none is wanted
 */
export async function writeRunning(
  files: readonly string[],
  settings: Settings,
  known: { readonly file: string; readonly start: string },
): Promise<((exit: number) => void) | undefined> {
  const { latest } = settings;
  if (latest === undefined || !(await isFree({ latest }, files, known.file, settings))) return undefined;
  const { isWrittenThrough, temporaryBeside } = await import('../storage/replacement.js');
  // A reader of a pipe waits for one object.
  if (await isWrittenThrough(latest).catch(() => true)) return undefined;
  await writeLatest(settings, { ...known, running: true });
  const [{ jsonLine }, { PRIVATE_MODE }] = await Promise.all([
    import('../wording/printable.js'),
    import('../storage/private-file.js'),
  ]);
  return (exit) => {
    const error = exit === EXIT.sigint ? 'interrupted' : 'terminated';
    const why = { error, message: 'Stopped at once by a second signal.' };
    const ending = { ...withoutAccess(known), end: new Date().toISOString(), exit, ...why };
    try {
      const temporary = temporaryBeside(latest);
      writeFileSync(temporary, jsonLine(ending), { mode: PRIVATE_MODE, flag: 'wx' });
      renameSync(temporary, latest);
    } catch {
      // It says that the run is at work, as where it was killed.
    }
  };
}

/** Posts it to `--on-end`. Of a run that a signal has stopped it is still told; a second one quits. */
export async function postEnded(
  settings: Settings,
  facts: object,
  error: ImporterError | undefined,
  stop?: AbortSignal,
): Promise<void> {
  if (settings.onEnd === undefined) return;
  const { postEnd } = await import('./on-end.js');
  await postEnd(settings, withoutAccess(facts), error, stop?.aborted === true ? undefined : stop);
}

/** What is told of a run that has no summary. */
interface Unbegun {
  /** What was to be imported. */
  readonly files: readonly string[];
  /** What is known of them: a slip may have kept the others from being read. */
  readonly settings: Settings;
  readonly known: Omit<Ending, 'end' | 'exit'>;
  /** False where what was typed was not understood, so that one of its words may stand for a file. */
  readonly isUnderstood?: boolean;
  /** Its start is in the log already. */
  readonly hasStarted?: boolean;
  readonly stop?: AbortSignal;
}

/**
 * Tells of a run that something kept from beginning, or stopped before it had a summary: in the file of `--latest` and in the log,
 * unless those may be somebody else's, and to `--on-end`. What kept it is what ends it, even where that can't be written down either.
 */
export async function tellUnbegun(error: ImporterError, unbegun: Unbegun): Promise<void> {
  const { files, settings, known, stop } = unbegun;
  const ending = { ...known, end: new Date().toISOString(), exit: error.exitStatus };
  endings.set(error, ending);
  const { latest } = settings;
  const isLatestFree = latest !== undefined && (await isFree({ latest }, files, known.file, settings));
  // Looked at before either is written: what one of them holds by then decides nothing of the other.
  const log = await logToTell(unbegun).catch(() => undefined);
  if (isLatestFree) await writeLatest(settings, ending, error);
  if (log !== undefined) await logUnbegun(log, error, ending, unbegun).catch(() => undefined);
  await postEnded(settings, ending, error, stop);
}

/** The log that is told of it, also that of an import on the same checkpoint, which was there first; undefined where none may be. */
async function logToTell({ files, settings, known, isUnderstood = true }: Unbegun): Promise<string | undefined> {
  const { importPathsOf } = await import('../run/outputs/import-outputs.js');
  const { log } = importPathsOf({ ...settings, file: known.file ?? '' });
  if (log === '' || (known.file === undefined && settings.log === undefined)) return undefined;
  if (log === '-') return log;
  if (!(await isFree({ log }, files, known.file, settings))) return undefined;
  // Where its paths are others' files, or one another, nothing new is left beside them.
  const mayBegin =
    isUnderstood &&
    (settings.log !== undefined || (await areThere(files))) &&
    (await areApart(files, { ...settings, file: known.file ?? '' }));
  return mayBegin || (await areThere([log])) ? log : undefined;
}

/** @throws where it can't be written */
async function logUnbegun(
  log: string,
  error: ImporterError,
  ending: Ending,
  { hasStarted = false }: Unbegun,
): Promise<void> {
  const [{ openLog }, { linesOfUnbegun }] = await Promise.all([
    import('../run/outputs/log.js'),
    import('../run/outputs/log-lines.js'),
  ]);
  const open = await openLog(log, { mayPutAside: error.code !== 'locked' });
  const told = { ...ending, ...given({ message: messageWithoutData(error) }) };
  for (const line of linesOfUnbegun(told, error.code, hasStarted)) open.write(line);
  await open.close();
}

/** A log is not begun for a file that is a slip of the keyboard. */
function areThere(paths: readonly string[]): Promise<boolean> {
  return Promise.all(paths.filter((path) => path !== '-' && !isAddress(path)).map((path) => access(path))).then(
    () => true,
    () => false,
  );
}

/** Whether an import may write all that it would. */
async function areApart(files: readonly string[], options: Settings & { readonly file: string }): Promise<boolean> {
  return mayBeWritten(files, await pathsOf(options));
}

/** Whether it may be written: the run was kept from looking at all of its paths, and something else may be meant by that one. */
async function isFree(
  output: { readonly latest: string } | { readonly log: string },
  files: readonly string[],
  file: string | undefined,
  settings: Settings,
): Promise<boolean> {
  const paths = await pathsOf({ ...settings, file: file ?? '' });
  const others = Object.entries(paths).filter(([name]) => !(name in output));
  const named = others.map(([, path]) => path ?? '').filter((path) => path !== '' && path !== '-');
  return mayBeWritten([...files, ...named], output);
}

async function pathsOf(options: Settings & { readonly file: string }) {
  const { importPathsOf } = await import('../run/outputs/import-outputs.js');
  return { ...importPathsOf(options), latest: options.latest };
}

async function mayBeWritten(files: readonly string[], paths: RunPaths): Promise<boolean> {
  const { checkRunPaths } = await import('../run/outputs/check.js');
  return checkRunPaths(files, paths).then(
    () => true,
    () => false,
  );
}

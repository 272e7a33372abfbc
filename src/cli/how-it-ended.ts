/** How an import ended, for those who look from elsewhere: the file of `--latest`, and whoever `--on-end` tells. */
import { ImporterError } from '../errors.js';
import { withoutAccess } from '../address.js';
import type { Settings } from '../settings/settings.js';

/** What is known of a run that something stopped before it had a summary. */
export interface Ending {
  readonly file?: string | undefined;
  readonly api?: string;
  readonly bot?: string;
  readonly start: string;
  readonly end: string;
  readonly exit: number;
}

const endings = new WeakMap<object, Ending>();

/** What was told of an error already, so that it is told in the same words everywhere. */
export function endingOf(error: unknown): Ending | undefined {
  return typeof error === 'object' && error !== null ? endings.get(error) : undefined;
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
 */
export async function writeRunning(
  files: readonly string[],
  settings: Settings,
  known: { readonly file: string; readonly start: string },
): Promise<void> {
  const { latest } = settings;
  if (latest === undefined || !(await isFree(latest, files, known.file, settings))) return;
  const { isWrittenThrough } = await import('../storage/replacement.js');
  // A reader of a pipe waits for one object.
  if (await isWrittenThrough(latest).catch(() => true)) return;
  await writeLatest(settings, { ...known, running: true });
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

/**
 * Tells of a run that something kept from beginning, or stopped before it had a summary: in the file of `--latest`, unless that
 * may be somebody else's, and to `--on-end`. What kept it is what ends it, even where that can't be written down either.
 * @param files what was to be imported
 * @param settings what is known of them: a slip may have kept the others from being read
 */
export async function tellUnbegun(
  files: readonly string[],
  settings: Settings,
  error: ImporterError,
  known: Omit<Ending, 'end' | 'exit'>,
  stop?: AbortSignal,
): Promise<void> {
  const ending = { ...known, end: new Date().toISOString(), exit: error.exitStatus };
  endings.set(error, ending);
  if (settings.latest !== undefined && (await isFree(settings.latest, files, known.file, settings)))
    await writeLatest(settings, ending, error);
  await postEnded(settings, ending, error, stop);
}

/** Whether the summary may be written: the run was kept from looking at all of its paths, and something else may be meant by that one. */
async function isFree(
  latest: string,
  files: readonly string[],
  file: string | undefined,
  settings: Settings,
): Promise<boolean> {
  const [{ checkRunPaths }, { importPathsOf }] = await Promise.all([
    import('../run/outputs/check.js'),
    import('../run/outputs/import-outputs.js'),
  ]);
  const { checkpoint, rejects, log, report } = importPathsOf({ ...settings, file: file ?? '' });
  const others = [checkpoint, rejects, log, report].filter((path) => path !== '' && path !== '-');
  return checkRunPaths([...files, ...others], { latest }).then(
    () => true,
    () => false,
  );
}

import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { beforeAnything, collectSignals, type Signals } from '../signals.js';
import { withKey } from '../keys.js';
import { endedInJson } from '../ended.js';
import { endThoughUnread, print, printJson } from '../output.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { namedInput, type NamedInput } from '../../run/reading/named-input.js';
import type { Settings } from '../../settings/settings.js';

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description('Imports. Run it again and it goes on where it stopped; once all is in, it sends nothing.')
    .argument(
      '<file...>',
      'spreadsheet of any kind, vCards or JSON; several, or a folder, are one list; - reads standard input',
    );
  addSettings(command, 'import').action(async (paths: string[]) => {
    process.exitCode = await runImport(await namedInput(paths), settingsOf(command, 'import'));
  });
}

async function runImport(input: NamedInput, settings: Settings): Promise<number> {
  const { file } = input;
  const signals = collectSignals();
  const watched = follow(settings, readingPhase(file));
  const { importContacts } = await import('../../run/import/import.js');
  const start = new Date().toISOString();
  let reached: { readonly api?: string; readonly bot?: string } = {};
  try {
    const { summary, stoppedBy, exitStatus } = await importContacts({
      ...(await withKey(settings)),
      ...input,
      stdin: process.stdin,
      signal: signals.signal,
      onEvent: (event) => {
        if (event.type === 'started') reached = { api: event.api, bot: event.bot };
        watched.listener(event);
      },
    });
    watched.close();
    // What is printed says how the command ends: also where that can't be written down.
    const unwritten = await writeLatest(settings.latest, ended(summary, stoppedBy)).catch(storageErrorOf);
    const exit = unwritten?.exitStatus ?? exitStatus;
    const reason = unwritten ?? stoppedBy;
    if (settings.json === true) printJson(endedInJson({ ...summary, exit, stoppedBy: reason }));
    else if (settings.quiet !== true) {
      const { summaryInWords } = await import('../views/words.js');
      print(summaryInWords(summary, settings));
    }
    if (reason) {
      const { reportError } = await import('../report-error.js');
      reportError(reason, settings.progress === 'json');
    }
    await tellEnd(settings, summary, stoppedBy, signals);
    if (stoppedBy) endThoughUnread();
    return exit;
  } catch (error) {
    watched.close();
    if (!(error instanceof ImporterError)) throw error;
    if (error.code !== 'storage_failed' && (await isOurs(input, settings))) {
      const end = new Date().toISOString();
      const facts = { file, ...reached, start, end, exit: error.exitStatus };
      // What kept it from beginning is what is told, even where that can't be written down either.
      await writeLatest(settings.latest, ended(facts, error)).catch(() => undefined);
      await tellEnd(settings, facts, error, signals);
    }
    throw beforeAnything(error, signals, 'Nothing was sent.');
  } finally {
    signals.dispose();
  }
}

/** Whether the summary may be written: a run that was not begun may have found somebody else's file there. */
async function isOurs({ file, files }: NamedInput, settings: Settings): Promise<boolean> {
  const [{ checkRunPaths }, { importPathsOf }] = await Promise.all([
    import('../../run/outputs/check.js'),
    import('../../run/outputs/import-outputs.js'),
  ]);
  const paths = importPathsOf({ ...settings, file });
  return checkRunPaths(files ?? [file], { ...paths, latest: settings.latest }).then(
    () => true,
    () => false,
  );
}

function storageErrorOf(error: unknown): ImporterError {
  if (error instanceof ImporterError) return error;
  throw error;
}

/** How a run ended, and why where it was stopped: what `--latest` holds. */
function ended(facts: object, error: ImporterError | undefined): object {
  return error === undefined ? facts : { ...facts, error: error.code, message: error.message };
}

/** Of a run that a signal has stopped it is still told; a second one quits. */
async function tellEnd(
  settings: Settings,
  facts: object,
  error: ImporterError | undefined,
  { signal }: Signals,
): Promise<void> {
  if (settings.onEnd === undefined) return;
  const { postEnd } = await import('../on-end.js');
  await postEnd(settings, facts, error, signal.aborted ? undefined : signal);
}

/**
 * Puts how the run ended where a monitor looks for it, whichever way it ended.
 * @throws ImporterError `storage_failed`
 */
async function writeLatest(path: string | undefined, latest: object): Promise<void> {
  if (path === undefined) return;
  const [{ replaceFile }, { reasonOf }, { jsonLine }] = await Promise.all([
    import('../../storage/replacement.js'),
    import('../../storage/failures.js'),
    import('../../wording/printable.js'),
  ]);
  await replaceFile(path, jsonLine(latest)).catch((error: unknown) => {
    throw new ImporterError('storage_failed', `The summary can't be written to ${path}: ${reasonOf(error)}.`, {
      next: 'What is said to be done is done all the same. Make room, or name another path with --latest.',
      cause: error,
    });
  });
}

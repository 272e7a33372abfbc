import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { collectSignals } from '../signals.js';
import { withKey } from '../keys.js';
import { print, printJson } from '../output.js';
import { follow } from '../follow/follow.js';
import { fileInWords } from '../../wording/printable.js';
import { addSettings, settingsOf } from '../settings-options.js';
import type { Settings } from '../../settings/settings.js';

export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description('Imports. Run it again and it goes on where it stopped; once all is in, it sends nothing.')
    .argument('<file>', 'CSV, TSV or .xlsx file, also gzipped or zipped; - reads standard input');
  addSettings(command, 'import').action(async (file: string) => {
    process.exitCode = await runImport(file, settingsOf(command, 'import'));
  });
}

async function runImport(file: string, settings: Settings): Promise<number> {
  const signals = collectSignals();
  const watched = follow(settings, `Reading ${fileInWords(file)}`);
  const { importContacts } = await import('../../run/import/import.js');
  try {
    const { summary, stoppedBy, exitStatus } = await importContacts({
      ...(await withKey(settings)),
      file,
      stdin: process.stdin,
      signal: signals.signal,
      onEvent: watched.listener,
    });
    watched.close();
    if (settings.json === true) printJson(summary);
    else if (settings.quiet !== true) {
      const { summaryInWords } = await import('../views/words.js');
      print(summaryInWords(summary));
    }
    if (stoppedBy) {
      const { reportError } = await import('../report-error.js');
      reportError(stoppedBy, settings.progress === 'json');
    }
    await writeLatest(settings.latest, { ...summary, exit: exitStatus, ...errorOf(stoppedBy) });
    return exitStatus;
  } catch (error) {
    watched.close();
    if (error instanceof ImporterError && error.code !== 'storage_failed' && (await isOurs(file, settings))) {
      await writeLatest(settings.latest, { file, exit: error.exitStatus, ...errorOf(error) });
    }
    // A signal before anything began is not a failure to begin.
    if (signals.signal.aborted && error === signals.signal.reason && error instanceof ImporterError)
      return error.exitStatus;
    throw error;
  } finally {
    signals.dispose();
  }
}

function errorOf(error: ImporterError | undefined): { error?: string; message?: string } {
  return error === undefined ? {} : { error: error.code, message: error.message };
}

/** Whether the summary may be written: a run that was not begun may have found somebody else's file there. */
async function isOurs(file: string, settings: Settings): Promise<boolean> {
  const [{ checkRunPaths }, { importPathsOf }] = await Promise.all([
    import('../../run/outputs/check.js'),
    import('../../run/outputs/import-outputs.js'),
  ]);
  const paths = importPathsOf({ ...settings, file });
  return checkRunPaths([file], { ...paths, latest: settings.latest }).then(
    () => true,
    () => false,
  );
}

/**
 * Puts how the run ended where a monitor looks for it, whichever way it ended.
 * @throws ImporterError `storage_failed`
 */
async function writeLatest(path: string | undefined, latest: object): Promise<void> {
  if (path === undefined) return;
  const [{ replaceFile }, { storageFailed }] = await Promise.all([
    import('../../storage/replacement.js'),
    import('../../storage/failures.js'),
  ]);
  const text = `${JSON.stringify({ ...latest, endedAt: new Date().toISOString() })}\n`;
  await replaceFile(path, async (target) => void (await target.write(text))).catch((error: unknown) => {
    throw storageFailed(path, error);
  });
}

import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { beforeAnything, collectSignals } from '../process/signals.js';
import { withKey } from '../keys.js';
import { namingFile } from '../again.js';
import { asImporterError, endedInJson } from '../ended.js';
import { noteEnding, postEnded, tellUnbegun, writeLatest, writeRunning } from '../how-it-ended.js';
import { endThoughUnread, print, printJson } from '../output.js';
import { areLinesJson, reportError } from '../report-error.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { namedInput, requireNamed, type NamedInput } from '../../run/reading/named-input.js';
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
  const { file, files = [file] } = input;
  let endAtOnce: ((exit: number) => void) | undefined;
  const signals = collectSignals(undefined, (exit) => endAtOnce?.(exit));
  const watched = follow(settings, readingPhase(file));
  const { importContacts } = await import('../../run/import/import.js');
  const start = new Date().toISOString();
  let reached: { readonly api?: string; readonly bot?: string } = {};
  try {
    await requireNamed(input);
    endAtOnce = await writeRunning(files, settings, { file, start });
    const { summary, stoppedBy, exitStatus } = await importContacts({
      ...(await withKey(settings, signals.signal)),
      ...input,
      stdin: process.stdin,
      signal: signals.signal,
      onEvent: (event) => {
        if (event.type === 'started') reached = { api: event.api, bot: event.bot };
        watched.listener(event);
      },
    });
    watched.close();
    endAtOnce = undefined;
    // What is printed says how the command ends: also where that can't be written down.
    const unwritten = await writeLatest(settings, summary, stoppedBy);
    const exit = unwritten?.exitStatus ?? exitStatus;
    const { filesOf } = await import('../../run/outputs/named-again.js');
    const stopped = unwritten ?? stoppedBy;
    const reason = stopped && namingFile(stopped, filesOf(input), settings);
    if (settings.json === true) printJson(endedInJson({ ...summary, exit, stoppedBy: reason }));
    else if (settings.quiet !== true) {
      const [{ summaryInWords }, { countToUndo }] = await Promise.all([
        import('../views/words.js'),
        import('../../run/undo/reach.js'),
      ]);
      // How far an undo goes is told beside it: not to know it stops nothing.
      const toUndo = summary.undoable ? await countToUndo(summary).catch(() => undefined) : undefined;
      print(summaryInWords(summary, settings, toUndo));
    }
    if (reason) reportError(reason, areLinesJson(settings));
    await postEnded(settings, summary, stoppedBy, signals.signal);
    if (stoppedBy) endThoughUnread();
    return exit;
  } catch (error) {
    watched.close();
    endAtOnce = undefined;
    const ended = beforeAnything(asImporterError(error), signals, 'Nothing was sent.');
    const { summaryOfGuarded } = await import('../../run/import/guard.js');
    const known = { file, ...reached, ...summaryOfGuarded(error), start };
    const hasStarted = reached.api !== undefined;
    await tellUnbegun(ended, { files, settings, known, hasStarted, stop: signals.signal });
    // Of a bug the place where it happened is shown.
    if (!(error instanceof ImporterError)) noteEnding(error, ended);
    throw error instanceof ImporterError ? ended : error;
  } finally {
    signals.dispose();
  }
}

import type { Command } from 'commander';
import { nameOfImported, requireListOrState } from '../../run/reading/kept/which-list.js';
import { ImporterError } from '../../errors.js';
import type { Settings } from '../../settings/settings.js';
import { namingFile, toldToRejects } from '../again.js';
import { toldAgain } from '../../run/outputs/telling/told-again.js';
import { isConfirmed } from '../ask.js';
import { withKey } from '../keys.js';
import { endedInJson, tellEnded } from '../ended.js';
import { endThoughUnread, print, printJson, say } from '../output.js';
import { areLinesJson, reportError } from '../report-error.js';
import { follow } from '../follow/follow.js';
import { jsonLine } from '../../wording/printable.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { beforeAnything, collectSignals } from '../process/signals.js';
import type { UndoPlan } from '../../run/undo/undo-plan.js';

export function registerUndo(program: Command): void {
  const command = program
    .command('undo')
    .description(
      'Takes back the newest import of FILE (or of a sheet of it) that was run with --live. Shows its plan and asks first.',
    )
    .argument(
      '[file...]',
      'what was imported, named as it was then; it need not exist any more, and is not needed with --name',
    );
  addSettings(command, 'undo').action(async (paths: string[]) => {
    const settings = settingsOf(command, 'undo');
    process.exitCode = await runUndo(paths, settings);
  });
}

async function runUndo(paths: readonly string[], settings: Settings): Promise<number> {
  const file = await nameOfImported(paths, settings, 'undo');
  const [{ checkpointOf }, { requireWorkDir }, { checkpointOutputs }] = await Promise.all([
    import('../../run/settings.js'),
    import('../../run/known/state-of-source.js'),
    import('../../run/outputs/forms/forms.js'),
  ]);
  requireWorkDir(settings);
  const checkpoint = checkpointOf(file, settings);
  const kept = checkpointOutputs(checkpoint).map(({ path }) => path);
  await requireListOrState(paths, kept);
  if (settings.yes !== true && !(process.stdin.isTTY && process.stderr.isTTY)) {
    // Where nothing can be undone, that is what is wrong.
    const { importToUndo } = await import('../../run/undo/which-import.js');
    await importToUndo({ ...settings, file }, checkpoint);
    throw new ImporterError('usage', 'undo asks before it writes, and this is no terminal.', {
      next: 'Use --yes to undo without being asked.',
    });
  }
  const signals = collectSignals();
  const watched = follow(settings, 'Reading what was imported');
  const [{ undoImport }, { undoResultInWords }] = await Promise.all([
    import('../../run/undo/undo.js'),
    import('../views/undo-words.js'),
  ]);
  try {
    const result = await undoImport({
      ...(await withKey(settings, signals.signal)),
      file,
      confirm: async (plan) => {
        watched.pause();
        const isAgreed = await showAndAsk(plan, settings);
        if (isAgreed) watched.enterWriting('Undoing', plan.toDelete + plan.toSetBack);
        return isAgreed;
      },
      signal: signals.signal,
      onEvent: watched.listener,
    });
    watched.close();
    const stoppedBy = result.stoppedBy && namingFile(result.stoppedBy, paths, settings);
    tellEnded(settings, { ...result, stoppedBy });
    if (settings.json === true) printJson(endedInJson({ ...result, stoppedBy }));
    else {
      const again = toldAgain({ ...settings, sheet: undefined }, 'undo');
      print(undoResultInWords(result, { sheets: again, rejects: toldToRejects(settings, true, 'undo') }));
    }
    if (stoppedBy) {
      reportError(stoppedBy, areLinesJson(settings));
      endThoughUnread();
    }
    return result.exitStatus;
  } catch (error) {
    watched.close();
    throw beforeAnything(error, signals, 'Nothing was undone.');
  } finally {
    signals.dispose();
  }
}

/** On standard error, so that standard output has the result alone. */
async function showAndAsk(plan: UndoPlan, settings: Settings): Promise<boolean> {
  const isAgreed = settings.yes === true;
  if (isAgreed && settings.quiet === true) return true;
  const { undoPlanInFacts, undoPlanInWords } = await import('../views/undo-words.js');
  // A person is asked in words.
  const isForProgram = isAgreed && areLinesJson(settings);
  say(
    isForProgram
      ? jsonLine(undoPlanInFacts(plan, new Date()))
      : undoPlanInWords(plan, { rejects: toldToRejects(settings, true, 'undo') }),
  );
  if (isAgreed) return true;
  return isConfirmed('Undo it?', 'Nothing was undone.');
}

import type { Command } from 'commander';
import { nameOfInput } from '../../run/reading/named-input.js';
import { ImporterError } from '../../errors.js';
import type { Settings } from '../../settings/settings.js';
import { toldAgain, toldToRejects } from '../again.js';
import { isConfirmed } from '../ask.js';
import { withKey } from '../keys.js';
import { endedInJson } from '../ended.js';
import { endThoughUnread, print, printJson, say } from '../output.js';
import { follow } from '../follow/follow.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { beforeAnything, collectSignals } from '../signals.js';
import type { UndoPlan } from '../../run/undo/undo-plan.js';

export function registerUndo(program: Command): void {
  const command = program
    .command('undo')
    .description(
      'Takes back the newest import of FILE (or of a sheet of it) that was run with --live. Shows its plan and asks first.',
    )
    .argument(
      '[file...]',
      'what was imported, as it was named then; it need not exist any more, nor be told beside --name',
    );
  addSettings(command, 'undo').action(async (paths: string[]) => {
    const settings = settingsOf(command, 'undo');
    process.exitCode = await runUndo(await nameOfInput(paths, settings.name), settings);
  });
}

async function runUndo(file: string, settings: Settings): Promise<number> {
  if (settings.yes !== true && !(process.stdin.isTTY && process.stderr.isTTY)) {
    // Where nothing can be undone, that is what is wrong.
    const [{ importToUndo }, { checkpointOf }, { requireWorkDir }] = await Promise.all([
      import('../../run/undo/which-import.js'),
      import('../../run/settings.js'),
      import('../../run/known/state-of-source.js'),
    ]);
    requireWorkDir(settings);
    await importToUndo({ ...settings, file }, checkpointOf(file, settings));
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
        const isAgreed = await showAndAsk(plan, settings.yes === true, settings.quiet === true);
        if (isAgreed) watched.enterWriting('Undoing', plan.toDelete + plan.toSetBack);
        return isAgreed;
      },
      signal: signals.signal,
      onEvent: watched.listener,
    });
    watched.close();
    if (settings.json === true) printJson(endedInJson(result));
    else {
      const again = toldAgain({ ...settings, sheet: undefined }, 'undo');
      print(undoResultInWords(result, { sheets: again, rejects: toldToRejects(settings, true, 'undo') }));
    }
    if (result.stoppedBy) {
      const { reportError } = await import('../report-error.js');
      reportError(result.stoppedBy);
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
async function showAndAsk(plan: UndoPlan, isAgreed: boolean, isQuiet: boolean): Promise<boolean> {
  if (isAgreed && isQuiet) return true;
  const { undoPlanInWords } = await import('../views/undo-words.js');
  say(undoPlanInWords(plan));
  if (isAgreed) return true;
  return isConfirmed('Undo it?', 'Nothing was undone.');
}

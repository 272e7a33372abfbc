import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { namedInput, requireNamed, type NamedInput } from '../../run/reading/named-input.js';
import type { Settings } from '../../settings/settings.js';
import { shellWord } from '../../wording/shell.js';
import type { FilesOfRejects } from '../views/verify-words.js';
import type { VerifyResult } from '../../run/verify/verify-result.js';
import { correctedIn } from '../../run/reading/origins.js';
import { defaultPaths } from '../../run/settings.js';
import { toldToRejects } from '../again.js';
import { toldAgain } from '../../run/outputs/telling/told-again.js';
import { withKey } from '../keys.js';
import { endedInJson, tellEnded } from '../ended.js';
import { print, printJson } from '../output.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { beforeAnything, collectSignals } from '../process/signals.js';

export function registerVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('Compares Clarky with the file and says where they differ. Writes nothing to Clarky.')
    .argument(
      '<file...>',
      'spreadsheet of any kind, vCards or JSON; several, or a folder, are one list; - reads standard input',
    );
  addSettings(command, 'verify').action(async (paths: string[]) => {
    process.exitCode = await runVerify(await namedInput(paths), settingsOf(command, 'verify'));
  });
}

async function runVerify(input: NamedInput, settings: Settings): Promise<number> {
  const { file } = input;
  const signals = collectSignals();
  const watched = follow(settings, readingPhase(file));
  const { verifyContacts } = await import('../../run/verify/verify.js');
  try {
    await requireNamed(input);
    const result = await verifyContacts({
      ...(await withKey(settings, signals.signal)),
      ...input,
      stdin: process.stdin,
      signal: signals.signal,
      onEvent: watched.listener,
      onChecked: (checked, total) => watched.enter('Checked', checked, total),
    });
    watched.close();
    tellEnded(settings, result);
    if (settings.json === true) printJson(endedInJson(result));
    else {
      const [{ verifyInWords }, { filesOf }] = await Promise.all([
        import('../views/verify-words.js'),
        import('../../run/outputs/named-again.js'),
      ]);
      const told = toldAgain(settings, 'import', process.env, result.isImportKnown);
      const files = filesOf(input).map(shellWord).join(' ');
      const list = files + told;
      const plan = files + toldAgain(settings, 'plan');
      const rejects = { ...rejectsOf(result, { ...settings, live: result.wasLive }, told), plan };
      print(verifyInWords(result, Math.min(process.stdout.columns || 80, 120), list, rejects));
    }
    return result.exitStatus;
  } catch (error) {
    watched.close();
    throw beforeAnything(error, signals, 'Nothing was changed.');
  } finally {
    signals.dispose();
  }
}

/** The files in which what an import rejected is corrected, or was corrected and is to be sent. */
function rejectsOf(
  { file, isRejectsFile, unsentRejects }: VerifyResult,
  settings: Settings,
  told: string,
): Omit<FilesOfRejects, 'plan'> {
  const { rejects } = defaultPaths(file, settings);
  const live = settings.live === true ? ' --live' : '';
  const own = correctedIn(file, rejects, isRejectsFile);
  return {
    path: existsSync(own) ? own : undefined,
    told: own === file ? told + live : toldToRejects(settings, true),
    unsent: unsentRejects ?? [],
  };
}

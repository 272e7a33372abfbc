import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { namedInput, requireNamed, type NamedInput } from '../../run/reading/named-input.js';
import type { Settings } from '../../settings/settings.js';
import { shellWord } from '../../wording/shell.js';
import { correctedIn } from '../../run/reading/origins.js';
import { defaultPaths } from '../../run/settings.js';
import { toldAgain, toldToRejects } from '../again.js';
import { withKey } from '../keys.js';
import { endedInJson } from '../ended.js';
import { print, printJson } from '../output.js';
import { follow } from '../follow/follow.js';
import { readingPhase } from '../follow/reading-phase.js';
import { addSettings, settingsOf } from '../settings-options.js';
import { beforeAnything, collectSignals } from '../signals.js';

export function registerVerify(program: Command): void {
  const command = program
    .command('verify')
    .description('Reads the workspace back and says where it is not what the file says. Writes nothing to Clarky.')
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
    if (settings.json === true) printJson(endedInJson(result));
    else {
      const [{ verifyInWords }, { filesOf }] = await Promise.all([
        import('../views/verify-words.js'),
        import('../../run/outputs/named-again.js'),
      ]);
      const told = toldAgain(settings, 'import', process.env, result.isImportKnown);
      const list = filesOf(input).map(shellWord).join(' ') + told;
      const rejects = rejectsOf(input, { ...settings, live: result.wasLive }, told);
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

/** The file in which what an import rejected is corrected, where there is one. */
function rejectsOf(
  { file }: NamedInput,
  settings: Settings,
  told: string,
): { readonly path: string; readonly told: string } | undefined {
  const { rejects } = defaultPaths(file, settings);
  if (!existsSync(rejects)) return undefined;
  const path = correctedIn(file, rejects);
  const live = settings.live === true ? ' --live' : '';
  return { path: shellWord(path), told: path === file ? told + live : toldToRejects(settings, true) };
}

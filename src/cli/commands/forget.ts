import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { nameOfImported, requireListOrState } from '../../run/reading/kept/which-list.js';
import { defaultPaths } from '../../run/settings.js';
import { isConfirmed } from '../ask.js';
import { answeredInJson } from '../ended.js';
import { leftoversRemoved } from '../process/leftovers.js';
import { print, printJson, say } from '../output.js';
import { shellWord } from '../../wording/shell.js';
import type { ForgetResult } from '../../run/forget.js';
import { addSettings, settingsOf } from '../settings-options.js';

async function ask(paths: readonly string[]): Promise<boolean> {
  const { printable } = await import('../../wording/printable.js');
  say(`This removes:\n${paths.map((path) => `  ${printable(path)}\n`).join('')}`);
  if (paths.some((path) => path.endsWith('.undo.jsonl'))) say("The import can't be taken back after that.\n");
  return isConfirmed('Remove them?', 'Nothing was removed.');
}

/** What is left, and what may be done about it. */
function leftInWords({ kept, imported }: ForgetResult, isAll: boolean): string {
  const list = (paths: readonly string[], before: string, after = ''): string =>
    paths.map((path) => `  ${before}${shellWord(path)}${after}\n`).join('');
  return [
    kept.length === 0 ? '' : `Kept, with corrections that may not be imported yet:\n${list(kept, '')}`,
    kept.length === 0 ? '' : 'Import what is still wanted of it, then delete it yourself.\n',
    imported.length === 0
      ? ''
      : `Of its rejects, which were imported from their own file:\n${list(imported, 'clarky-contacts forget ', isAll ? ' --all' : '')}`,
  ].join('');
}

export function registerForget(program: Command): void {
  const command = program
    .command('forget')
    .description('Removes what was kept of the workspace for FILE (personal data). FILE itself stays. Needs no key.')
    .argument(
      '[file...]',
      'what was imported, named as it was then; it need not exist any more, and is not needed with --name',
    );
  addSettings(command, 'forget').action(async (paths: string[]) => {
    const settings = settingsOf(command, 'forget');
    const start = new Date().toISOString();
    const { forgetFiles } = await import('../../run/forget.js');
    // What is gone can't be undone, or costs another upsert of every contact: a person is asked, a script knows.
    const isAsked = settings.yes !== true && process.stdin.isTTY && process.stderr.isTTY;
    let isAgreed = true;
    const confirm = async (paths: readonly string[]): Promise<boolean> => (isAgreed = await ask(paths));
    const forgotten = await forgetFiles(await nameOfImported(paths, settings, 'forget'), {
      ...settings,
      ...(isAsked ? { confirm } : {}),
    });
    const { checkpoint, log, rejects, report } = defaultPaths(forgotten.file, settings);
    const left = [settings.checkpoint ?? checkpoint, log, rejects, report];
    const { removed, kept, imported } = forgotten;
    const isKnown = [removed, kept, imported].some((found) => found.length > 0) || !isAgreed;
    if (!isKnown) await requireListOrState(paths, left);
    const result = { ...forgotten, removed: [...leftoversRemoved(), ...removed] };
    if (settings.json === true) {
      printJson(answeredInJson(start, result));
      return;
    }
    if (!isAgreed) {
      print('Nothing was removed.\n');
      return;
    }
    const { printable } = await import('../../wording/printable.js');
    if (leftoversRemoved().length > 0) print('A run that was killed had left its private copy of what it read.\n');
    print(
      result.removed.length === 0
        ? 'There was nothing to remove.\n'
        : `Removed:\n${result.removed.map((path) => `  ${printable(path)}\n`).join('')}`,
    );
    print(leftInWords(result, settings.all === true));
    const stays = left.some((path) => existsSync(path));
    if (settings.all !== true && stays) print('Checkpoint, log, rejects and report stay: --all removes them too.\n');
  });
}

import type { Command } from 'commander';
import { nameOfInput } from '../../run/reading/named-input.js';
import { isConfirmed } from '../ask.js';
import { leftoversRemoved } from '../leftovers.js';
import { print, printJson, say } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

async function ask(paths: readonly string[]): Promise<boolean> {
  const { printable } = await import('../../wording/printable.js');
  say(`This removes:\n${paths.map((path) => `  ${printable(path)}\n`).join('')}`);
  if (paths.some((path) => path.endsWith('.undo.jsonl'))) say('The import can’t be taken back after that.\n');
  return isConfirmed('Remove them?', 'Nothing was removed.');
}

export function registerForget(program: Command): void {
  const command = program
    .command('forget')
    .description('Removes what was kept of the workspace for FILE (personal data). FILE itself stays. Needs no key.')
    .argument('<file...>', 'what was imported, as it was named then; it need not exist any more');
  addSettings(command, 'forget').action(async (paths: string[]) => {
    const settings = settingsOf(command, 'forget');
    const { forgetFiles } = await import('../../run/forget.js');
    // What is gone can't be undone, or costs another upsert of every contact: a person is asked, a script knows.
    const isAsked = settings.yes !== true && process.stdin.isTTY && process.stderr.isTTY;
    let isAgreed = true;
    const confirm = async (paths: readonly string[]): Promise<boolean> => (isAgreed = await ask(paths));
    const forgotten = await forgetFiles(await nameOfInput(paths), { ...settings, ...(isAsked ? { confirm } : {}) });
    const result = { ...forgotten, removed: [...leftoversRemoved(), ...forgotten.removed] };
    if (settings.json === true) {
      printJson(result);
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
    if (settings.all !== true) print('Checkpoint, log, rejects and report stay: --all removes them too.\n');
  });
}

import type { Command } from 'commander';
import { print, printJson } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerForget(program: Command): void {
  const command = program
    .command('forget')
    .description('Removes what was kept of the workspace for FILE (personal data). FILE itself stays. Needs no key.')
    .argument('<file>', 'the file that was imported; it need not exist any more');
  addSettings(command, 'forget').action(async (file: string) => {
    const settings = settingsOf(command, 'forget');
    const { forgetFiles } = await import('../../run/forget.js');
    const result = await forgetFiles(file, settings);
    if (settings.json === true) {
      printJson(result);
      return;
    }
    const { printable } = await import('../../wording/printable.js');
    print(
      result.removed.length === 0
        ? 'There was nothing to remove.\n'
        : `Removed:\n${result.removed.map((path) => `  ${printable(path)}\n`).join('')}`,
    );
  });
}

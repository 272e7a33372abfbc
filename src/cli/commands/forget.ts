import type { Command } from 'commander';
import { print, printJson, say } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

async function ask(paths: readonly string[]): Promise<boolean> {
  const [clack, { printable }] = await Promise.all([import('@clack/prompts'), import('../../wording/printable.js')]);
  say(`This removes:\n${paths.map((path) => `  ${printable(path)}\n`).join('')}`);
  const answer = await clack.confirm({ message: 'Remove them?', initialValue: false, output: process.stderr });
  return answer === true;
}

export function registerForget(program: Command): void {
  const command = program
    .command('forget')
    .description('Removes what was kept of the workspace for FILE (personal data). FILE itself stays. Needs no key.')
    .argument('<file>', 'the file that was imported; it need not exist any more');
  addSettings(command, 'forget').action(async (file: string) => {
    const settings = settingsOf(command, 'forget');
    const { forgetFiles } = await import('../../run/forget.js');
    // A checkpoint that is gone costs another upsert of every contact: a person is asked, a script knows.
    const isAsked = settings.all === true && settings.yes !== true && process.stdin.isTTY && process.stderr.isTTY;
    const result = await forgetFiles(file, { ...settings, confirm: isAsked ? ask : undefined });
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

import type { Command } from 'commander';
import { nameOfImported, requireListOrState } from '../../run/reading/kept/which-list.js';
import type { Settings } from '../../settings/settings.js';
import { shellWord } from '../../wording/shell.js';
import { answeredInJson } from '../ended.js';
import { print, printJson } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .description('What the checkpoint of FILE holds: accepted, rejected, last run. Needs no key.')
    .argument(
      '[file...]',
      'what was imported, named as it was then; it need not exist any more, and is not needed with --name',
    );
  addSettings(command, 'status').action(async (paths: string[]) => {
    const settings = settingsOf(command, 'status');
    const start = new Date().toISOString();
    const { readStatus, importerOf } = await import('../../run/status.js');
    const file = await nameOfImported(paths, settings, 'status');
    // Before what it writes is read: one that ends meanwhile has said so by then.
    const importer = await importerOf(file, settings);
    const status = await readStatus(file, settings);
    if (importer === undefined) await requireListOrState(paths, [status.checkpoint]);
    if (settings.json === true) {
      printJson(answeredInJson(start, status));
      return;
    }
    const [{ statusInWords }, { statesBeside }] = await Promise.all([
      import('../views/status-words.js'),
      import('../../run/reading/dated-exports.js'),
    ]);
    const isNamed = settings.name !== undefined || settings.checkpoint !== undefined;
    const isKnown = status.scopes.length > 0;
    const instead = isKnown || isNamed ? [] : (await statesBeside(file, settings)).map((what) => what + told(settings));
    print(statusInWords(status, importer, instead));
  });
}

function told({ workDir }: Settings): string {
  return workDir === undefined ? '' : ` --work-dir ${shellWord(workDir)}`;
}

import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { print, say } from '../output.js';
import { addSettings, settingsOf } from '../settings-options.js';

export function registerMap(program: Command): void {
  const command = program
    .command('map')
    .description('Proposes a column mapping, lets you change it, and writes it as a mapping file.')
    .argument('<file>', 'CSV, TSV or .xlsx file, also gzipped or zipped');
  addSettings(command, 'map').action(async (file: string) => {
    const settings = settingsOf(command, 'map');
    if (settings.yes !== true && !(process.stdin.isTTY && process.stderr.isTTY)) {
      throw new ImporterError('usage', 'There is no terminal to ask at.', {
        next: 'Use --yes to write the proposal as it is, and edit the file.',
      });
    }
    const { findOpenColumns, proposeMapping, writeMapping } = await import('../../run/map.js');
    // The mapping file is what is written here: where there is none yet, the columns are inferred.
    const options = { ...settings, file, stdin: process.stdin };
    const proposal = await proposeMapping(options);
    const { walkThrough } = await import('../map-wizard.js');
    const mapping =
      settings.yes === true
        ? proposal.mapping
        : await walkThrough(proposal, (decided) => findOpenColumns(options, decided));
    if (mapping === undefined) {
      say('Nothing was written.\n');
      process.exitCode = 130;
      return;
    }
    await writeMapping(proposal, mapping);
    const undecided = mapping.columns.filter(({ target }) => target.kind === 'undecided').length;
    print(
      `Wrote ${proposal.path}.${undecided === 0 ? '' : ` ${undecided} ${undecided === 1 ? 'column is' : 'columns are'} still undecided and left out.`}\n`,
    );
  });
}

import type { Command } from 'commander';
import { addApiOptions, apiOptions, type ParsedSettings } from '../settings-options.js';

export function registerBots(program: Command): void {
  const command = program.command('bots').description('Lists the bot ids that the key can see, from its pipelines.');
  addApiOptions(command);
  command
    .option('--json', 'one JSON object on standard output')
    .action(async (flags: ParsedSettings & { json?: true }) => {
      const { listBots } = await import('../../run/bots.js');
      const bots = await listBots(await apiOptions(flags));
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify({ bots })}\n`);
        return;
      }
      const { printable } = await import('../../wording/printable.js');
      if (bots.length === 0) process.stdout.write('The key sees no bot: the workspace has no pipeline.\n');
      for (const { id, pipelines } of bots) {
        process.stdout.write(`${printable(id)}  ${printable(pipelines.join(', '))}\n`);
      }
    });
}

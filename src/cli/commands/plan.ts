import { Option, type Command } from 'commander';
import { ImporterError } from '../../errors.js';
import {
  addApiOptions,
  addReadingOptions,
  apiOptions,
  readingOptions,
  type ParsedSettings,
} from '../settings-options.js';

interface PlanFlags extends ParsedSettings {
  json?: true;
  live?: true;
  diff?: true;
  resend?: true;
  retryRejected?: true;
}

export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('The dry run: shows what an import would do, and sends nothing. Needs no key.')
    .argument('<file>', 'CSV, TSV or .xlsx file, also gzipped or zipped; - reads standard input');
  addReadingOptions(command);
  addApiOptions(command);
  command
    .option('--live', 'read the workspace too (needs a key): what is there already, and who')
    .option('--diff', 'with --live: list the fields that each update would change, old and new')
    .option('--resend', 'as if the checkpoint knew no contact as unchanged')
    .option('--retry-rejected', 'as if nothing had been refused in an earlier run')
    .addOption(new Option('--json', 'one JSON object on standard output'))
    .action(async (file: string, flags: PlanFlags) => {
      if (flags.diff === true && flags.live !== true) {
        throw new ImporterError('usage', '--diff compares with the workspace.', {
          next: 'Use it together with --live.',
        });
      }
      const { planContacts } = await import('../../run/plan/plan.js');
      const plan = await planContacts({
        ...readingOptions(file, flags),
        bot: flags.bot,
        apiUrl: flags.apiUrl,
        rate: flags.rate,
        resend: flags.resend,
        retryRejected: flags.retryRejected,
        ...(flags.live === true ? { live: await apiOptions(flags), diff: flags.diff } : {}),
      });
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(plan)}\n`);
        return;
      }
      const { planInWords } = await import('../views/plan-words.js');
      process.stdout.write(planInWords(plan, Math.min(process.stdout.columns || 80, 120)));
    });
}

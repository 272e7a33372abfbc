import type { Command } from 'commander';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('What the checkpoint of FILE holds: accepted, refused, last run. Needs no key.')
    .argument('<file>', 'the file that was imported; it need not exist any more')
    .option('--checkpoint <path>', 'checkpoint (default: FILE.checkpoint.jsonl)')
    .option('--json', 'one JSON object on standard output')
    .action(async (file: string, flags: { checkpoint?: string; json?: true }) => {
      const { readStatus } = await import('../../run/status.js');
      const status = await readStatus(file, { checkpoint: flags.checkpoint });
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(status)}\n`);
        return;
      }
      const { statusInWords } = await import('../views/status-words.js');
      process.stdout.write(statusInWords(status));
    });
}

import type { Command } from 'commander';

export function registerForget(program: Command): void {
  program
    .command('forget')
    .description('Removes what was kept of the workspace for FILE (personal data). FILE itself stays. Needs no key.')
    .argument('<file>', 'the file that was imported; it need not exist any more')
    .option('--checkpoint <path>', 'checkpoint (default: FILE.checkpoint.jsonl)')
    .option('--all', 'also the checkpoint, the log, the rejects and the differences')
    .option('--json', 'one JSON object on standard output')
    .action(async (file: string, flags: { checkpoint?: string; all?: true; json?: true }) => {
      const { forgetFiles } = await import('../../run/forget.js');
      const result = await forgetFiles(file, { checkpoint: flags.checkpoint, all: flags.all });
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(result)}\n`);
        return;
      }
      const { printable } = await import('../../wording/printable.js');
      process.stdout.write(
        result.removed.length === 0
          ? 'There was nothing to remove.\n'
          : `Removed:\n${result.removed.map((path) => `  ${printable(path)}\n`).join('')}`,
      );
    });
}

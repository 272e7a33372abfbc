import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { didYouMean } from '../../edit-distance.js';

/** @param program gives the commands and options that are completed */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .description('Prints a script for a shell that completes commands, options, files and profiles.')
    .argument('<shell>', 'bash, zsh or fish')
    .action(async (shell: string) => {
      const { completionFor, SHELLS } = await import('../help/completion.js');
      const script = completionFor(shell, program);
      if (script === undefined) {
        throw new ImporterError('usage', `There is no completion for ${shell}.`, {
          next: didYouMean(shell, SHELLS, `There is one for ${SHELLS.join(', ')}.`),
        });
      }
      // Shells read it: it goes out as it is.
      process.stdout.write(script);
    });
}

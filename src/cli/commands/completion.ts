import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { nearestNames } from '../../edit-distance.js';
import { listed } from '../../wording/rows/lines.js';

const OTHER_SHELLS = /^(?:t?csh|k?sh|mksh|d?ash|powershell|pwsh|cmd|nu|nushell|elvish|xonsh)$/i;

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
        // tcsh is a shell of its own, and no slip.
        const [meant] = OTHER_SHELLS.test(shell) ? [] : nearestNames(shell, SHELLS);
        const near = meant === undefined ? '' : `Did you mean ${meant}? `;
        const next = `${near}There is one for ${listed(SHELLS)}.`;
        throw new ImporterError('usage', `There is no completion for ${shell}.`, { next });
      }
      // Shells read it: it goes out as it is.
      process.stdout.write(script);
    });
}

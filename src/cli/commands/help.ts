import type { Command } from 'commander';
import { ImporterError } from '../../errors.js';
import { didYouMean } from '../../edit-distance.js';
import { print } from '../output.js';

/** `help`, `help COMMAND`, `help TOPIC`. */
export function registerHelp(program: Command): void {
  program.helpCommand(false);
  program
    .command('help')
    .description('Help on a command, or on a topic: checkpoint, mapping-file, exit-status, settings.')
    .argument('[topic...]', 'a command or a topic')
    .action(async (words: readonly string[]) => {
      if (words.length === 0) return program.outputHelp();
      const name = words.join('-').toLowerCase();
      const command = program.commands.find((candidate) => candidate.name() === name);
      if (command) return command.outputHelp();
      const { topicNamed, TOPIC_NAMES } = await import('../help/help-topics.js');
      const text = topicNamed(name);
      if (text === undefined) {
        const all = [...program.commands.map((candidate) => candidate.name()), ...TOPIC_NAMES];
        throw new ImporterError('usage', `There is no help on ${words.join(' ')}.`, {
          next: didYouMean(name, all, `There is help on every command, and on ${TOPIC_NAMES.join(', ')}.`),
        });
      }
      print(text);
    });
}

/** Corrections in a rejects file that no import has sent: each command on their list leads to them. */
import { shellWord } from '../../wording/shell.js';

const command = (path: string, told: string): string => `import ${shellWord(path)}${told}`;

/** The steps that send them, each with its command. @param told what an import of the rejects is told, each flag after a blank */
export function unsentSteps(unsent: readonly string[], told: string): [what: string, command: string][] {
  return unsent.map((path) => [`send what was corrected in ${shellWord(path)}`, command(path, told)]);
}

/** The same under a heading of their own; empty where there are none. */
export function unsentSection(unsent: readonly string[] = [], told = ''): string[] {
  if (unsent.length === 0) return [];
  return [
    'Rejected rows were corrected, and are not sent yet. Send them with:',
    ...unsent.map((path) => `  clarky-contacts ${command(path, told)}`),
    // Of an import that was forgotten nothing is known any more.
    'If that was done and forgotten since, doing it again with --live makes nobody',
    'twice.',
  ];
}

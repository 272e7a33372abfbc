/** Words of a command that is shown for a person to paste. Pure. */
import { printable } from './printable.js';
import { widthOf } from './width.js';

/** What a shell would read otherwise than as a letter of a name; `=` where it stands first, for zsh. */
const SPECIAL = /^$|^=|[\s"'`$&|;<>()*?[\]{}!#~^\\]/;

/** A file's name or path as a shell takes it: quoted where it must be, and never taken for an option. */
export function shellWord(path: string): string {
  return shellArgument(path.startsWith('-') && path !== '-' ? `./${path}` : path);
}

/** An argument as it was typed, options among them. */
export function shellArgument(argument: string): string {
  const shown = printable(argument);
  return SPECIAL.test(shown) ? `'${shown.replaceAll("'", "'\\''")}'` : shown;
}

/** A command is never broken: it stands on a line of its own where there is no room beside the words. */
export function commandAfter(words: string, command: string, columns = 80): string[] {
  const line = `  ${words} ${command}`;
  return widthOf(line) <= columns ? [line] : [`  ${words}`, `    ${command}`];
}

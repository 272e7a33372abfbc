/** What the reader of the command line finds wrong, said as every other error is. */
import type { CommanderError } from 'commander';
import { ImporterError } from '../../errors.js';
import { commandOf } from './argument-slips.js';
import { optionSlip } from './option-slips.js';

/** What other programs call a run that sends nothing. */
const DRY_RUN = /^--?(?:dry-?run|preview|simulate|check|n)$/i;

/** @param command the one that was typed, if there is such a one */
export function mistyped({ message }: CommanderError, args: readonly string[], command?: string): ImporterError {
  const [sentence = '', ...more] = message.replace(/^error: /, '').split('\n');
  // What follows = may be a key.
  const wrong = sentence.replace(/(unknown option '[^'=\n]*)=[^\n]*'/, "$1'").replace(/\.$/, '');
  const option = /^unknown option '([^']*)'$/.exec(wrong)?.[1];
  const help = `clarky-contacts ${command === undefined ? '' : `${command} `}--help shows what there is.`;
  if (command === 'import' && option !== undefined && DRY_RUN.test(option)) {
    const next = `Did you mean: ${commandOf(['plan', ...args.slice(1).filter((arg) => arg !== option)])}`;
    return new ImporterError('usage', `${wrong}.`, { next });
  }
  const typed = /^unknown option '([^\n]*)'$/.exec(sentence)?.[1];
  const slip = typed === undefined ? undefined : optionSlip(typed, command);
  const near = more.map((line) => line.replace(/^\(|\)$/g, '')).join(' ');
  const meant = slip === undefined ? near : (slip.next ?? '');
  return new ImporterError('usage', `${slip?.wrong ?? wrong}.`, { next: meant === '' ? help : `${meant} ${help}` });
}

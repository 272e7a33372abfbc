/** Slips that deserve a better answer than "unknown": a file without a command, a key on the command line, another word. */
import { existsSync } from 'node:fs';
import { ImporterError } from '../../errors.js';
import { holdsKey, looksLikeKey } from '../../wording/secrets.js';
import { shellWord } from '../../wording/shell.js';

/** Words that other programs have for what a command does. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  upload: 'import',
  send: 'import',
  sync: 'import',
  load: 'import',
  run: 'import',
  start: 'import',
  resume: 'import',
  continue: 'import',
  check: 'plan',
  preview: 'plan',
  'dry-run': 'plan',
  dryrun: 'plan',
  mapping: 'map',
  columns: 'map',
  compare: 'verify',
  diff: 'verify',
  revert: 'undo',
  rollback: 'undo',
  delete: 'forget',
  clean: 'forget',
  server: 'sandbox',
  mock: 'sandbox',
  auth: 'login',
  configure: 'login',
  open: 'ui',
  web: 'ui',
};

const KEY_FLAG = /^--?(api[-_]?)?(key|token|secret|password)(=|$)/i;

/** @throws ImporterError `usage` */
export function refuseSlips(args: readonly string[], commands: readonly string[]): void {
  const first = args.find((arg) => !arg.startsWith('-') || arg === '-');
  const isSandbox = first === 'sandbox';
  if (!isSandbox && args.some((arg) => KEY_FLAG.test(arg))) throw keyForAll();
  if (first === undefined || first !== args[0] || commands.includes(first)) return;
  if (looksLikeKey(first)) {
    throw new ImporterError('usage', 'That looks like a key, where the name of a command is expected.', {
      next: 'Put the key into the environment variable CLARKY_KEY. --help shows the commands.',
    });
  }
  const meant = Object.hasOwn(OTHER_WORDS, first.toLowerCase()) ? OTHER_WORDS[first.toLowerCase()] : undefined;
  if (meant !== undefined && commands.includes(meant)) {
    throw new ImporterError('usage', `There is no command ${first}.`, { next: `Did you mean ${meant}?` });
  }
  if (first === '-' || /[./\\]/.test(first) || existsSync(first)) {
    throw new ImporterError(
      'usage',
      `${first === '-' ? 'Standard input' : first} is a file, and what to do with it is not said.`,
      {
        next: `Did you mean: clarky-contacts import ${shellWord(first)}`,
      },
    );
  }
}

/**
 * As a value of anything it would come to stand in a checkpoint, a log, a contact.
 * @throws ImporterError `usage` where a key stands in an argument, but for those that have a sentence of their own for that
 */
export function refuseKeys(args: readonly string[]): void {
  const isTold = (arg: string | undefined): boolean =>
    arg !== undefined && /^--(?:key-file|bot|profile)(?:=|$)/.test(arg);
  if (args.some((arg, at) => holdsKey(arg) && !isTold(arg) && !isTold(args[at - 1]))) throw keyForAll();
}

function keyForAll(): ImporterError {
  return new ImporterError('usage', 'A key on the command line can be read by everybody on this machine.', {
    next: 'Put it into the environment variable CLARKY_KEY, or into a file named with --key-file.',
  });
}

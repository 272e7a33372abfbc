/** Slips that deserve a better answer than "unknown": a file without a command, a key on the command line, another word. */
import { existsSync } from 'node:fs';
import { ImporterError } from '../../errors.js';
import { settingsFor } from '../../settings/settings.js';
import { holdsKey, looksLikeKey, withoutKeys } from '../../wording/secrets.js';
import { shellArgument } from '../../wording/shell.js';

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
  remove: 'undo',
  delete: 'undo',
  clean: 'forget',
  server: 'sandbox',
  mock: 'sandbox',
  auth: 'login',
  configure: 'login',
  open: 'ui',
  web: 'ui',
  version: '--version',
};

const KEY_FLAG = /^--?(api[-_]?)?(key|token|secret|password)(=|$)/i;

/** A command that was meant, to be pasted; a key in it is not shown. */
export function commandOf(args: readonly string[]): string {
  return withoutKeys(`clarky-contacts ${args.map(shellArgument).join(' ')}`);
}

/** @throws ImporterError `usage` */
export function refuseSlips(args: readonly string[], commands: readonly string[]): void {
  refuseUnquoted(args);
  const at = args.findIndex((arg) => !arg.startsWith('-') || arg === '-');
  const isSandbox = args[at] === 'sandbox';
  if (!isSandbox && args.some((arg) => KEY_FLAG.test(arg))) throw keyForAll();
  if (at > 0 && args[0] !== '--') refuseOptionFirst(args, commands);
  const first = args[0];
  if (at !== 0 || first === undefined || commands.includes(first)) return;
  if (looksLikeKey(first)) {
    throw new ImporterError('usage', 'That looks like a key, where the name of a command is expected.', {
      next: 'Put the key into the environment variable CLARKY_KEY. --help shows the commands.',
    });
  }
  const word = first.toLowerCase();
  const meant = Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : word;
  if (meant !== undefined && (commands.includes(meant) || meant.startsWith('--'))) {
    const next = `Did you mean ${meant}? clarky-contacts --help shows what there is.`;
    throw new ImporterError('usage', `unknown command '${first}'.`, { next });
  }
  if (isFile(first)) throw withoutCommand(first, args);
}

/** Words of a file's name. */
const MOST_WORDS = 12;

/**
 * A name with a blank that was not put into quotes is several words to a shell.
 * @throws ImporterError `usage`
 */
function refuseUnquoted(args: readonly string[]): void {
  for (const [from, word] of args.entries()) {
    if (word.startsWith('-') || existsSync(word)) continue;
    for (let end = from + 2; end <= Math.min(args.length, from + MOST_WORDS); end++) {
      const name = args.slice(from, end).join(' ');
      if (!existsSync(name)) continue;
      throw new ImporterError('usage', `${word} doesn't exist: the name of the file has a blank in it.`, {
        next: `Put it into quotes: ${commandOf([...args.slice(0, from), name, ...args.slice(end)])}`,
      });
    }
  }
}

/**
 * A command stands before its options.
 * @throws ImporterError `usage`
 */
function refuseOptionFirst(args: readonly string[], commands: readonly string[]): void {
  if (args.some((arg) => /^(?:-h|--help|-V|--version)$/.test(arg))) return;
  const at = args.findIndex((arg) => commands.includes(arg));
  const command = args[at];
  if (command !== undefined) {
    throw new ImporterError('usage', 'The command stands first, before its options.', {
      next: `Did you mean: ${commandOf([command, ...args.slice(0, at), ...args.slice(at + 1)])}`,
    });
  }
  const file = args.find((arg) => !arg.startsWith('-') && isFile(arg));
  if (file !== undefined) throw withoutCommand(file, args);
}

/**
 * A variable of a shell that holds nothing gives an empty word.
 * @throws ImporterError `usage`
 */
export function refuseEmptyNames(args: readonly string[]): void {
  if (!args.some((arg) => arg.trim() === '')) return;
  throw new ImporterError('usage', 'The name of a file is empty.', {
    next: 'Name the file; where a variable was to hold the name, nothing is in it.',
  });
}

function isFile(arg: string): boolean {
  return arg === '-' || /[./\\]/.test(arg) || existsSync(arg);
}

function withoutCommand(file: string, args: readonly string[]): ImporterError {
  const what = file === '-' ? 'Standard input' : file;
  return new ImporterError('usage', `${what} is to be read, and what to do with it is not said.`, {
    next: isOfPlan(args)
      ? `See what an import would do: ${commandOf(['plan', ...args])}; then send it: ${commandOf(['import', ...args])}`
      : `Did you mean: ${commandOf(['import', ...args])}`,
  });
}

/** A plan takes each of the options, too; what is piped in is gone once it is planned. */
function isOfPlan(args: readonly string[]): boolean {
  const known = new Set(settingsFor('plan').map(([, { flag }]) => flag.replace(/[ ,].*/s, '')));
  return !args.includes('-') && args.every((arg) => !arg.startsWith('-') || known.has(arg.replace(/=.*/s, '')));
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

/** What a call of the library rejects with, in words for code: no sentence speaks of a flag, a variable or a command. */
import { DEFAULT_API_URL } from '../endpoint.js';
import { ImporterError, type ErrorCode } from '../errors.js';
import type { Wording } from '../run/outputs/listeners.js';
import { settingRows } from '../settings/settings.js';

/** What to do, where it is another thing in code. */
export const NEXT_IN_CODE: Readonly<Partial<Record<ErrorCode, string>>> = {
  unauthorized:
    "Check `key`: it may be mistyped, cut off, revoked, or for another address than `apiUrl`. Make a new one in Clarky's settings.",
  forbidden: 'What writes needs a key with the scope "write", and what reads one with "read".',
  wrong_url: `Check \`apiUrl\`; the default is ${DEFAULT_API_URL}.`,
};

const CALL_OF: Readonly<Record<string, string>> = {
  bots: 'listBots',
  forget: 'forgetFiles',
  import: 'importContacts',
  plan: 'planContacts',
  status: 'readStatus',
  undo: 'undoImport',
  verify: 'verifyContacts',
};

const OPTION_OF = new Map(
  settingRows().flatMap(([name, { flag, negation }]) => [
    [flag.replace(/ .*$/, ''), `\`${name}\``] as const,
    ...(negation === undefined ? [] : [[negation.flag, `\`${name}: false\``] as const]),
  ]),
);

const VARIABLES = / or CLARKY_[A-Z_]+|CLARKY_[A-Z_]+ or (?=--)/g;
const COMMANDS = /"?clarky-contacts ([a-z]+)(?: FILE)?"?/g;
/** With what stands for its value. */
const FLAGS = /(?<![\w-])(--[a-z][a-z-]*[a-z])(?: [A-Z]{2,}\b)?/g;

/** A command that has no call stays as it is typed, with its flags. */
const TYPED_BEFORE = /clarky-contacts [a-z]+ (?:[^\n`";.]|\.(?! ))*$/;

/** To whom a file, or several, were handed over. */
export function wordsInCode(text: string): string {
  return text
    .replace(VARIABLES, '')
    .replace(COMMANDS, (typed, command: string) => CALL_OF[command] ?? typed)
    .replace(FLAGS, (typed, flag: string, at: number, all: string) =>
      TYPED_BEFORE.test(all.slice(0, at)) ? typed : (OPTION_OF.get(flag) ?? typed),
    )
    .replace('run the same command again', 'make the same call again')
    .replace('with the map command', 'with `mapping`')
    .replace(/\bplan shows\b/, 'planContacts shows');
}

/** What is said of a file, and of rows: they can't be planned, nor looked at in a spreadsheet. */
const OF_ROWS: readonly (readonly [RegExp, string])[] = [
  [
    /^If the file is right, run once without (\S+)\. Look at it with: planContacts$/,
    'Look at the rows; if they are right, make the call once without $1.',
  ],
  [/ Both are shown by: planContacts$/, ''],
  [/^The file has (no|\d+) rows/, 'There are $1 rows'],
  [/^standard input\b/, 'What `rows` holds'],
  [/\bstandard input\b/, '`rows`'],
  [/\(planContacts shows why\)/, '(`columns` of this event say why)'],
  [/planContacts shows which, and why/, '`columns` of the event `warning` say which, and why'],
  [/planContacts shows/, 'the event `warning` shows'],
];

/** The same to whoever has handed over rows. */
export function wordsOfRows(text: string): string {
  return OF_ROWS.reduce((said, [words, others]) => said.replace(words, others), wordsInCode(text));
}

/** The same error in words for code. @param next what is to be done by the code of it, before what it says itself */
function errorInCode(error: ImporterError, next = NEXT_IN_CODE, words: Wording = wordsInCode): ImporterError {
  const own = error.next === undefined ? undefined : words(error.next);
  const { code, said, cause } = error;
  return new ImporterError(code, words(error.message), { next: next[code] ?? own, said, cause });
}

/** What a call gives, or rejects with, in words for code. */
export async function told<Result>(
  call: () => Promise<Result>,
  next = NEXT_IN_CODE,
  words: Wording = wordsInCode,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw thrownInCode(error, next, words);
  }
}

/** The same of anything that was thrown: what is not ours stays. */
export function thrownInCode(error: unknown, next = NEXT_IN_CODE, words: Wording = wordsInCode): unknown {
  return error instanceof ImporterError ? errorInCode(error, next, words) : error;
}

/** The same of a run that was stopped early. */
export async function toldOfRun<Result extends { readonly stoppedBy: ImporterError | undefined }>(
  call: () => Promise<Result>,
  words: Wording = wordsInCode,
): Promise<Result> {
  const result = await told(call, NEXT_IN_CODE, words);
  const { stoppedBy } = result;
  return stoppedBy === undefined ? result : { ...result, stoppedBy: errorInCode(stoppedBy, NEXT_IN_CODE, words) };
}

/** What is wrong with the signs of a mapping file, in words for whoever wrote it: its parser speaks to programmers. Pure. */
import { TOO_DEEP } from './mapping-bounds.js';

/** What the parser found. */
export interface SyntaxError {
  /** Stable: which kind it is. */
  readonly code: string;
  /** Its own words: they alone say which sign it misses. */
  readonly message: string;
}

type InWords = (found: { readonly message: string; readonly sign: string }) => string;

const CLOSING = /end with a ([}\]])/;

const MISSING: readonly (readonly [RegExp, string])[] = [
  [/closing .quote/, 'this quotation mark is never closed'],
  [/^Missing , between/, 'a comma is missing before this'],
  [/^Missing , or :/, 'a colon or a comma is missing before this'],
  [/^Missing space after :/, 'a blank is missing behind the colon'],
  [/^Implicit map keys/, 'a colon is missing behind the name of a column, and the field behind that'],
];

const WORDS: Readonly<Record<string, InWords>> = {
  MISSING_CHAR: ({ message }) =>
    closingInWords(message) ?? MISSING.find(([said]) => said.test(message))?.[1] ?? 'a sign is missing here',
  BAD_INDENT: ({ message }) =>
    closingInWords(message) ?? 'this line is indented otherwise than those that it belongs to',
  TAB_AS_INDENT: () => 'the line begins with a tab: indent it with blanks',
  MULTILINE_IMPLICIT_KEY: () =>
    'what begins here goes on in the next line: a quotation mark, a colon or a comma is missing',
  BLOCK_AS_IMPLICIT_KEY: () =>
    'two colons belong to one column: put a name with a colon into quotes, and indent the next line as far as this one',
  BAD_DQ_ESCAPE: () => 'a backslash (\\) before a sign that it does not go with: write two of them',
  BAD_SCALAR_START: ({ sign }) => `what begins with ${sign} must stand in quotes`,
  UNEXPECTED_TOKEN: ({ sign }) => (sign === '' ? 'something is missing at the end' : `${sign} has no place here`),
  MULTIPLE_DOCS: () => 'a second document begins here (---), and a mapping file is one',
  RESOURCE_EXHAUSTION: () => TOO_DEEP,
};

/** Where it is to be mended, and what is wrong there. @param from where the parser found it */
export function syntaxInWords(
  { code, message }: SyntaxError,
  text: string,
  from: number,
): { readonly offset: number; readonly words: string } {
  const offset = beginningOfQuoted(message, text, from) ?? from;
  const [sign = ''] = text.slice(offset, offset + 2);
  const inWords = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  const shown = sign.trim() === '' ? '' : JSON.stringify(sign);
  return { offset, words: inWords?.({ message, sign: shown }) ?? ELSE };
}

/** What is never closed is found at the end of the file, and mended where it was opened. */
function beginningOfQuoted(message: string, text: string, from: number): number | undefined {
  const quote = /^Missing closing (["'])/.exec(message)?.[1];
  const offset = quote === undefined ? -1 : text.lastIndexOf(quote, from - 1);
  return offset === -1 ? undefined : offset;
}

const ELSE = 'signs stand here that a mapping file does not know (such as & * ! %): put the name into quotes';

function closingInWords(message: string): string | undefined {
  const sign = CLOSING.exec(message)?.[1];
  return sign === undefined ? undefined : `${JSON.stringify(sign)} is missing before this`;
}

/** The entries of a list of corrections, each read and checked for itself: the list as a whole is never held beside its text. */

export interface Correction {
  /** The line that the row was on. */
  readonly line: number;
  /** The column's name (`columnNames`); null where the row is left out. */
  readonly column: string | null;
  /** What the cell held, or the whole row as `rowText` gives it. */
  readonly was: string;
  /** What it is to hold; null where the row is left out. */
  readonly value: string | null;
  /** The row that the cell stood in, as `printOf` gives it: by it the row is found again where it has moved. */
  readonly row?: string;
  /** Of a workbook: the sheet that it was made in; left out, it is of any. */
  readonly sheet?: string;
}

/** What is wrong with a list, in words. */
export class NoCorrections extends Error {}

/** @throws NoCorrections */
export function correctionsIn(text: string): Correction[] {
  const all: Correction[] = [];
  const words = new Map<string, string>();
  const none = (): NoCorrections => new NoCorrections(`entry ${all.length + 1} is no { line, column, was, value }`);
  const noJson = (): NoCorrections => new NoCorrections('it is no JSON');
  let at = afterBlanks(text, 0);
  if (text.charAt(at) !== '[') throw new NoCorrections('it is no list');
  at = afterBlanks(text, at + 1);
  while (text.charAt(at) !== ']' || all.length > 0) {
    if (text.charAt(at) !== '{') throw '],'.includes(text.charAt(at)) ? noJson() : none();
    const end = endOfEntry(text, at);
    const one = end === undefined ? undefined : parsed(text.slice(at, end));
    if (end === undefined || !isCorrection(one)) throw none();
    all.push(withWordsOnce(one, words));
    at = afterBlanks(text, end);
    if (text.charAt(at) === ']') break;
    if (text.charAt(at) !== ',') throw noJson();
    at = afterBlanks(text, at + 1);
  }
  if (afterBlanks(text, at + 1) < text.length) throw noJson();
  return all;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** Behind the brace that ends an entry; undefined where something is nested in it, or it does not end. */
function endOfEntry(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') return undefined;
    else if (character === '}') return at + 1;
  }
  return undefined;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCorrection(value: unknown): value is Correction {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, was, value: to, sheet = '', row = '' } = value as Readonly<Record<string, unknown>>;
  const isOfCell = typeof column === 'string' && typeof to === 'string';
  if (typeof sheet !== 'string' || typeof row !== 'string') return false;
  return Number.isSafeInteger(line) && typeof was === 'string' && (isOfCell || (column === null && to === null));
}

/** The names of columns and sheets are the same again and again, and what is put in by find and replace is as well. */
function withWordsOnce(one: Correction, words: Map<string, string>): Correction {
  const once = (word: string): string => {
    const there = words.get(word);
    if (there !== undefined) return there;
    if (words.size < MOST_WORDS) words.set(word, word);
    return word;
  };
  const { line, column, was, value, row, sheet } = one;
  return {
    line,
    column: column === null ? null : once(column),
    was,
    value: value === null ? null : once(value),
    ...(row === undefined ? {} : { row }),
    ...(sheet === undefined ? {} : { sheet: once(sheet) }),
  };
}

const MOST_WORDS = 1000;

/**
 * Corrections of single cells, kept beside a file that is never written itself: `FILE.edits.json`, a list of
 * `{ line, column, was, value, row }`, in a workbook with `sheet`. One follows its row, and is applied only where the cell still
 * holds what it held when it was corrected; what no longer fits is listed, never applied. `value` "" leaves a value out; `column`
 * and `value` null leave the row out.
 */
import { stat } from 'node:fs/promises';
import { ImporterError } from '../../../errors.js';
import { displayHeader } from '../../../mapping/header.js';
import { hasErrno } from '../../../storage/failures.js';
import { editedText } from '../../../storage/edited-text.js';
import { readRegularFile } from '../../../storage/private-file.js';
import { replaceFile } from '../../../storage/replacement.js';

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

/** Whether it is of the sheet that is read; undefined for what has no sheets. */
export function isOfSheet(correction: Correction, sheet: string | undefined): boolean {
  return correction.sheet === undefined || correction.sheet === sheet;
}

/** More than anybody makes by hand, and what find and replace may make of a large file. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The columns by names that are told apart: the header on one line, "Column 3" without one, "Email (2)" for the second. */
export function columnNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((text, at) => {
    const name = displayHeader(text) || `Column ${at + 1}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** A row as one text: what a correction that leaves it out was made for. */
export function rowText(cells: readonly string[]): string {
  return cells.join('\t');
}

/**
 * Reads the corrections of a file.
 * @returns none where there is no such file
 * @throws ImporterError `usage` where it is not what it should be
 */
export async function readCorrections(path: string): Promise<readonly Correction[]> {
  let text: string;
  try {
    if ((await stat(path)).size > MOST_BYTES) throw unusable(path, 'it is too large');
    text = editedText(await readRegularFile(path));
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return [];
    throw error instanceof ImporterError ? error : unusable(path, "it can't be read", error);
  }
  if (!text.trimStart().startsWith('[')) throw unusable(path, 'it is no list');
  const bad = firstThatIsNone(text);
  if (bad !== undefined) throw unusable(path, `entry ${bad} is no { line, column, was, value }`);
  return parsed(text, (error) => unusable(path, 'it is no JSON', error)) as Correction[];
}

/** Which entry of a list is no correction, counted from 1: looked for one by one, so that millions of something else are never held at once. */
function firstThatIsNone(text: string): number | undefined {
  let count = 0;
  let from = -1;
  for (let at = text.indexOf('[') + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    const isInEntry = from >= 0;
    if (/[^\s,{}\]]/.test(character) && !isInEntry) return count + 1;
    if (character === '[' || (character === '{' && isInEntry)) return count;
    if (character === '{') {
      from = at;
      count += 1;
    } else if (character === '}' && isInEntry) {
      if (!isCorrection(parsed(text.slice(from, at + 1)))) return count;
      from = -1;
    }
  }
  return undefined;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}

/** Undefined where it is no JSON, or what `otherwise` makes of that is thrown. */
function parsed(text: string, otherwise?: (error: unknown) => ImporterError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (otherwise !== undefined) throw otherwise(error);
    return undefined;
  }
}

/** Writes them, readable by their owner alone. @throws ImporterError `not_writable` */
export async function writeCorrections(path: string, corrections: readonly Correction[]): Promise<void> {
  const lines = corrections.map((one) => `  ${JSON.stringify(one)}`);
  await replaceFile(path, `[\n${lines.join(',\n')}\n]\n`);
}

function isCorrection(value: unknown): value is Correction {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, was, value: to, sheet = '', row = '' } = value as Readonly<Record<string, unknown>>;
  const isOfCell = typeof column === 'string' && typeof to === 'string';
  if (typeof sheet !== 'string' || typeof row !== 'string') return false;
  return Number.isSafeInteger(line) && typeof was === 'string' && (isOfCell || (column === null && to === null));
}

function unusable(path: string, why: string, cause?: unknown): ImporterError {
  return new ImporterError('usage', `The corrections in ${path} can't be used: ${why}.`, {
    next: 'Put the file right or aside, or use --no-edits to do without it.',
    cause,
  });
}

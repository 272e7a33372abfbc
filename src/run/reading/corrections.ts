/**
 * Corrections of single cells, kept beside a file that is never written itself: `FILE.edits.json`, a list of
 * `{ line, column, was, value }`, in a workbook with `sheet`. One is applied only where the cell still holds what it held when it was corrected; what no
 * longer fits is listed, never applied. `value` "" leaves a value out; `column` and `value` null leave the row out.
 */
import { stat } from 'node:fs/promises';
import { ImporterError } from '../../errors.js';
import { displayHeader } from '../../mapping/header.js';
import type { SourceRecord } from '../../source/record.js';
import { hasErrno } from '../../storage/failures.js';
import { readRegularFile } from '../../storage/private-file.js';
import { replaceFile } from '../../storage/replacement.js';
import { rowsLeftOutInWords } from '../../wording/corrections.js';

export interface Correction {
  readonly line: number;
  /** The column's name (`columnNames`); null where the row is left out. */
  readonly column: string | null;
  /** What the cell held, or the whole row as `rowText` gives it. */
  readonly was: string;
  readonly value: string | null;
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
    text = String(await readRegularFile(path));
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return [];
    throw error instanceof ImporterError ? error : unusable(path, 'it can’t be read', error);
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

/** One pass over a file with its corrections. */
export class Correcting {
  readonly #byLine = new Map<number, Correction[]>();
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #all: readonly Correction[];
  readonly #applied = new Set<Correction>();

  constructor(corrections: readonly Correction[], header: readonly string[]) {
    this.#all = corrections;
    this.#indexOf = new Map(columnNames(header).map((name, at) => [name, at]));
    for (const one of corrections) {
      const ofLine = this.#byLine.get(one.line);
      if (ofLine === undefined) this.#byLine.set(one.line, [one]);
      else ofLine.push(one);
    }
  }

  /** The records with their corrections; those that are left out are missing. */
  apply(records: readonly SourceRecord[]): readonly SourceRecord[] {
    if (!records.some(({ line }) => this.#byLine.has(line))) return records;
    return records.flatMap((record) => {
      const corrections = this.#byLine.get(record.line);
      if (corrections === undefined) return [record];
      const corrected = this.#correct(record, corrections);
      return corrected === undefined ? [] : [corrected];
    });
  }

  /** How many were applied so far. */
  get applied(): number {
    return this.#applied.size;
  }

  /** Rows that were left out by one so far. */
  get rowsLeftOut(): number {
    return [...this.#applied].filter(({ column }) => column === null).length;
  }

  /** Those that did not fit: their cell has changed since, or is gone. */
  stale(): Correction[] {
    return this.#all.filter((one) => !this.#applied.has(one));
  }

  #correct(record: SourceRecord, corrections: readonly Correction[]): SourceRecord | undefined {
    const cells = [...record.cells];
    let isCorrected = false;
    for (const one of corrections) {
      if (one.column === null) {
        if (rowText(record.cells) !== one.was) continue;
        this.#applied.add(one);
        return undefined;
      }
      const at = this.#indexOf.get(one.column);
      // Of a malformed record no cell is where it seems to be.
      if (at === undefined || one.value === null || record.problem !== undefined) continue;
      if ((record.cells[at] ?? '') !== one.was) continue;
      cells[at] = one.value;
      isCorrected = true;
      this.#applied.add(one);
    }
    // A blank line is no row, whoever blanked it.
    return isCorrected && cells.every((cell) => cell.trim() === '') ? undefined : { ...record, cells };
  }
}

/** What a person should know of the corrections of a file, as sentences. */
export function correctionNotes(
  path: string,
  { applied, rowsLeftOut }: Pick<Correcting, 'applied' | 'rowsLeftOut'>,
  stale: readonly Correction[],
): string[] {
  const notes: string[] = [];
  if (applied > 0) {
    const left = rowsLeftOut === 0 ? '' : ` ${rowsLeftOutInWords(rowsLeftOut)}`;
    notes.push(
      `${applied === 1 ? '1 correction of' : `${applied} corrections of`} ${path} ${applied === 1 ? 'is' : 'are'} applied.${left}`,
    );
  }
  if (stale.length > 0) {
    const places = stale
      .slice(0, 5)
      .map(({ line, column }) => (column === null ? `line ${line}` : `line ${line} (${column})`));
    const more = stale.length > places.length ? ` and ${stale.length - places.length} more` : '';
    notes.push(
      `What was corrected has changed since, so that the file’s own values are used: ${places.join(', ')}${more}.`,
    );
  }
  return notes;
}

function isCorrection(value: unknown): value is Correction {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, was, value: to, sheet = '' } = value as Readonly<Record<string, unknown>>;
  const isOfCell = typeof column === 'string' && typeof to === 'string';
  if (typeof sheet !== 'string') return false;
  return Number.isSafeInteger(line) && typeof was === 'string' && (isOfCell || (column === null && to === null));
}

function unusable(path: string, why: string, cause?: unknown): ImporterError {
  return new ImporterError('usage', `The corrections in ${path} can’t be used: ${why}.`, {
    next: 'Put the file right or aside, or use --no-edits to do without it.',
    cause,
  });
}

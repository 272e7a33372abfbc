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
import { correctionsIn, NoCorrections, type Correction } from './entries.js';

export type { Correction };

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
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new NoCorrections('it is too large');
    return correctionsIn(editedText(await readRegularFile(path)));
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return [];
    // What it is instead of a file is said already.
    if (error instanceof ImporterError) throw error;
    throw error instanceof NoCorrections ? unusable(path, error.message) : unusable(path, "it can't be read", error);
  }
}

/** Writes them, readable by their owner alone. @throws ImporterError `not_writable` */
export async function writeCorrections(path: string, corrections: readonly Correction[]): Promise<void> {
  const lines = corrections.map((one) => `  ${JSON.stringify(one)}`);
  await replaceFile(path, `[\n${lines.join(',\n')}\n]\n`);
}

function unusable(path: string, why: string, cause?: unknown): ImporterError {
  return new ImporterError('usage', `The corrections in ${path} can't be used: ${why}.`, {
    next: 'Put the file right or aside, or use --no-edits to do without it.',
    cause,
  });
}

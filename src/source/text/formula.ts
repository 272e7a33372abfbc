/** The apostrophe before cells that a spreadsheet would run as a formula (OWASP, "CSV Injection"), and taking it off again. */

/**
 * What a spreadsheet may run: = + - @, their full-width and small forms, or a control character, also behind white space and
 * characters that nobody sees, or that are none: marks, the blank of braille, a note without a head. Apostrophes in front
 * count as white space does: so a guarded cell is risky itself, and guarding loses nothing.
 */
const RISKY = /^['\s\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]*(?:[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫])/u;

/**
 * What a spreadsheet may run behind a separator within a cell: one that has another separator than the file cuts the cell there,
 * whatever quotes stand around it. A sign before a phone or before words runs nothing.
 */
const SEPARATOR = '[;,\\t\\r\\n]';
const UNSEEN = `(?:(?!${SEPARATOR})['"\\s\\p{C}\\p{M}\\p{Default_Ignorable_Code_Point}\\u2800\\u{1d159}])*`;
const CALL = `[+\\-＋－﹢﹣](?![\\d ().\\/\\-]*(?:${SEPARATOR}|$))(?:(?!${SEPARATOR})[^(!])*[(!]`;
const FORMULA = `(?=${UNSEEN}(?:[=@＝＠﹦﹫]|${CALL}))`;
const RISKY_INSIDE = new RegExp(`(?<=${SEPARATOR})${FORMULA}`, 'gu');
const GUARDED_INSIDE = new RegExp(`(?<=${SEPARATOR})'${FORMULA}`, 'gu');

/** A cell as it may stand in a file that people open in a spreadsheet. */
export function guardCell(cell: string): string {
  const inside = cell.replace(RISKY_INSIDE, "'");
  return RISKY.test(inside) ? `'${inside}` : inside;
}

/** What a spreadsheet makes another number or a date of: a postal code with its zero, a long number, a date, a house number 3-4. */
const REWRITTEN = /^(?:0\d+|\d{12,}|\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?|\d{1,2}[-/]\d{1,2}(?:[-/]\d{1,4})?)$/;
/** The same where the decimal mark is a comma: the 12th of May. */
const REWRITTEN_BY_COMMA = /^\d+\.\d+$/;

/** With an apostrophe before what a spreadsheet would read as something else, and save so. */
export function keptAsText(cell: string, hasDecimalComma: boolean): string {
  return REWRITTEN.test(cell) || (hasDecimalComma && REWRITTEN_BY_COMMA.test(cell)) ? `'${cell}` : cell;
}

/** Undoes `guardCell`: `unguardCell(guardCell(cell)) === cell` for every cell. Only for cells that were guarded. */
export function unguardCell(cell: string): string {
  const inside = cell.startsWith("'") && RISKY.test(cell.slice(1)) ? cell.slice(1) : cell;
  return inside.replace(GUARDED_INSIDE, '');
}

/** Undoes `keptAsText` and `guardCell`. Only for cells that have their apostrophe from us, or were corrected since. */
function asItWas(cell: string): string {
  const plain = cell.startsWith("'") ? cell.slice(1) : cell;
  return REWRITTEN.test(plain) || REWRITTEN_BY_COMMA.test(plain) ? plain : unguardCell(cell);
}

/** Says, at the end of a row's message, before which cells an apostrophe was put: by it ours are known from the file's own. */
const NOTE = / ?An apostrophe was put before column ([\d, ]+)\.$/;

/** A message with the columns (from 0) whose cells were guarded. */
export function withGuardNote(message: string, columns: readonly number[]): string {
  if (columns.length === 0) return message;
  return `${message} An apostrophe was put before column ${columns.map((column) => column + 1).join(', ')}.`;
}

/**
 * A record of a rejects file with our own apostrophes taken off.
 * @param noteColumn the column that holds the row's message
 */
export function withoutGuards(cells: readonly string[], noteColumn: number): readonly string[] {
  const listed = NOTE.exec(cells[noteColumn]?.trimEnd() ?? '')?.[1];
  if (listed === undefined) return cells;
  const guarded = new Set(listed.split(',').map((column) => Number(column) - 1));
  return cells.map((cell, column) => (guarded.has(column) ? asItWas(cell) : cell));
}

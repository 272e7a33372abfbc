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

/** Undoes `guardCell`: `unguardCell(guardCell(cell)) === cell` for every cell. Only for cells that were guarded. */
export function unguardCell(cell: string): string {
  const inside = cell.startsWith("'") && RISKY.test(cell.slice(1)) ? cell.slice(1) : cell;
  return inside.replace(GUARDED_INSIDE, '');
}

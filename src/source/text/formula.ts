/** The apostrophe before cells that a spreadsheet would run as a formula (OWASP, "CSV Injection"), and taking it off again. */

/**
 * What a spreadsheet may run: = + - @, their full-width forms, or a control character, also behind white space. Apostrophes
 * in front count as white space does: so a guarded cell is risky itself, and guarding loses nothing.
 */
const RISKY = /^['\s]*[=+\-@\t\r\n＝＋－＠]/;

/** A cell as it may stand in a file that people open in a spreadsheet. */
export function guardCell(cell: string): string {
  return RISKY.test(cell) ? `'${cell}` : cell;
}

/** Undoes `guardCell`: `unguardCell(guardCell(cell)) === cell` for every cell. Only for files that were guarded. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && RISKY.test(cell.slice(1)) ? cell.slice(1) : cell;
}

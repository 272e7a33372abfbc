/**
 * The end of a message in a rejects file, which says what of its row is ours: where apostrophes were put, and what cells held that
 * a spreadsheet may change. By it a row that comes back is read as it was written, but for what somebody corrected.
 */
import { isHalfDate, isMarkedNumber, isRewritten, mayBeRewritten } from '../contact/cell/rewritten.js';
import type { Problem } from '../problem.js';
import type { LostLetters } from '../source/record.js';
import { unguardCell } from '../source/text/formula.js';
import { printableJson } from '../wording/printable.js';

/** With an apostrophe before what a spreadsheet would read as something else, and save so. */
export function keptAsText(cell: string, hasDecimalComma: boolean): string {
  return mayBeRewritten(cell, hasDecimalComma) ? `'${cell}` : cell;
}

/** Undoes `keptAsText` and `guardCell`. Only for cells that have their apostrophe from us, or were corrected since. */
function asItWas(cell: string): string {
  const plain = cell.startsWith("'") ? cell.slice(1) : cell;
  return mayBeRewritten(plain, true) ? plain : unguardCell(cell);
}

/** A cell of a file of text, which stands as it was: a spreadsheet that opens and saves the file may make something else of it. */
export interface Rewritable {
  /** From 0. */
  readonly column: number;
  readonly cell: string;
  /** It is what is wrong with the row: a date there may be somebody's correction. */
  readonly isComplainedOf: boolean;
}

/** A cell that came back as a spreadsheet makes it. */
export interface Rewritten {
  readonly column: number;
  readonly was: string;
  readonly now: string;
  /** False where it may be a correction, and is taken as it is. */
  readonly isPutBack: boolean;
}

/** A column by its name, which goes with it wherever it is moved to; by its number where the name is not its alone. */
const COLUMN = String.raw`(?:"(?:[^"\\]|\\.)*"|\d+)`;
const CELL = String.raw`${COLUMN} \([^()]*\)`;

/** The end of a row's message, which is ours: what cells held that a spreadsheet may change, and where apostrophes were put. */
const NOTE = new RegExp(
  String.raw`(?: ?Until column (${COLUMN}(?:, ${COLUMN})*) is filled or import_message is emptied, the row is not sent\.)?` +
    // As it was worded at first, or as it is.
    String.raw`(?: ?(?:What a spreadsheet makes of|Nothing to do in) column (${CELL}(?:, ${CELL})*)(?:: what a spreadsheet makes of it)? is put back\.)?` +
    String.raw`(?: ?A date that a spreadsheet makes of column (${CELL}(?:, ${CELL})*) is taken as yours\.)?` +
    String.raw`(?: ?An apostrophe was put before column (${COLUMN}(?:, ${COLUMN})*)\.)?$`,
);

const LONGEST_NAME = 80;

/** How a note calls the columns (from 0) of this header. */
function namesIn(header: readonly string[]): (column: number) => string {
  const names = header.map((name) => name.trim());
  return (column) => {
    const name = names[column] ?? '';
    const isItsAlone = names.indexOf(name) === column && names.lastIndexOf(name) === column;
    return name !== '' && name.length <= LONGEST_NAME && isItsAlone
      ? printableJson(JSON.stringify(name))
      : String(column + 1);
  };
}

/** Where a column of a note is; -1 where it is no more. */
function placeOf(column: string, header: readonly string[]): number {
  if (!column.startsWith('"')) return Number(column) - 1;
  try {
    const name: unknown = JSON.parse(column);
    return header.findIndex((one) => one.trim() === name);
  } catch {
    return -1;
  }
}

/** A message with the columns (from 0) whose cells could not be read: what is blank only for that is not sent without them. */
export function withLost(message: string, columns: readonly number[], header: readonly string[]): string {
  if (columns.length === 0) return message;
  const named = columns.map(namesIn(header)).join(', ');
  return `${message} Until column ${named} is filled or import_message is emptied, the row is not sent.`;
}

/** The columns of a record of a rejects file, from 0, that could not be read and are blank still. */
export function stillLost(cells: readonly string[], noteColumn: number, header: readonly string[]): number[] {
  const [lost = ''] = noteOf(cells, noteColumn);
  const columns = lost.match(new RegExp(COLUMN, 'g'))?.map((column) => placeOf(column, header)) ?? [];
  return columns.filter((column) => column in header && (cells[column] ?? '').trim() === '');
}

/** A message with the columns (from 0) of this header whose cells were guarded. */
export function withGuardNote(message: string, columns: readonly number[], header: readonly string[]): string {
  if (columns.length === 0) return message;
  return `${message} An apostrophe was put before column ${columns.map(namesIn(header)).join(', ')}.`;
}

/** A message with the cells that a spreadsheet may change. */
export function withRewritable(message: string, cells: readonly Rewritable[], header: readonly string[]): string {
  const nameOf = namesIn(header);
  const isDoubtful = ({ cell, isComplainedOf }: Rewritable): boolean => isComplainedOf && isHalfDate(cell);
  // How an amount is meant may be said by writing it otherwise.
  const isYours = ({ cell, isComplainedOf }: Rewritable): boolean => isComplainedOf && isMarkedNumber(cell);
  const listed = (isWanted: boolean): string =>
    cells
      .filter((one) => isDoubtful(one) === isWanted && !isYours(one))
      .map(({ column, cell }) => `${nameOf(column)} (${cell})`)
      .join(', ');
  const [back, taken] = [listed(false), listed(true)];
  const backSaid = back === '' ? '' : ` Nothing to do in column ${back}: what a spreadsheet makes of it is put back.`;
  return `${message}${backSaid}${taken === '' ? '' : ` A date that a spreadsheet makes of column ${taken} is taken as yours.`}`;
}

function noteOf(cells: readonly string[], noteColumn: number): readonly (string | undefined)[] {
  return NOTE.exec(unguardCell(cells[noteColumn]?.trimEnd() ?? ''))?.slice(1) ?? [];
}

/** A message without what it says of the cells. */
export function withoutNote(message: string): string {
  return unguardCell(message.trimEnd()).replace(NOTE, '');
}

/** What of a record of a rejects file came back as a spreadsheet makes it. */
export function rewrittenIn(cells: readonly string[], noteColumn: number, header: readonly string[]): Rewritten[] {
  const [, putBack = '', taken = ''] = noteOf(cells, noteColumn);
  return [putBack, taken].flatMap((listed) =>
    [...listed.matchAll(new RegExp(String.raw`(${COLUMN}) \(([^()]*)\)`, 'g'))].flatMap(([, named = '', was = '']) => {
      const column = placeOf(named, header);
      const now = cells[column] ?? '';
      return isRewritten(was, now) ? [{ column, was, now, isPutBack: listed === putBack }] : [];
    }),
  );
}

/**
 * A record of a rejects file as it was written, with what somebody corrected: our own apostrophes are taken off, and what a
 * spreadsheet made of a cell is put back.
 * @param noteColumn the column that holds the row's message
 * @param header of the file as it is now, without the apostrophes of its own
 */
export function asWritten(cells: readonly string[], noteColumn: number, header: readonly string[]): readonly string[] {
  const [, putBack, , guards] = noteOf(cells, noteColumn);
  if (putBack === undefined && guards === undefined) return cells;
  const back = new Map(
    rewrittenIn(cells, noteColumn, header).flatMap((one) => (one.isPutBack ? [[one.column, one.was]] : [])),
  );
  const guarded = new Set(guards?.match(new RegExp(COLUMN, 'g'))?.map((column) => placeOf(column, header)));
  return cells.map((cell, column) => back.get(column) ?? (guarded.has(column) ? asItWas(cell) : cell));
}

const PUT_BACK: Omit<Problem, 'message'> = {
  code: 'spreadsheet_put_back',
  hint: 'To send a row as it is now, empty its import_message. Opened by Data > From Text/CSV with all columns as text, and saved as .xlsx, the file is left alone.',
};

const SPREADSHEET_DATE: Omit<Problem, 'message'> = {
  code: 'spreadsheet_date',
  hint: 'Look at these cells: a spreadsheet makes dates of what is none.',
};

const LETTERS_LOST: Omit<Problem, 'message'> = {
  code: 'letters_lost',
  hint: 'Type the letters in again, and save the file as CSV UTF-8 or as .xlsx: in the encoding that it has now not every letter can be written.',
};

/** What a spreadsheet made of a cell of a rejects file is never taken, or put back, in silence. */
export function rewrittenInWords({ was, now, isPutBack }: Omit<Rewritten, 'column'>): Problem {
  return isPutBack
    ? { ...PUT_BACK, message: `a spreadsheet changed ${was} to ${now}: read as it was.` }
    : { ...SPREADSHEET_DATE, message: `you or a spreadsheet changed ${was} to ${now}: read as it is.` };
}

/** The same of letters that were lost. */
export function lettersInWords({ was, now }: LostLetters): Problem {
  return was === undefined
    ? { ...LETTERS_LOST, message: `"?" in ${now} may stand for a letter that was lost: read as it is.` }
    : rewrittenInWords({ was, now, isPutBack: true });
}

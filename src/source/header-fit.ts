/**
 * A header that has more or fewer cells than every row: read where the cells themselves show which column is the odd one,
 * else given up in one sentence, rather than as so many malformed rows.
 */
import { ImporterError } from '../errors.js';
import type { KindOfName, NameKind } from './header.js';
import type { FileWarning } from './row-file.js';
import { quoted } from './sheet-choice.js';
import type { RawRecord } from './text/rows.js';

export interface FittedHeader {
  readonly names: readonly string[];
  /** The cells that each row has, where they are fewer: the last ones are left out. */
  readonly rowCells?: number;
  /** What was made of it, in a sentence. */
  readonly said?: readonly FileWarning[];
}

/** Rows that must be alike before they speak against the header and not against themselves. */
const MIN_ALIKE_ROWS = 2;
const ALIKE_SHARE = 0.9;
/** The share of a column's cells that must look alike to be its form. */
const FORM_SHARE = 0.8;

const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === '';

const FORMS: readonly (readonly [NameKind, RegExp])[] = [
  ['email', /@/],
  ['link', /^(?:https?:\/\/|www\.)/i],
  ['phone', /^(?=(?:\D*\d){7})[+'(]?[\d\s().\/-]+$/],
];

/** The rows of a table by columns. */
class Columns {
  readonly #rows: readonly RawRecord[];

  constructor(rows: readonly RawRecord[]) {
    this.#rows = rows;
  }

  /** What nearly all cells of a column look like. */
  formOf(column: number): NameKind | undefined {
    const cells = this.#filled(column);
    return FORMS.find(
      ([, form]) => cells.length > 0 && cells.filter((cell) => form.test(cell)).length >= cells.length * FORM_SHARE,
    )?.[0];
  }

  isMostlyBlank(column: number): boolean {
    return this.#filled(column).length * 2 <= this.#rows.length;
  }

  /** Nothing, or 1, 2, 3 and so on. */
  numbersRows(column: number): boolean {
    const cells = this.#filled(column).map(Number);
    return cells.every((cell, at) => Number.isInteger(cell) && (at === 0 || cell === (cells[at - 1] ?? 0) + 1));
  }

  #filled(column: number): string[] {
    return this.#rows.map(({ cells }) => (cells[column] ?? '').trim()).filter((cell) => cell !== '');
  }
}

/** The cells that nearly every row has. */
function usualCells(rows: readonly RawRecord[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].find(([, count]) => count >= rows.length * ALIKE_SHARE)?.[0];
}

/** Names put together again that hold the delimiter between brackets or quotes: "Name (last" and " first)". */
function joined(names: readonly string[], delimiter: string): string[] {
  const whole: string[] = [];
  let open = '';
  for (const name of names) {
    const text = open === '' ? name : `${open}${delimiter}${name}`;
    const isOpen = text.split(/[([]/).length > text.split(/[)\]]/).length || text.split('"').length % 2 === 0;
    if (!isOpen) whole.push(text);
    open = isOpen ? text : '';
  }
  return open === '' ? whole : [...names];
}

/** How names stand over columns, where the first name is over the column of a place. */
function over(kinds: readonly (NameKind | undefined)[], columns: Columns, rowCells: number, place: number) {
  const at = (column: number): NameKind | undefined => kinds[column - place];
  let pinned = 0;
  for (let column = 0; column < rowCells; column += 1) {
    const [name, form] = [at(column), columns.formOf(column)];
    if (name !== undefined && name === form) pinned += 1;
    else if (form !== undefined && (name === 'text' || name === 'remark')) return undefined;
    else if ((name === 'email' || name === 'phone' || name === 'link') && form !== undefined) return undefined;
    else if ((name === 'email' || name === 'link') && !columns.isMostlyBlank(column)) return undefined;
  }
  return pinned === 0 ? undefined : { isPinned: (column: number) => at(column) === columns.formOf(column) };
}

const said = (message: string): FileWarning[] => [{ code: 'header_width', message }];

const count = (cells: number): string => (cells === 1 ? '1 cell' : `${cells} cells`);

function withMoreNames(
  names: readonly string[],
  kinds: readonly (NameKind | undefined)[],
  columns: Columns,
  rowCells: number,
): FittedHeader | undefined {
  const missing = names.length - rowCells;
  if (names.slice(0, missing).every(isBlank) && over(kinds, columns, rowCells, -missing)) {
    return {
      names: names.slice(missing),
      said: said(`The header begins with ${count(missing)} more than the rows have.`),
    };
  }
  const found = over(kinds, columns, rowCells, 0);
  if (found === undefined) return undefined;
  const forms = new Set(Array.from({ length: rowCells }, (_, column) => columns.formOf(column)));
  // What is missing is the last where the cell before it can be no other; or where it would be seen if it stood elsewhere.
  const wouldShow = (kind: NameKind | undefined): boolean =>
    kind === 'remark' || (kind !== undefined && kind !== 'text' && !forms.has(kind));
  const lastForm = columns.formOf(rowCells - 1);
  const isLast = lastForm !== undefined && found.isPinned(rowCells - 1);
  if (!isLast && !kinds.slice(rowCells).every(wouldShow)) return undefined;
  const last = names.slice(rowCells).filter((name) => !isBlank(name));
  const blank = last.length === 1 ? 'the last column is read as blank' : 'the last columns are read as blank';
  return {
    names,
    rowCells,
    said: said(`Every row has ${count(last.length)} fewer than the header: ${blank} (${quoted(last)}).`),
  };
}

function withMoreCells(
  names: readonly string[],
  kinds: readonly (NameKind | undefined)[],
  columns: Columns,
  rowCells: number,
): FittedHeader | undefined {
  const more = rowCells - names.length;
  const nameless = Array<string>(more).fill('');
  const extra = Array.from({ length: more }, (_, at) => at);
  const first = over(kinds, columns, rowCells, more);
  if (first !== undefined && extra.every((column) => columns.numbersRows(column))) {
    const begins = more === 1 ? 'the first column has no name' : `the first ${more} columns have no name`;
    return {
      names: [...nameless, ...names],
      said: said(`Every row has ${count(more)} more than the header: ${begins}.`),
    };
  }
  const found = over(kinds, columns, rowCells, 0);
  if (found === undefined) return undefined;
  const lastForm = columns.formOf(names.length - 1);
  const isBehind = lastForm !== undefined && found.isPinned(names.length - 1);
  if (!isBehind && !extra.every((at) => columns.isMostlyBlank(names.length + at))) return undefined;
  const ends = more === 1 ? 'the last column has no name' : `the last ${more} columns have no name`;
  return { names: [...names, ...nameless], said: said(`Every row has ${count(more)} more than the header: ${ends}.`) };
}

/**
 * Fits a header to rows that all have another number of cells.
 * @param data the first records behind it
 * @throws ImporterError `bad_dialect` where all rows are alike and nothing shows which column is missing, or has no name
 */
export function fitHeader(
  displayName: string,
  names: readonly string[],
  data: readonly RawRecord[],
  {
    delimiter,
    kindOfName = () => undefined,
  }: { readonly delimiter: string; readonly kindOfName?: KindOfName | undefined },
): FittedHeader {
  const rows = data.filter(
    ({ cells, problem }) => problem === undefined && cells.length > 1 && !cells.every((cell) => isBlank(cell)),
  );
  const named = names.findLastIndex((name) => !isBlank(name)) + 1;
  const rowCells = usualCells(rows);
  const reach = Math.max(0, ...rows.map(({ cells }) => cells.findLastIndex((cell) => !isBlank(cell)) + 1));
  // Blank names and blank cells at the end are fitted row by row.
  const fits = rowCells === undefined || (rowCells >= named && reach <= names.length);
  if (fits || rows.some(({ cells }) => cells.length === names.length)) return { names };
  const whole = joined(names, delimiter);
  if (whole.length === rowCells && whole.length < names.length) {
    const [first = ''] = whole.filter((name) => !names.includes(name));
    return { names: whole, said: said(`A name in the header holds the delimiter: ${quoted([first])} is read as one.`) };
  }
  const columns = new Columns(rows);
  const kinds = names.map((name) => (isBlank(name) ? undefined : kindOfName(name.trim())));
  const fitted = (rowCells < names.length ? withMoreNames : withMoreCells)(names, kinds, columns, rowCells);
  if (fitted !== undefined) return fitted;
  if (rows.length < MIN_ALIKE_ROWS) return { names };
  throw new ImporterError(
    'bad_dialect',
    `${displayName}: every row has ${count(rowCells)}, the header has ${named}. Which column is the odd one can't be told.`,
    {
      next:
        rowCells < named
          ? 'Take the name that is too many out of the header, or end each row with the missing delimiter.'
          : 'Name each column in the header; a cell that holds the delimiter must be quoted.',
    },
  );
}

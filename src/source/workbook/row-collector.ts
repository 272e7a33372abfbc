/** Cells as they come from a sheet's XML to rows: numbers that grow, gaps filled, every bound kept. */
import type { Problem } from '../../problem.js';
import { MAX_COLUMNS, refuseTooWide } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { cellName } from './workbook-values.js';
import { outOfBounds, xmlFeed, type XmlHandlers } from './xml.js';

/** The last row that a sheet of Excel or LibreOffice can have, and a little more. */
const MAX_ROW = 2 ** 24;
/** A filled row said once and meant more often than this is no list of contacts. */
const MAX_FILLED_REPEATS = 10_000;
/** The columns of a sheet of Excel: a row that names more cells names some of them again and again. */
const MAX_CELLS = 16_384;
/** Blank cells and rows, named one by one, for each byte of the file: spreadsheets write at most one, since each has its number. */
const BLANKS_OF_BYTE = 20;
/** So many cost little, however small the file is. */
const FREE_BLANKS = 1_000_000;
/** Rows are handed over before a piece of XML that is larger than this makes too many of them. */
const PIECE_BYTES = 8 * 1024;

/** A number that, read as a text, could have a point between its thousands. Only for such cells is it kept that they hold numbers. */
const LIKE_THOUSANDS = /^-?\d{1,3}\.\d{3}$/;

/** Hidden columns further right hold no contacts. */
const MAX_HIDDEN = 255;

/** Without its result a formula's cell would look blank, and blank cells are left out. */
export function uncalculated(row: number, column: number): Problem {
  return {
    code: 'formula_without_result',
    message: `The cell ${cellName(row, column)} holds a formula that was never calculated.`,
    hint: 'Open the workbook in a spreadsheet and save it again.',
  };
}

/** Collects the rows of one sheet. */
export class RowCollector {
  readonly #displayName: string;
  readonly #width: number;
  readonly #maxBlanks: number;
  #blanks = 0;
  #batch: RawRecord[] = [];
  #row = 0;
  #previousRow = 0;
  #cells: string[] = [];
  #named = 0;
  #problem: Problem | undefined;
  #lost: number[] = [];
  #given: Map<number, unknown> | undefined;
  #isHidden = false;
  /** 1 for each column that the sheet does not show: however often a file says so of one, it costs no more. */
  readonly #hidden = new Uint8Array(MAX_HIDDEN + 1);

  /**
   * @param size the bytes of the file on disk
   * @param width the table's columns, where they are known
   */
  constructor({ displayName, size }: { readonly displayName: string; readonly size: number }, width = MAX_COLUMNS) {
    this.#displayName = displayName;
    this.#maxBlanks = Math.max(FREE_BLANKS, size * BLANKS_OF_BYTE);
    this.#width = width;
  }

  /** The number of the row that is being collected. */
  get row(): number {
    return this.#row;
  }

  /** Begins a row. A number that does not grow is a fault of the file: the row then stands behind the one before it. */
  startRow(numbered?: number, isHidden = false): void {
    const isSound = numbered !== undefined && Number.isInteger(numbered) && numbered > this.#row;
    this.#row = isSound ? numbered : this.#row + 1;
    if (this.#row > MAX_ROW) throw outOfBounds(this.#displayName, `a row numbered ${this.#row}`);
    this.#cells = [];
    this.#named = 0;
    this.#problem = undefined;
    this.#lost = [];
    this.#given = undefined;
    this.#isHidden = isHidden;
  }

  /** Columns that the sheet does not show, as far as lists of contacts reach: spreadsheets hide all to the right. */
  hideColumns(from: number, to: number): void {
    if (from <= to) this.#hidden.fill(1, Math.max(0, from), Math.min(to, MAX_HIDDEN) + 1);
  }

  /** Columns that the sheet does not show, by their places. */
  get hiddenColumns(): number[] {
    return Array.from(this.#hidden.keys()).filter((column) => this.#hidden[column] === 1);
  }

  /** Sets a cell, from column 0. A blank one costs nothing. @param isNumber it is stored as one, and not as a text */
  cell(column: number, text: string, isNumber = false): void {
    this.#named += 1;
    if (this.#named > MAX_CELLS) throw outOfBounds(this.#displayName, `more than ${MAX_CELLS} cells in one row`);
    if (text === '') return this.#countBlank();
    refuseTooWide(this.#displayName, column + 1);
    if (text.length > MAX_CELL_BYTES) {
      this.reject(column, { code: 'record_too_large', message: `A cell is longer than ${MAX_CELL_BYTES / 1024} KiB.` });
      return;
    }
    const end = Math.min(column, this.#width);
    while (this.#cells.length < end) this.#cells.push('');
    // What stands beyond the table is kept, but not the gap before it: rows then cost what the file has bytes.
    if (isNumber && column < this.#width && LIKE_THOUSANDS.test(text))
      (this.#given ??= new Map()).set(column, Number(text));
    if (column < this.#width) this.#cells[column] = text;
    else this.#cells.push(text);
  }

  /** Marks the row as one with a cell that can't be read; the first reason counts. */
  reject(column: number, problem: Problem): void {
    this.#problem ??= problem;
    if (column < this.#width && this.#lost.length < MAX_COLUMNS) this.#lost.push(column);
  }

  /** Ends the row, which stands for so many of the sheet. */
  endRow(times = 1): void {
    const cells = this.#cells;
    const problem = this.#problem;
    const lost = this.#lost;
    const isBlank = cells.length === 0 && problem === undefined;
    if (isBlank) this.#countBlank();
    if (!isBlank && times > MAX_FILLED_REPEATS) throw outOfBounds(this.#displayName, `one row ${times} times`);
    for (let time = 0; time < (isBlank ? 0 : times); time += 1) {
      const line = this.#row + time;
      const hidden = this.#isHidden ? { isHidden: true as const } : {};
      const given = this.#given === undefined ? {} : { given: this.#given };
      const record = { line, cells, afterBlank: line > this.#previousRow + 1, ...hidden, ...given };
      this.#batch.push(problem === undefined ? record : { ...record, problem, lost });
      this.#previousRow = line;
    }
    this.#row += times - 1;
  }

  #countBlank(): void {
    this.#blanks += 1;
    if (this.#blanks <= this.#maxBlanks) return;
    throw outOfBounds(this.#displayName, `more than ${this.#maxBlanks} blank cells and rows, too many for its size`);
  }

  /** The rows that are complete, once. */
  take(): RawRecord[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }
}

/** Feeds a sheet's XML to handlers that fill a collector, and hands over its rows as they are complete. */
export async function* collectRows(
  chunks: AsyncIterable<Buffer>,
  displayName: string,
  collector: RowCollector,
  handlers: XmlHandlers,
): AsyncGenerator<readonly RawRecord[]> {
  const feed = xmlFeed(displayName, handlers);
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      feed.write(chunk.subarray(from, from + PIECE_BYTES));
      const rows = collector.take();
      if (rows.length > 0) yield rows;
    }
  }
  feed.end();
  const rows = collector.take();
  if (rows.length > 0) yield rows;
}

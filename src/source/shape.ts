/** Records to the table's width: what is blank is no record, what has another width is malformed, footers are no data. */
import { fitsColumns, type ColumnKinds } from './cell-kinds.js';
import { Headers, isBlank, isFooterLike, isRule } from './no-records.js';
import type { SourceRecord } from './record.js';
import type { RawRecord } from './text/rows.js';

/** Reports that end in more lines than this aren't known; beyond it they count as records. */
const MAX_FOOTER_LINES = 20;

/** What the records of a table are fitted to. */
export interface TableForm {
  /** The column names as the file spells them, blank and repeated ones included; "Column 1"… where it has no header. */
  readonly header: readonly string[];
  /** Cells that records have in the file: fewer than there are names if the last are left out throughout. */
  readonly rowCells: number;
  /** The last line of the header, which may stand on two rows: records up to it stand before the data. */
  readonly lastHeaderLine: number;
  /** What the cells of each column look like: a short record may be a whole one whose last cells were left out. */
  readonly columnKinds: ColumnKinds;
  /** Tells cells that are all names which columns of contacts have, an e-mail or a phone among them. */
  readonly namesColumns?: ((cells: readonly string[]) => boolean) | undefined;
}

/** What a batch of records becomes, and what is left to say when the file ends. */
export interface Shaping {
  shape(records: readonly RawRecord[]): SourceRecord[];
  /** To be called once, at the end: records that waited for what follows, and how many lines were held back as a footer. */
  finish(): {
    readonly records: SourceRecord[];
    readonly footerLines: number;
    readonly repeatedHeaders: number;
    /** The lines of other tables' headers. */
    readonly otherHeaders: readonly number[];
  };
}

function wrongCount(cells: readonly string[], width: number): NonNullable<SourceRecord['problem']> {
  const counted = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  return {
    code: 'wrong_cell_count',
    message: `The record has ${counted}, the header has ${width}.`,
    hint:
      cells.length > width
        ? 'A cell with the delimiter in it must be quoted.'
        : 'Add the missing delimiters, or join the record with the line it was broken from.',
  };
}

function cutOff(cells: readonly string[], width: number): NonNullable<SourceRecord['problem']> {
  const { code, message } = wrongCount(cells, width);
  return {
    code,
    message: `${message} The file ends within it, as one that is still being written or was cut off does.`,
    hint: 'Export the file again. If it is whole, end its last line as the others end.',
  };
}

function otherTable(headerLine = 0): NonNullable<SourceRecord['problem']> {
  return {
    code: 'other_table',
    message: `The row belongs to another table, whose header is on line ${headerLine}.`,
    hint: 'Put each table into a file or a sheet of its own.',
  };
}

const padded = (cells: readonly string[], width: number): string[] => [
  ...cells,
  ...Array<string>(width - cells.length).fill(''),
];

/**
 * Fits records to the header. Cells too many are dropped where they are blank (trailing delimiters). Cells too few are
 * added where their headers are blank, and where the record looks as if only its last cells were left out, as Excel does:
 * each of its cells is what its column holds elsewhere, and what follows is not the other half of a broken line.
 * Anything else is a `wrong_cell_count`, and so is a short record with which the file ends in the middle of a line, where all before it
 * are full: the file was cut off. Single cells behind a blank line at the very end are a report's footer.
 */
export function shaping({ header, rowCells, lastHeaderLine, columnKinds, namesColumns }: TableForm): Shaping {
  const width = header.length;
  const filledWidth = Math.min(rowCells, header.findLastIndex((name) => !isBlank(name)) + 1);
  let held: RawRecord[] = [];
  let repeatedHeaders = 0;
  const headers = new Headers(header, namesColumns);
  const otherHeaders: number[] = [];
  let isOfOther = false;
  /** A short record that is whole unless the next one is the rest of its line. */
  let short: RawRecord | undefined;
  let hasFull = false;
  let hasShort = false;

  const isShort = ({ cells, problem }: RawRecord): boolean =>
    problem === undefined && cells.length < width && cells.length < filledWidth;
  const fits = ({ cells }: RawRecord): boolean =>
    cells.length > 1 && columnKinds.length > 0 && fitsColumns(cells, columnKinds);

  const fit = ({ line, cells, problem, lost = [], given }: RawRecord): SourceRecord => {
    if (problem !== undefined) return { line, cells, problem, ...(lost.length > 0 && { lost }) };
    if (isOfOther) return { line, cells, problem: otherTable(otherHeaders.at(-1)) };
    const ofCells = given === undefined ? {} : { given };
    if (cells.length === width) return { line, cells, ...ofCells };
    if (cells.length > width && cells.slice(width).every(isBlank))
      return { line, cells: cells.slice(0, width), ...ofCells };
    if (cells.length < width && cells.length >= filledWidth) return { line, cells: padded(cells, width), ...ofCells };
    return { line, cells, problem: wrongCount(cells, width) };
  };

  const settleShort = (next: RawRecord | undefined): SourceRecord[] => {
    const record = short;
    if (record === undefined) return [];
    short = undefined;
    // Whoever leaves out blank cells leaves them out elsewhere, too.
    if (record.isOpenEnded === true && hasFull && !hasShort)
      return [{ line: record.line, cells: record.cells, problem: cutOff(record.cells, width) }];
    hasShort = true;
    const isBroken = next !== undefined && isShort(next) && !fits(next) && !isFooterLike(next, width, false);
    const { line, cells, given } = record;
    return [isBroken ? fit(record) : { line, cells: padded(cells, width), ...(given !== undefined && { given }) }];
  };

  const add = (record: RawRecord, shaped: SourceRecord[]): void => {
    shaped.push(...settleShort(record));
    if (!isOfOther && isShort(record) && fits(record)) short = record;
    else {
      hasFull ||= record.cells.length >= filledWidth;
      shaped.push(fit(record));
    }
  };

  /** What waited for what follows, before another header: totals above it are of the table that ends there. */
  const settleAll = (): SourceRecord[] => {
    const shaped = settleShort(undefined);
    for (const earlier of held) add(earlier, shaped);
    held = [];
    return [...shaped, ...settleShort(undefined)];
  };

  return {
    shape(records) {
      const shaped: SourceRecord[] = [];
      for (const record of records) {
        if (record.line <= lastHeaderLine) continue;
        if (record.problem === undefined && record.cells.every(isBlank)) continue;
        if (record.problem === undefined && isRule(record.cells, record.line === lastHeaderLine + 1)) continue;
        const isSame = headers.isSame(record);
        if (isSame || headers.isOther(record)) {
          shaped.push(...settleAll());
          isOfOther = !isSame;
          if (isSame) repeatedHeaders += 1;
          else otherHeaders.push(record.line);
          continue;
        }
        if (isFooterLike(record, width, held.length > 0) && held.length < MAX_FOOTER_LINES) {
          held.push(record);
          continue;
        }
        for (const earlier of held) add(earlier, shaped);
        held = [];
        add(record, shaped);
      }
      return shaped;
    },
    finish: () => ({ records: settleShort(undefined), footerLines: held.length, repeatedHeaders, otherHeaders }),
  };
}

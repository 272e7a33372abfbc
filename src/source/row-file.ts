/** Files that are no delimited text: workbooks, cards, objects. Each has a reader that gives its rows; all look alike here. */
import { ImporterError } from '../errors.js';
import type { Source } from './opening/source.js';
import type { RawRecord } from './text/rows.js';

export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
}

/** Something about how a file is read that an import must say as well. Codes are stable: scripts tell warnings apart by them. */
export interface FileWarning {
  /** Which of them it is. */
  readonly code:
    | 'no_encoding'
    | 'other_sheets'
    | 'other_lists'
    | 'hidden_columns'
    | 'left_out_values'
    | 'header_width'
    | 'skipped_lines';
  /** A sentence. */
  readonly message: string;
}

/** An opened file that gives rows by itself. */
export interface RowFile {
  /** What it is, for people: "Excel workbook". */
  readonly label: string;
  /** In the file's order; one without a name where the form knows no sheets. */
  readonly sheets: readonly Sheet[];
  /** The names of the columns, where the form has them; else the header is one of the rows. */
  readonly header?: readonly string[];
  /** What a user should know about how it is read. */
  readonly notes?: readonly string[];
  /** Those that an import must say as well. */
  readonly warnings?: readonly FileWarning[];
  /**
   * The rows of a sheet, by its place in `sheets`, from the start; each call reads anew. Blank cells behind the last filled
   * one may be missing. `line` grows from row to row.
   * @param width the table's columns, once they are known: what stands further right comes directly behind them
   */
  rows(sheet: number, width?: number): AsyncGenerator<readonly RawRecord[]>;
  /** What is to be said of the rows, once they were read to the end. */
  notesAtEnd?(): readonly string[];
  /** The columns that a sheet does not show, by their places; known once rows of it were read. */
  hiddenColumns?(sheet: number): readonly number[];
}

/** More columns than any list of contacts has: what a row costs grows with them. */
export const MAX_COLUMNS = 4096;

/** @throws ImporterError `bad_dialect` where a table is wider than any list of contacts */
export function refuseTooWide(displayName: string, columns: number): void {
  if (columns <= MAX_COLUMNS) return;
  throw new ImporterError(
    'bad_dialect',
    `${displayName} has ${columns} columns: at most ${MAX_COLUMNS} are read, and no list of contacts has so many.`,
    { next: 'Delete the columns that hold no contacts, and save it again.' },
  );
}

/** The largest file that is read whole, for forms that can't be read as a stream. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024;

/**
 * All bytes of a source.
 * @param what the form, as "old Excel workbook"
 * @throws ImporterError `file_unreadable` where it is larger than what is read whole
 */
export async function readWhole(source: Source, what: string): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of source.readBytes()) {
    bytes += block.length;
    if (bytes > MAX_WHOLE_BYTES) {
      throw new ImporterError(
        'file_unreadable',
        `${source.displayName} is larger than ${MAX_WHOLE_BYTES / 2 ** 20} MiB, the most that is read of this kind of file (${what}).`,
        { next: 'Save it as .xlsx or as "CSV UTF-8", which may be of any size, or split it.' },
      );
    }
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}

/** Framed records to cells, by csv-parse where they are not simply split. */
import { parse, type Options } from 'csv-parse/sync';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../record.js';
import { MAX_RECORD_BYTES, type CellFormat } from './follow.js';
import { frameBlock, initialFrameState, type Frame, type TableShape } from './frame.js';
import { cellSplitter, type CellSplitter } from './split-cells.js';

/** Longest cell that is read, in bytes of UTF-8: eight times what a cell of Excel can hold. */
export const MAX_CELL_BYTES = 256 * 1024;

/** A record as it stands in the file, whatever its width. */
export interface RawRecord extends Pick<SourceRecord, 'line' | 'cells' | 'problem' | 'lost' | 'given'> {
  readonly afterBlank: boolean;
  /** The file ends with it, without a line end. */
  readonly isOpenEnded?: true;
  /** A row that its sheet does not show: a filter hides it, or a person. */
  readonly isHidden?: true;
}

/** The same record, with blank cells up to a width. */
export const paddedTo = (record: RawRecord, width: number): RawRecord =>
  record.cells.length >= width
    ? record
    : { ...record, cells: [...record.cells, ...Array<string>(width - record.cells.length).fill('')] };

const kibibytes = (bytes: number): string => `${bytes / 1024} KiB`;

function describe({ code, line }: NonNullable<Frame['problem']>, text: string): Problem {
  if (code === 'record_too_large') {
    return { code, message: `The record is longer than ${kibibytes(MAX_RECORD_BYTES)}.` };
  }
  if (code === 'unclosed_quote') {
    return {
      code,
      message: `The quote that opens on line ${line} is never closed.`,
      hint: 'Close it, or double it ("") where it belongs to the text.',
    };
  }
  return {
    code,
    message: `A quote on line ${line} stands where it neither opens nor closes a cell.`,
    hint: text.includes('\\"')
      ? 'Quotes are escaped by a backslash here: export with doubled quotes ("") instead.'
      : 'Double the quotes that belong to the text ("").',
  };
}

/** Takes apart a record that is one quoted cell holding the whole line; undefined for any other record. */
export type Unwrap = (cells: readonly string[]) => readonly string[] | undefined;

/** How csv-parse is to read a format. */
function parseOptions(format: CellFormat): Options {
  const quote = format.quote === undefined ? undefined : String.fromCharCode(format.quote);
  return {
    columns: false,
    delimiter: format.delimiter,
    quote: quote ?? false,
    // Escapes are doubled quotes. A backslash would be dropped in silence before any other letter, too.
    escape: quote ?? null,
    record_delimiter: format.loneCrIsText ? ['\r\n', '\n'] : ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    ltrim: format.spacedQuotes,
    rtrim: format.spacedQuotes,
    // The frames bound it already; csv-parse's own bound holds should they ever disagree.
    max_record_size: MAX_RECORD_BYTES + 1,
  };
}

const readCells = (bytes: Buffer, how: Options): string[][] => parse(bytes, how);

/** Reads one line that stands in a quoted cell as a whole: what Excel saves of lines that it did not take apart. */
export function unwrapper(format: CellFormat): Unwrap {
  const options = parseOptions(format);
  return (cells) => {
    const [only = ''] = cells;
    if (cells.length !== 1 || !only.includes(format.delimiter.toString('utf8'))) return undefined;
    try {
      const [inside, ...more] = readCells(Buffer.from(only), options);
      return more.length === 0 ? inside : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Reads the cells of one record by itself: it has a problem, or its neighbours could not be read with it. */
function readAlone(block: Buffer, frame: Frame, options: Options): RawRecord {
  const { line, afterBlank, problem } = frame;
  const bytes = block.subarray(frame.start, frame.end);
  if (problem?.code === 'record_too_large' || bytes.length > MAX_RECORD_BYTES) {
    return { line, cells: [], afterBlank, problem: describe(problem ?? { code: 'record_too_large', line }, '') };
  }
  if (problem === undefined) {
    try {
      const [cells = [''], ...more] = readCells(bytes, options);
      if (more.length === 0) return recordOf(frame, cells);
    } catch {
      // Falls through: csv-parse sees a quote that framing took for a good one.
    }
  }
  const found = problem ?? { code: 'bad_quote', line };
  // Read without quoting, so that the rejects show the record in its columns as far as that goes.
  const cells = readCells(bytes, { ...options, quote: false, escape: null }).flat();
  return { line, cells, afterBlank, problem: describe(found, bytes.toString('utf8')) };
}

/** A record without a problem, unless a cell of it is too long. */
function recordOf(frame: Frame, cells: readonly string[]): RawRecord {
  const { line, afterBlank, start, end, isOpenEnded } = frame;
  if (end - start <= MAX_CELL_BYTES || cells.every((cell) => Buffer.byteLength(cell) <= MAX_CELL_BYTES)) {
    return { line, cells, afterBlank, ...(isOpenEnded && { isOpenEnded }) };
  }
  const message = `A cell is longer than ${kibibytes(MAX_CELL_BYTES)}.`;
  return { line, cells: [], afterBlank, problem: { code: 'record_too_large', message } };
}

/** Reads records that follow each other, have no problem and can't be split, at once. */
function readRun(block: Buffer, run: readonly Frame[], options: Options): RawRecord[] {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  let rows: string[][];
  try {
    rows = readCells(block.subarray(first.start, last.end), options);
  } catch {
    rows = [];
  }
  if (rows.length !== run.length) return run.map((frame) => readAlone(block, frame, options));
  return run.map((frame, index) => recordOf(frame, rows[index] ?? []));
}

function splitFrame(block: Buffer, { start, end, problem }: Frame, split: CellSplitter): string[] | undefined {
  return problem === undefined ? split(block.toString('utf8', start, end)) : undefined;
}

/** One reader of cells for a format: whole records in, their cells out. */
export function rowReader(format: CellFormat): (block: Buffer, frames: readonly Frame[]) => RawRecord[] {
  const options = parseOptions(format);
  const split = cellSplitter(format);
  const unwrap = format.linesInQuotes ? unwrapper(format) : undefined;
  return (block, frames) => {
    const records: RawRecord[] = [];
    const add = (record: RawRecord): void => {
      const inside = record.problem === undefined ? unwrap?.(record.cells) : undefined;
      records.push(inside === undefined ? record : { ...record, cells: inside });
    };
    let runFrom = 0;
    for (const [index, frame] of frames.entries()) {
      const cells = split === undefined ? undefined : splitFrame(block, frame, split);
      if (cells === undefined && frame.problem === undefined) continue;
      for (const record of readRun(block, frames.slice(runFrom, index), options)) add(record);
      add(cells === undefined ? readAlone(block, frame, options) : recordOf(frame, cells));
      runFrom = index + 1;
    }
    for (const record of readRun(block, frames.slice(runFrom), options)) add(record);
    return records;
  };
}

/**
 * Blocks of valid UTF-8 to records, one array a block; memory is bounded by a block and one record.
 * @param shape the table's width, where it is known: it helps to find quotes that nobody closed
 */
export async function* rawRecords(
  blocks: AsyncIterable<Buffer>,
  format: CellFormat,
  shape?: TableShape,
): AsyncGenerator<RawRecord[]> {
  const read = rowReader(format);
  const state = initialFrameState();
  let rest: Buffer = Buffer.alloc(0);
  for await (const block of blocks) {
    const text = rest.length > 0 ? Buffer.concat([rest, block]) : block;
    const { frames, consumedBytes } = frameBlock(text, false, format, state, shape);
    rest = text.subarray(consumedBytes);
    if (frames.length > 0) yield read(text, frames);
  }
  const { frames } = frameBlock(rest, true, format, state, shape);
  if (frames.length > 0) yield read(rest, frames);
}

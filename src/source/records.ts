/** The records of a source, in batches: constant memory, at the reader's pace. */
import { ImporterError } from '../errors.js';
import { readText } from './encoding/decode.js';
import type { Source } from './opening/source.js';
import type { SourceRecord } from './record.js';
import type { RowFile } from './row-file.js';
import { shaping, type TableForm } from './shape.js';
import { cellFormatOf, type Reading } from './text/format.js';
import { paddedTo, rawRecords, type RawRecord } from './text/rows.js';

/** Records handed over at once: enough to make the hand-over cheap, few enough to stop soon. */
export const BATCH_RECORDS = 500;
/** Cells handed over at once, where a table is wide: so that memory follows neither. */
const BATCH_CELLS = 512 * 1024;

/** What reading records takes: the reading, and where the data begins. */
export interface Table extends Reading, TableForm {
  /** The line on which the header starts; where the file has none, the last line before the data (0 or that of `sep=;`). */
  readonly headerLine: number;
  /** Cells a record. */
  readonly width: number;
  /** What gives the rows, of a file that is no delimited text, and the place of the sheet that is read. */
  readonly rows?: {
    /** The opened file. */
    readonly file: RowFile;
    /** Its sheet, by place. */
    readonly sheet: number;
  };
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told in a sentence what was left out as no data: a report's footer. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

/** Batches cut so that what becomes of them stays small, however wide the table is. */
async function* inPieces(
  batches: AsyncIterable<readonly RawRecord[]>,
  width: number,
): AsyncGenerator<readonly RawRecord[]> {
  const most = Math.max(1, Math.min(BATCH_RECORDS, Math.floor(BATCH_CELLS / Math.max(1, width))));
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += most) yield batch.slice(from, from + most);
  }
}

/** Rows of the table that its sheet does not show, counted as they pass. */
interface HiddenRows {
  count: number;
}

async function* rawRecordsOf(source: Source, table: Table, hidden: HiddenRows): AsyncGenerator<readonly RawRecord[]> {
  const { rows, width, rowCells } = table;
  if (rows !== undefined) {
    // A sheet stores no blank cells behind the last filled one.
    for await (const batch of inPieces(rows.file.rows(rows.sheet, width), width)) {
      for (const { isHidden, line } of batch) if (isHidden === true && line > table.lastHeaderLine) hidden.count += 1;
      yield batch.map((record) => (record.problem === undefined ? paddedTo(record, width) : record));
    }
    return;
  }
  const encoding = { codec: table.codec, label: table.encoding, certain: table.encodingCertain };
  const shape = { width: rowCells, headerLine: table.lastHeaderLine };
  yield* inPieces(rawRecords(readText(source, encoding), cellFormatOf(table), shape), width);
}

async function refuseChanged(source: Source): Promise<void> {
  if (!(await source.changedSince())) return;
  const gone = await source.goneSince();
  if (gone !== undefined) {
    const message = `${gone} is not there any more: it was moved or removed while it was being read.`;
    throw new ImporterError('input_changed', message, {
      next: 'Put it back, or name it where it is now: what is already in Clarky is not sent twice.',
    });
  }
  throw new ImporterError('input_changed', `${source.displayName} was changed while it was being read.`, {
    next: 'Run again once nothing writes to it: what is already in Clarky is not sent twice.',
  });
}

/**
 * The records behind the header, at most `BATCH_RECORDS` a batch. Blank records are left out; malformed ones carry their
 * problem and must be rejected. Reading again from the start is another call.
 * @throws ImporterError `bad_encoding`; `file_unreadable`; `input_changed` where the file was edited, cut or replaced since it
 * was opened: what was read from it then is not handed over. The signal's reason, where it was aborted.
 */
export async function* readRecords(
  source: Source,
  table: Table,
  options: ReadOptions = {},
): AsyncGenerator<readonly SourceRecord[]> {
  const fitting = shaping(table);
  const hidden: HiddenRows = { count: 0 };
  let footerLines = 0;
  let repeatedHeaders = 0;
  let otherHeaders: readonly number[] = [];
  const shaped = async function* (): AsyncGenerator<readonly SourceRecord[]> {
    for await (const raw of rawRecordsOf(source, table, hidden)) yield fitting.shape(raw);
    const rest = fitting.finish();
    ({ footerLines, repeatedHeaders, otherHeaders } = rest);
    yield rest.records;
  };
  try {
    for await (const records of shaped()) {
      options.signal?.throwIfAborted();
      await refuseChanged(source);
      for (let from = 0; from < records.length; from += BATCH_RECORDS) {
        yield records.slice(from, from + BATCH_RECORDS);
        options.signal?.throwIfAborted();
      }
    }
  } catch (error) {
    // A file that changes under the reader fails in many ways; the change is what the user must know.
    if (options.signal?.aborted !== true) await refuseChanged(source);
    throw error;
  }
  await refuseChanged(source);
  if (footerLines > 0) {
    const lines = footerLines === 1 ? 'The last line is' : `The last ${footerLines} lines are`;
    options.onNote?.(`${lines} a report's footer, and no record.`);
  }
  if (repeatedHeaders > 0) {
    const rows =
      repeatedHeaders === 1 ? '1 row repeats the header and is' : `${repeatedHeaders} rows repeat the header and are`;
    options.onNote?.(`${rows} no record.`);
  }
  if (otherHeaders.length > 0) {
    const [first = 0] = otherHeaders;
    const more = otherHeaders.length === 1 ? 'begins on line' : `and ${otherHeaders.length - 1} more begin on line`;
    options.onNote?.(`Another table ${more} ${first}: put each into a file or a sheet of its own.`);
  }
  for (const note of table.rows?.file.notesAtEnd?.() ?? []) options.onNote?.(note);
  if (hidden.count > 0) {
    const rows = hidden.count === 1 ? '1 row that the sheet hides is' : `${hidden.count} rows that the sheet hides are`;
    options.onNote?.(`${rows} read like the others: to leave them out, copy what is shown into a sheet of its own.`);
  }
}

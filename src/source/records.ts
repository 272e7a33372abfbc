/** The records of a source, in batches: constant memory, at the reader's pace. */
import { ImporterError } from '../errors.js';
import { readText } from './encoding/decode.js';
import { cellFormatOf, type Reading } from './text/format.js';
import type { SourceRecord } from './record.js';
import { rawRecords, type RawRecord } from './text/rows.js';
import { shaping } from './shape.js';
import type { Source } from './source.js';

/** Records handed over at once: enough to make the hand-over cheap, few enough to stop soon. */
export const BATCH_RECORDS = 500;

/** What reading records takes: the reading, and where the data begins. */
export interface Table extends Reading {
  /** The line on which the header starts; where the file has none, the last line before the data (0 or that of `sep=;`). */
  readonly headerLine: number;
  /** The column names as the file spells them, blank and repeated ones included; "Column 1"… where it has no header. */
  readonly header: readonly string[];
  /** Cells a record. */
  readonly width: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told in a sentence what was left out as no data: a report's footer. */
  readonly onNote?: ((sentence: string) => void) | undefined;
}

async function* rawRecordsOf(source: Source, table: Table): AsyncGenerator<readonly RawRecord[]> {
  if (source.kind === 'xlsx') {
    const { sheetRows } = await import('./workbook/workbook.js');
    yield* sheetRows(source, table.sheet, table.width);
    return;
  }
  const encoding = { codec: table.codec, label: table.encoding, certain: table.encodingCertain };
  yield* rawRecords(readText(source, encoding), cellFormatOf(table), table);
}

async function refuseChanged(source: Source): Promise<void> {
  if (!(await source.changedSince())) return;
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
  const fitting = shaping(table.header, table.headerLine);
  try {
    for await (const raw of rawRecordsOf(source, table)) {
      options.signal?.throwIfAborted();
      const records = fitting.shape(raw);
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
  const { footerLines } = fitting.finish();
  if (footerLines > 0) {
    const lines = footerLines === 1 ? 'The last line is' : `The last ${footerLines} lines are`;
    options.onNote?.(`${lines} a report's footer, and no record.`);
  }
}

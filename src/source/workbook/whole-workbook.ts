/** Old Excel workbooks (.xls), .xlsb and Apple Numbers through SheetJS, which reads a file whole; loaded only for one. */
import type { CellObject } from '@e965/xlsx';
import { ImporterError } from '../../errors.js';
import { measureMembers } from '../opening/archive.js';
import type { Source } from '../opening/source.js';
import { readWhole, type RowFile } from '../row-file.js';
import type { RawRecord } from '../text/rows.js';
import { RowCollector } from './row-collector.js';
import { isCutOff } from './compound-file.js';
import { readWorkbook, type ReadWorkbook } from './sheetjs.js';
import { numberStyle, numberText, plainNumber } from './workbook-values.js';

/** What the parts of a .numbers or .xlsb may unpack to; SheetJS holds them all. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const ROWS_A_BATCH = 500;

const NO_ROWS = { data: [], hiddenRows: [] };

/** Error values by the code that BIFF stores. */
const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
};

function unreadable(source: Source, label: string, cause: unknown): ImporterError {
  const text = cause instanceof Error ? cause.message : '';
  if (/password/i.test(text)) {
    return new ImporterError('file_unreadable', `${source.displayName} is protected by a password.`, {
      next: 'Open it in a spreadsheet, take the password off, and save it again.',
      cause,
    });
  }
  return new ImporterError('file_unreadable', `${source.displayName} is ${label} that can't be read.`, {
    next: 'Open it in the program that made it and save it as .xlsx, or export it as CSV.',
    cause,
  });
}

function textOf({ t, v, z }: CellObject, since1904: boolean): string {
  if (v === undefined) return '';
  if (t === 'e') return ERRORS[Number(v)] ?? '#N/A';
  if (typeof v === 'boolean') return v ? 'TRUE' : 'FALSE';
  if (v instanceof Date) return v.toISOString().replace(/T00:00:00\.000Z$|(?::00)?\.\d{3}Z$/, '');
  if (typeof v === 'number') {
    return typeof z === 'string' ? numberText(String(v), numberStyle(-1, z), since1904) : plainNumber(v);
  }
  return v;
}

/** The rows of a sheet; only the cells that are there are looked at, wherever its range says that it ends. */
function* sheetRows(
  { data, hiddenRows }: Pick<ReadWorkbook['sheets'][number], 'data' | 'hiddenRows'>,
  displayName: string,
  since1904: boolean,
  width?: number,
): Generator<RawRecord[]> {
  const collector = new RowCollector({ displayName, size: Infinity }, width);
  const hidden = new Set(hiddenRows);
  let collected = 0;
  for (const key of Object.keys(data)) {
    const row = data[Number(key)];
    if (row === undefined) continue;
    collector.startRow(Number(key) + 1, hidden.has(Number(key)));
    for (const column of Object.keys(row)) {
      const cell = row[Number(column)];
      if (cell !== undefined) collector.cell(Number(column), textOf(cell, since1904), typeof cell.v === 'number');
    }
    collector.endRow();
    collected += 1;
    if (collected % ROWS_A_BATCH === 0) yield collector.take();
  }
  yield collector.take();
}

/**
 * Opens a workbook of a form that can't be read as a stream.
 * @throws ImporterError `file_unreadable`, also where it is too large to be read whole
 */
export async function openWholeWorkbook(source: Source): Promise<RowFile> {
  const { displayName } = source;
  const bytes = await readWhole(source, 'an old Excel workbook or a Numbers document');
  const isZip = bytes.readUInt16BE(0) === 0x504b;
  const isNumbers = isZip && bytes.includes('.iwa');
  const label = isNumbers ? 'a Numbers document' : isZip ? 'an Excel workbook (.xlsb)' : 'an old Excel workbook (.xls)';
  if (isCutOff(bytes)) {
    throw new ImporterError('file_unreadable', `${displayName} is cut off: a part of ${label} is missing.`, {
      next: 'Get the whole file again, or open it in a spreadsheet and save it as .xlsx.',
    });
  }
  const unpackedBytes = isZip ? await measureMembers(source, MAX_UNPACKED_BYTES) : bytes.length;
  let workbook: ReadWorkbook;
  try {
    workbook = await readWorkbook(bytes, { unpackedBytes, tellsColumns: !isNumbers });
  } catch (error) {
    throw unreadable(source, label, error);
  }
  const { sheets, since1904 } = workbook;
  return {
    label: isNumbers ? 'Numbers document' : 'Excel workbook',
    sheets,
    async *rows(index, width) {
      for (const rows of sheetRows(sheets[index] ?? NO_ROWS, displayName, since1904, width)) {
        yield rows;
        // Other work goes on between the batches of a file that is in memory.
        await Promise.resolve();
      }
    },
    hiddenColumns: (index) => sheets[index]?.hiddenColumns ?? [],
  };
}

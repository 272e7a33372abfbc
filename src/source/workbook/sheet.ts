/** The cells of one sheet as records. */
import type { Problem } from '../../problem.js';
import type { RawRecord } from '../text/rows.js';
import { columnIndex, numberText, unescapeText, type NumberStyle } from './workbook-values.js';
import { xmlFeed } from './xml.js';

/** Columns that a sheet can have (ECMA-376's limit is Excel's: XFD). */
const MAX_COLUMNS = 16_384;

/** What cells refer to; the only part of a workbook that is held in memory. */
export interface WorkbookParts {
  readonly sharedStrings: readonly string[];
  /** How numbers are shown, by a cell's style index. */
  readonly styles: readonly NumberStyle[];
  readonly since1904: boolean;
}

interface Cell {
  readonly type: string;
  readonly style: number;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
}

function textOf({ type, style, value, hasValue }: Cell, parts: WorkbookParts): string {
  if (!hasValue) return '';
  switch (type) {
    case 's':
      return parts.sharedStrings[Number(value)] ?? '';
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'str':
    case 'inlineStr':
      return unescapeText(value);
    case 'e':
      return value;
    case 'd':
      return value.replace(/T00:00(:00(\.0+)?)?Z?$/, '');
    default:
      return numberText(value, parts.styles[style] ?? { kind: 'plain' }, parts.since1904);
  }
}

/** Without its result a formula's cell would look blank, and blank cells are left out. */
function uncalculated(row: number, column: number): Problem {
  return {
    code: 'formula_without_result',
    message: `The cell in row ${row}, column ${column + 1} holds a formula that was never calculated.`,
    hint: 'Open the workbook in a spreadsheet and save it again.',
  };
}

/**
 * A sheet's rows, a batch for each piece of XML that completes some; `line` is the row's number in the sheet.
 * @param chunks the sheet's XML
 */
export async function* sheetRecords(
  chunks: AsyncIterable<Buffer>,
  displayName: string,
  parts: WorkbookParts,
): AsyncGenerator<RawRecord[]> {
  let batch: RawRecord[] = [];
  let row = 0;
  let previousRow = 0;
  let column = -1;
  let cells: string[] = [];
  let problem: Problem | undefined;
  let cell: Cell | undefined;
  let phonetic = false;

  const endRow = (): void => {
    while (cells.length > 0 && cells.at(-1) === '') cells.pop();
    if (cells.length === 0 && problem === undefined) return;
    const record = { line: row, cells, afterBlank: row > previousRow + 1 };
    batch.push(problem === undefined ? record : { ...record, problem });
    previousRow = row;
  };
  const feed = xmlFeed(displayName, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        column = -1;
        cells = [];
        problem = undefined;
      } else if (name === 'c') {
        column = columnIndex(attributes.r ?? '') ?? column + 1;
        cell = {
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? '0'),
          value: '',
          hasValue: false,
          hasFormula: false,
        };
      } else if (name === 'rPh') phonetic = true;
      else if (cell !== undefined && name === 'f') cell.hasFormula = true;
      else if (cell !== undefined && (name === 'v' || name === 'is')) cell.hasValue = true;
    },
    text(piece, inside) {
      if (cell !== undefined && (inside === 'v' || (inside === 't' && !phonetic))) cell.value += piece;
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      else if (name === 'row') endRow();
      else if (name === 'c' && cell !== undefined) {
        if (column < MAX_COLUMNS) {
          while (cells.length < column) cells.push('');
          cells[column] = textOf(cell, parts);
          if (cell.hasFormula && !cell.hasValue) problem ??= uncalculated(row, column);
        }
        cell = undefined;
      }
    },
  });
  for await (const chunk of chunks) {
    feed.write(chunk);
    if (batch.length === 0) continue;
    yield batch;
    batch = [];
  }
  feed.end();
  if (batch.length > 0) yield batch;
}

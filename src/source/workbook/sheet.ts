/** The cells of one sheet of an .xlsx as rows. */
import type { Problem } from '../../problem.js';
import type { RawRecord } from '../text/rows.js';
import type { RowCollector } from './row-collector.js';
import { collectRows, uncalculated } from './row-collector.js';
import { cellName, columnIndex, numberText, unescapeText, type NumberStyle } from './workbook-values.js';
import { MAX_TEXT_ELEMENTS, outOfBounds, type XmlHandlers } from './xml.js';

/** Characters of one cell that are collected; more are no text of a cell. */
const MAX_VALUE_CHARACTERS = 4 * 1024 * 1024;

/** What cells refer to; the only part of a workbook that is held in memory. */
export interface WorkbookParts {
  readonly sharedStrings: readonly string[];
  /** How numbers are shown, by a cell's style index. */
  readonly styles: readonly NumberStyle[];
  readonly since1904: boolean;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
  /** Elements inside it. */
  elements: number;
}

const isTrue = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/** The text of a cell; undefined where it refers to a text that is not there. */
function textOf({ type, style, value, hasValue }: Cell, parts: WorkbookParts): string | undefined {
  if (!hasValue) return '';
  const isBlank = value.trim() === '';
  switch (type) {
    case 's':
      // No index refers to no text; as a number it would be that of the first one.
      return isBlank ? '' : /^\s*\d+\s*$/.test(value) ? parts.sharedStrings[Number(value)] : undefined;
    case 'b':
      return isBlank ? '' : isTrue(value.trim()) ? 'TRUE' : 'FALSE';
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

/** Whether a formula has one. A result that is a blank text is typed as a text; without a type, nothing was ever calculated. */
function hasResult({ type, value, hasValue }: Cell): boolean {
  return hasValue && (type === 'str' || type === 'inlineStr' || value.trim() !== '');
}

function lostText(row: number, column: number): Problem {
  return {
    code: 'broken_cell',
    message: `The cell ${cellName(row, column)} refers to a text that the workbook does not hold.`,
    hint: 'Open the workbook in a spreadsheet, look at that cell, and save it again.',
  };
}

function sheetHandlers(displayName: string, parts: WorkbookParts, collector: RowCollector): XmlHandlers {
  let column = -1;
  let cell: Cell | undefined;
  let phonetic = false;

  const openCell = (attributes: Readonly<Record<string, string | undefined>>): void => {
    column = columnIndex(attributes.r ?? '') ?? column + 1;
    cell = {
      column,
      type: attributes.t ?? 'n',
      style: Number(attributes.s ?? '0'),
      value: '',
      hasValue: false,
      hasFormula: false,
      elements: 0,
    };
  };
  const closeCell = (closed: Cell): void => {
    const text = textOf(closed, parts);
    if (text === undefined) collector.reject(closed.column, lostText(collector.row, closed.column));
    else collector.cell(closed.column, text, closed.type === 'n');
    if (closed.hasFormula && !hasResult(closed))
      collector.reject(closed.column, uncalculated(collector.row, closed.column));
  };
  return {
    open(name, attributes) {
      if (cell !== undefined) {
        cell.elements += 1;
        if (cell.elements > MAX_TEXT_ELEMENTS) throw outOfBounds(displayName, 'a cell without end');
      }
      if (name === 'row') {
        collector.startRow(attributes.r === undefined ? undefined : Number(attributes.r), isTrue(attributes.hidden));
        column = -1;
      } else if (name === 'col' && isTrue(attributes.hidden)) {
        collector.hideColumns(Number(attributes.min) - 1, Number(attributes.max) - 1);
      } else if (name === 'c') openCell(attributes);
      else if (name === 'rPh') phonetic = true;
      else if (cell !== undefined && name === 'f') cell.hasFormula = true;
      else if (cell !== undefined && (name === 'v' || name === 'is')) cell.hasValue = true;
    },
    text(piece, inside) {
      if (cell === undefined || !(inside === 'v' || (inside === 't' && !phonetic))) return;
      cell.value += piece;
      if (cell.value.length > MAX_VALUE_CHARACTERS) throw outOfBounds(displayName, 'a cell without end');
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      else if (name === 'row') collector.endRow();
      else if (name === 'c' && cell !== undefined) {
        closeCell(cell);
        cell = undefined;
      }
    },
  };
}

/**
 * A sheet's rows; `line` is the row's number in the sheet.
 * @param chunks the sheet's XML
 */
export function sheetRecords(
  chunks: AsyncIterable<Buffer>,
  displayName: string,
  parts: WorkbookParts,
  collector: RowCollector,
): AsyncGenerator<readonly RawRecord[]> {
  return collectRows(chunks, displayName, collector, sheetHandlers(displayName, parts, collector));
}

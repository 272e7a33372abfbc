/** OpenDocument spreadsheets (.ods, and .fods, which is the same as one XML file) as rows, read as a stream. */
import type { Source } from '../opening/source.js';
import type { RowFile, Sheet } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { collectRows, RowCollector, uncalculated } from './row-collector.js';
import { numberText, plainNumber } from './workbook-values.js';
import { outOfBounds, parseXml, type XmlHandlers } from './xml.js';
import { asUtf8, readXml } from './xml-text.js';

type Attributes = Readonly<Record<string, string | undefined>>;

const MAX_SHEETS = 1000;
const MAX_STYLES = 65_536;

interface Cell {
  readonly type: string | undefined;
  readonly value: string | undefined;
  /** A number that its style shows as a date. */
  readonly isDate: boolean;
  readonly hasFormula: boolean;
  readonly times: number;
  text: string;
  paragraphs: number;
}

/** `PT13H30M00S` as 13:30. */
function timeText(duration: string): string {
  const match = /^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/.exec(duration);
  if (match === null) return duration;
  const [, hours = '', minutes = '', seconds = ''] = match;
  const time = `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
  return Number(seconds) === 0 ? time : `${time}:${seconds.padStart(2, '0')}`;
}

/** A number as stored, unless what is shown is the same number with the zeros or the plus that its format gives it. */
function numberAsShown(value: string, shown: string): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return shown;
  return /^\+?\d+$/.test(shown) && Number(shown) === number ? shown : plainNumber(number);
}

/** The types of cells that hold one. */
const NUMBERS: ReadonlySet<string> = new Set(['float', 'percentage', 'currency']);

function textOf({ type, value, text, isDate }: Cell): string {
  switch (type) {
    case 'float':
      if (isDate && value !== undefined) return numberText(value, { kind: 'date' }, false);
      return value === undefined ? text : numberAsShown(value, text);
    case 'percentage':
    case 'currency':
      return value === undefined ? text : numberAsShown(value, text);
    case 'date':
      return (value ?? text).replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace(/(T\d\d:\d\d):00(?:\.0+)?$/, '$1');
    case 'time':
      return timeText(value ?? text);
    case 'boolean':
      return value === 'true' ? 'TRUE' : 'FALSE';
    default:
      return text;
  }
}

/** `collapse` where a person hid it, `filter` where a filter did. */
const isHidden = (visibility: string | undefined): boolean => visibility === 'collapse' || visibility === 'filter';

const timesOf = (repeated: string | undefined): number => {
  const times = Number(repeated ?? '1');
  return Number.isInteger(times) && times > 0 ? times : 1;
};

/** Cells that a file says once and has many times: each is bounded along its row and along its column, and so are all together. */
const MAX_COPIES = 10_000_000;

function sheetHandlers(
  displayName: string,
  wanted: number,
  dateStyles: ReadonlySet<string>,
  collector: RowCollector,
): XmlHandlers {
  let table = -1;
  let depth = 0;
  let column = 0;
  let rowTimes = 1;
  let filled = 0;
  let copies = 0;
  let cell: Cell | undefined;
  let remarks = 0;
  let textDepth = 0;

  const openCell = (name: string, attributes: Attributes): void => {
    const { value, formula } = attributes;
    cell = {
      type: name === 'covered-table-cell' ? undefined : attributes['value-type'],
      value: value ?? attributes['date-value'] ?? attributes['time-value'] ?? attributes['boolean-value'],
      isDate: dateStyles.has(attributes['style-name'] ?? ''),
      hasFormula: formula !== undefined,
      times: timesOf(attributes['number-columns-repeated']),
      text: attributes['string-value'] ?? '',
      paragraphs: attributes['string-value'] === undefined ? 0 : Infinity,
    };
  };
  const closeCell = (closed: Cell): void => {
    const text = textOf(closed);
    const isNumber = closed.type !== undefined && NUMBERS.has(closed.type);
    if (text !== '') for (let time = 0; time < closed.times; time += 1) collector.cell(column + time, text, isNumber);
    else if (closed.hasFormula && closed.type === undefined)
      collector.reject(column, uncalculated(collector.row, column));
    if (text !== '') filled += closed.times;
    column += closed.times;
  };
  const closeRow = (): void => {
    copies += filled * (rowTimes - 1);
    if (copies > MAX_COPIES) throw outOfBounds(displayName, `more than ${MAX_COPIES} cells that repeat others`);
    filled = 0;
    collector.endRow(rowTimes);
  };
  const add = (piece: string): void => {
    if (cell === undefined || remarks > 0 || textDepth === 0 || cell.paragraphs === Infinity) return;
    if (cell.text.length + piece.length > MAX_CELL_BYTES) throw outOfBounds(displayName, 'a cell without end');
    cell.text += piece;
  };
  const openText = (name: string, attributes: Attributes): void => {
    if (name === 'p') {
      textDepth += 1;
      if (cell !== undefined && remarks === 0) {
        if (cell.paragraphs > 0) add('\n');
        cell.paragraphs += 1;
      }
    } else if (name === 's') add(' '.repeat(Math.min(timesOf(attributes.c), 1000)));
    else if (name === 'tab') add('\t');
    else if (name === 'line-break') add('\n');
  };
  return {
    open(name, attributes) {
      if (name === 'table') {
        depth += 1;
        if (depth === 1) table += 1;
      }
      if (table !== wanted || depth !== 1) return;
      if (name === 'table-row') {
        collector.startRow(undefined, isHidden(attributes.visibility));
        column = 0;
        rowTimes = timesOf(attributes['number-rows-repeated']);
      } else if (name === 'table-column') {
        const times = timesOf(attributes['number-columns-repeated']);
        if (isHidden(attributes.visibility)) collector.hideColumns(column, column + times - 1);
        column += times;
      } else if (name === 'table-cell' || name === 'covered-table-cell') openCell(name, attributes);
      else if (name === 'annotation') remarks += 1;
      else if (cell !== undefined) openText(name, attributes);
    },
    text: add,
    close(name) {
      if (table === wanted && depth === 1) {
        if (name === 'annotation') remarks -= 1;
        else if (name === 'p' && textDepth > 0) textDepth -= 1;
        else if (name === 'table-row') closeRow();
        else if ((name === 'table-cell' || name === 'covered-table-cell') && cell !== undefined) {
          closeCell(cell);
          cell = undefined;
        }
      }
      if (name === 'table') depth -= 1;
    },
  };
}

interface Contents {
  readonly sheets: readonly Sheet[];
  /** Styles of cells that show a number as a date. */
  readonly dateStyles: ReadonlySet<string>;
}

async function readContents(chunks: AsyncIterable<Buffer>, displayName: string): Promise<Contents> {
  const sheets: Sheet[] = [];
  const hiddenStyles = new Set<string>();
  const dateFormats = new Set<string>();
  const dateStyles = new Set<string>();
  let depth = 0;
  let style = '';
  const add = (styles: Set<string>, name: string | undefined): void => {
    if (styles.add(name ?? '').size > MAX_STYLES) throw outOfBounds(displayName, `more than ${MAX_STYLES} styles`);
  };
  await parseXml(chunks, displayName, {
    open(name, attributes) {
      if (name === 'date-style') add(dateFormats, attributes.name);
      if (name === 'style') {
        style = attributes.name ?? '';
        if (dateFormats.has(attributes['data-style-name'] ?? '')) add(dateStyles, style);
      }
      if (name === 'table-properties' && attributes.display === 'false') add(hiddenStyles, style);
      if (name !== 'table') return;
      depth += 1;
      if (depth > 1) return;
      const isHidden = hiddenStyles.has(attributes['style-name'] ?? '');
      if (sheets.push({ name: attributes.name ?? `Table ${sheets.length + 1}`, isHidden }) > MAX_SHEETS) {
        throw outOfBounds(displayName, `more than ${MAX_SHEETS} sheets`);
      }
    },
    close(name) {
      if (name === 'table') depth -= 1;
    },
  });
  return { sheets, dateStyles };
}

/**
 * Opens an OpenDocument spreadsheet.
 * @throws ImporterError `file_unreadable`; where it is protected by a password, its content is no XML
 */
export async function openOpenDocument(source: Source): Promise<RowFile> {
  const { displayName } = source;
  const content = (): AsyncGenerator<Buffer> =>
    source.form === 'ods' ? readXml(source, 'content.xml') : asUtf8(source.readBytes(), displayName);
  const { sheets, dateStyles } = await readContents(content(), displayName);
  const collectors = new Map<number, RowCollector>();
  return {
    label: 'OpenDocument spreadsheet',
    sheets,
    rows(index, width): AsyncGenerator<readonly RawRecord[]> {
      const collector = new RowCollector(source, width);
      collectors.set(index, collector);
      const handlers = sheetHandlers(displayName, index, dateStyles, collector);
      return collectRows(content(), displayName, collector, handlers);
    },
    hiddenColumns: (index) => collectors.get(index)?.hiddenColumns ?? [],
  };
}

/** Workbooks that Excel 2003 wrote as one XML file (SpreadsheetML), as rows; read as a stream. */
import { readText } from '../encoding/decode.js';
import { detectEncoding } from '../encoding/encoding.js';
import type { Source } from '../opening/source.js';
import type { RowFile } from '../row-file.js';
import { MAX_CELL_BYTES, type RawRecord } from '../text/rows.js';
import { collectRows, RowCollector, uncalculated } from './row-collector.js';
import { numberStyle, numberText, type NumberStyle } from './workbook-values.js';
import { outOfBounds, parseXml, type XmlHandlers } from './xml.js';

/** Excel allows 65,490 styles. */
const MAX_STYLES = 65_536;
const MAX_SHEETS = 1000;

/** Formats that SpreadsheetML calls by a name. */
const NAMED_FORMATS: Readonly<Record<string, NumberStyle>> = {
  'General Date': { kind: 'date' },
  'Long Date': { kind: 'date' },
  'Medium Date': { kind: 'date' },
  'Short Date': { kind: 'date' },
  'Long Time': { kind: 'time' },
  'Medium Time': { kind: 'time' },
  'Short Time': { kind: 'time' },
};

interface Contents {
  readonly sheets: { name: string; isHidden: boolean }[];
  readonly styles: Map<string, NumberStyle>;
  since1904: boolean;
}

interface Cell {
  /** How many columns to the right it is merged with: the next cell stands behind them. */
  readonly merged: number;
  readonly style: string | undefined;
  readonly hasFormula: boolean;
  type: string | undefined;
  text: string;
}

function textOf({ type, style, text }: Cell, { styles, since1904 }: Contents): string {
  if (type === 'Number') return numberText(text, styles.get(style ?? '') ?? { kind: 'plain' }, since1904);
  if (type === 'Boolean') return text.trim() === '' ? '' : text === '1' ? 'TRUE' : 'FALSE';
  if (type === 'DateTime') return text.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace(/(T\d\d:\d\d):00(?:\.0+)?$/, '$1');
  return text;
}

async function readContents(chunks: AsyncIterable<Buffer>, displayName: string): Promise<Contents> {
  const contents: Contents = { sheets: [], styles: new Map(), since1904: false };
  let style = '';
  let inside = '';
  await parseXml(chunks, displayName, {
    open(name, attributes) {
      inside = name;
      if (name === 'Style') style = attributes.ID ?? '';
      if (name === 'NumberFormat' && attributes.Format !== undefined) {
        contents.styles.set(style, NAMED_FORMATS[attributes.Format] ?? numberStyle(-1, attributes.Format));
        if (contents.styles.size > MAX_STYLES) throw outOfBounds(displayName, `more than ${MAX_STYLES} styles`);
      }
      if (name === 'Date1904') contents.since1904 = true;
      if (name !== 'Worksheet') return;
      const sheet = { name: attributes.Name ?? `Sheet ${contents.sheets.length + 1}`, isHidden: false };
      if (contents.sheets.push(sheet) > MAX_SHEETS) throw outOfBounds(displayName, `more than ${MAX_SHEETS} sheets`);
    },
    text(piece) {
      const sheet = contents.sheets.at(-1);
      if (inside === 'Visible' && sheet !== undefined && piece.includes('Hidden')) sheet.isHidden = true;
    },
    close: () => {
      inside = '';
    },
  });
  return contents;
}

function sheetHandlers(displayName: string, wanted: number, contents: Contents, collector: RowCollector): XmlHandlers {
  let sheet = -1;
  let column = -1;
  let cell: Cell | undefined;
  let inData = false;
  let inComment = false;

  const indexOf = (index: string | undefined, next: number): number => {
    const given = Number(index);
    return Number.isInteger(given) && given > 0 ? given - 1 : next;
  };
  const closeCell = (closed: Cell): void => {
    collector.cell(column, textOf(closed, contents), closed.type === 'Number');
    if (closed.hasFormula && closed.type === undefined) collector.reject(column, uncalculated(collector.row, column));
    column += closed.merged;
  };
  return {
    open(name, attributes) {
      if (name === 'Worksheet') sheet += 1;
      if (sheet !== wanted) return;
      if (name === 'Row') {
        collector.startRow(
          attributes.Index === undefined ? undefined : Number(attributes.Index),
          attributes.Hidden === '1',
        );
        column = -1;
      } else if (name === 'Column') {
        column = indexOf(attributes.Index, column + 1);
        const last = column + Number(attributes.Span ?? '0');
        if (attributes.Hidden === '1') collector.hideColumns(column, last);
        column = last;
      } else if (name === 'Cell') {
        column = indexOf(attributes.Index, column + 1);
        cell = {
          merged: indexOf(attributes.MergeAcross, -1) + 1,
          style: attributes.StyleID,
          hasFormula: attributes.Formula !== undefined,
          type: undefined,
          text: '',
        };
      } else if (name === 'Comment') inComment = true;
      else if (name === 'Data' && cell !== undefined && !inComment) {
        cell.type = attributes.Type ?? 'String';
        inData = true;
      }
    },
    text(piece) {
      if (cell === undefined || !inData) return;
      if (cell.text.length + piece.length > MAX_CELL_BYTES) throw outOfBounds(displayName, 'a cell without end');
      cell.text += piece;
    },
    close(name) {
      if (sheet !== wanted) return;
      if (name === 'Data') inData = false;
      else if (name === 'Comment') inComment = false;
      else if (name === 'Cell' && cell !== undefined) {
        closeCell(cell);
        cell = undefined;
      } else if (name === 'Row') collector.endRow();
    },
  };
}

/**
 * Opens a workbook of Excel 2003.
 * @throws ImporterError `file_unreadable`, `bad_encoding`
 */
export async function openExcelXml(source: Source, encodingName: string | undefined): Promise<RowFile> {
  const { displayName } = source;
  const encoding = await detectEncoding(source, encodingName);
  const contents = await readContents(readText(source, encoding), displayName);
  const collectors = new Map<number, RowCollector>();
  return {
    label: 'Excel 2003 workbook',
    sheets: contents.sheets,
    rows(index, width): AsyncGenerator<readonly RawRecord[]> {
      const collector = new RowCollector(source, width);
      collectors.set(index, collector);
      const handlers = sheetHandlers(displayName, index, contents, collector);
      return collectRows(readText(source, encoding), displayName, collector, handlers);
    },
    hiddenColumns: (index) => collectors.get(index)?.hiddenColumns ?? [],
  };
}

/** The tables of an HTML page as sheets: what many programs call .xls. Read whole, since HTML can't be trusted to end. */
import { decodeEntities } from '../../entities.js';
import { ImporterError } from '../../errors.js';
import { readText } from '../encoding/decode.js';
import { detectEncoding, encodingByName, type Encoding } from '../encoding/encoding.js';
import { headText, LOOK_BYTES } from '../opening/first-look.js';
import type { Source } from '../opening/source.js';
import { readWhole, refuseTooWide, type RowFile } from '../row-file.js';
import type { RawRecord } from '../text/rows.js';

const ROWS_A_BATCH = 500;
/** A cell spans no more rows than this, whatever it says: lists of contacts merge a few. */
const MAX_ROW_SPAN = 1000;
/** Cells that are there only since others span them: beyond it, and beyond the page's own length, they are no list's. */
const MAX_SPANNED_CELLS = 1_000_000;
/** Elements whose content is no text of the page. */
const SILENT = new Set(['script', 'style', 'head', 'title', 'xml', 'template', 'noscript']);
/** One that goes on for longer is one that nobody closed. */
const MAX_SILENT_CHARACTERS = 2 ** 22;
/** Elements that begin a line of their own. */
const BLOCKS = new Set(['br', 'p', 'div', 'li']);

interface Table {
  readonly rows: RawRecord[];
  /** By column: for how many rows more a cell above reaches down. */
  readonly spans: number[];
}

interface OpenCell {
  readonly columns: number;
  readonly rows: number;
  /** The number behind what is shown, where Excel or LibreOffice wrote it beside. */
  readonly number: string | undefined;
  text: string;
}

interface Attributes {
  get(name: string): string | undefined;
}

function attributesOf(tag: string): Attributes {
  return {
    get(name) {
      const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
      const value = match?.[1] ?? match?.[2] ?? match?.[3];
      return value === undefined ? undefined : decodeEntities(value);
    },
  };
}

const tidy = (text: string): string =>
  decodeEntities(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

/** Puts tags and texts together to tables; a table inside a cell is text of that cell. */
class TableBuilder {
  readonly tables: Table[] = [];
  readonly #displayName: string;
  /** Cells that may yet come from spans. */
  #spansLeft: number;
  #depth = 0;
  #cells: string[] | undefined;
  #cell: OpenCell | undefined;

  constructor(displayName: string, pageLength: number) {
    this.#displayName = displayName;
    this.#spansLeft = Math.max(MAX_SPANNED_CELLS, pageLength);
  }

  text(piece: string): void {
    if (this.#cell !== undefined) this.#cell.text += piece.replace(/[\r\n\t]+/g, ' ');
  }

  open(name: string, attributes: Attributes): void {
    if (BLOCKS.has(name) && this.#cell !== undefined && this.#cell.text.trim() !== '') this.#cell.text += '\n';
    if (name === 'table') {
      this.#depth += 1;
      if (this.#depth === 1) this.tables.push({ rows: [], spans: [] });
    }
    if (this.#depth !== 1) return;
    if (name === 'tr') {
      this.#endRow();
      this.#cells = [];
    } else if (name === 'td' || name === 'th') this.#openCell(attributes);
  }

  close(name: string): void {
    if (this.#depth === 1) {
      if (name === 'td' || name === 'th') this.#endCell();
      else if (name === 'tr' || name === 'table') this.#endRow();
    }
    if (name === 'table' && this.#depth > 0) this.#depth -= 1;
  }

  /** What is still open when the page ends. */
  end(): void {
    this.#endRow();
  }

  #openCell(attributes: Attributes): void {
    this.#endCell();
    this.#cells ??= [];
    const count = (name: string): number => Math.max(1, Math.trunc(Number(attributes.get(name) ?? '1')) || 1);
    const columns = count('colspan');
    refuseTooWide(this.#displayName, this.#cells.length + columns);
    this.#takeSpans(columns - 1);
    this.#cell = {
      columns,
      rows: Math.min(count('rowspan'), MAX_ROW_SPAN),
      number: attributes.get('x:num') ?? attributes.get('sdval'),
      text: '',
    };
  }

  #endCell(): void {
    const cell = this.#cell;
    const cells = this.#cells;
    const table = this.tables.at(-1);
    if (cell === undefined || cells === undefined || table === undefined) return;
    this.#cell = undefined;
    // A cell above that reaches down takes this place.
    while ((table.spans[cells.length] ?? 0) > 0) this.#takeSpan(cells);
    const shown = tidy(cell.text);
    const isCut = cell.number !== undefined && /^[\d.,]+E\+?\d+$/i.test(shown);
    for (let column = 0; column < cell.columns; column += 1) {
      if (cell.rows > 1) table.spans[cells.length] = cell.rows;
      cells.push(column > 0 ? '' : isCut ? (cell.number ?? shown) : shown);
    }
  }

  #takeSpan(cells: string[]): void {
    refuseTooWide(this.#displayName, cells.length + 1);
    this.#takeSpans(1);
    cells.push('');
  }

  #takeSpans(cells: number): void {
    this.#spansLeft -= cells;
    if (this.#spansLeft >= 0) return;
    throw new ImporterError(
      'file_unreadable',
      `${this.#displayName} holds more merged cells than it has text: no list of contacts does.`,
      { next: 'Download the list itself as CSV or .xlsx.' },
    );
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#cells;
    const table = this.tables.at(-1);
    if (cells === undefined || table === undefined) return;
    this.#cells = undefined;
    for (let column = 0; column < table.spans.length; column += 1) {
      if ((table.spans[column] ?? 0) > 0) table.spans[column] = (table.spans[column] ?? 0) - 1;
    }
    table.rows.push({ line: table.rows.length + 1, cells, afterBlank: false });
  }
}

/** Where each silent element that begins at a place ends; each part of the page is looked through once for a name. */
function silentEnds(html: string): (name: string, from: number) => number {
  const found = new Map<string, number>();
  return (name, from) => {
    const known = found.get(name) ?? -1;
    if (known >= from) return known;
    const pattern = new RegExp(`</${name}\\s*>`, 'gi');
    pattern.lastIndex = from;
    const end = pattern.exec(html)?.index ?? Infinity;
    found.set(name, end);
    return end;
  };
}

/** Walks over a page once. */
function tablesOf(html: string, displayName: string): Table[] {
  const builder = new TableBuilder(displayName, html.length);
  const endOf = silentEnds(html);
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    if (open > at) builder.text(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const tag = html.slice(open + 1, close);
    const name = /^\/?([a-z][a-z0-9:]*)/i.exec(tag)?.[1]?.toLowerCase();
    at = close + 1;
    if (name === undefined) {
      if (!/^[!?/]/.test(tag)) builder.text('<');
      at = /^[!?/]/.test(tag) ? at : open + 1;
      continue;
    }
    if (tag.startsWith('/')) builder.close(name);
    else {
      if (SILENT.has(name) && !tag.endsWith('/')) {
        const end = endOf(name, at);
        if (end - at <= MAX_SILENT_CHARACTERS) at = end;
        continue;
      }
      builder.open(name, attributesOf(tag));
    }
  }
  builder.end();
  return builder.tables.filter(({ rows }) => rows.length > 0);
}

/** What the page says of its encoding, which counts where it is no UTF-8. */
async function encodingOf(source: Source, head: Buffer, given: string | undefined): Promise<Encoding> {
  const found = await detectEncoding(source, given);
  if (found.certain !== 'guessed') return found;
  const declared = /<meta[^>]+charset=["']?([\w-]+)/i.exec(headText(head.subarray(0, LOOK_BYTES)))?.[1];
  if (declared === undefined || /^utf-?8$/i.test(declared)) return found;
  return encodingByName(declared).catch(() => found);
}

/**
 * Opens an HTML page with tables.
 * @throws ImporterError `file_unreadable` where it has none, `bad_encoding`
 */
export async function openHtmlTables(source: Source, encodingName: string | undefined): Promise<RowFile> {
  const bytes = await readWhole(source, 'a web page');
  const encoding = await encodingOf(source, bytes, encodingName);
  const texts: string[] = [];
  for await (const block of readText(source, encoding)) texts.push(block.toString('utf8'));
  const tables = tablesOf(texts.join(''), source.displayName);
  if (tables.length === 0) {
    throw new ImporterError('file_unreadable', `${source.displayName} is a web page without a table.`, {
      next: 'Download the list itself as CSV or .xlsx.',
    });
  }
  return {
    label: 'HTML table',
    sheets: tables.map((_, index) => ({ name: `Table ${index + 1}`, isHidden: false })),
    async *rows(index) {
      const rows = tables[index]?.rows ?? [];
      for (let from = 0; from < rows.length; from += ROWS_A_BATCH) {
        yield rows.slice(from, from + ROWS_A_BATCH);
        await Promise.resolve();
      }
    },
  };
}

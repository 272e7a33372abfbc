/** How a file is to be read: encoding, cells, header; all found by content, and said in sentences. */
import { ImporterError } from '../errors.js';
import { readText } from './encoding/decode.js';
import { detectEncoding, type Encoding } from './encoding/encoding.js';
import { MAX_RECORD_BYTES } from './text/follow.js';
import { delimiterByName, detectFormat, type Head, type Reading } from './text/format.js';
import { findHeader, usualWidth, type KnownHeader } from './header.js';
import type { SourceRecord } from './record.js';
import { readRecords, type Table } from './records.js';
import type { RawRecord } from './text/rows.js';
import type { Source } from './source.js';

/** Text that the dialect is judged by; some 2000 records. */
const HEAD_BYTES = 256 * 1024;
/** Records kept as a sample for the mapping. */
const SAMPLE_RECORDS = 200;

export interface Dialect extends Table {
  /** What stands before the header. */
  readonly preamble: readonly { readonly line: number; readonly text: string }[];
  /** What a user should know about how the file is read, as sentences. */
  readonly notes: readonly string[];
  /** The first records behind the header, at most 200. */
  readonly sampleRecords: readonly SourceRecord[];
}

export interface DialectOptions {
  /** An encoding's name, believed. */
  readonly encoding?: string | undefined;
  /** One character, or `tab`, `comma`, `semicolon`, `pipe`. */
  readonly delimiter?: string | undefined;
  /** The sheet of a workbook, by name; the first visible one by default. */
  readonly sheet?: string | undefined;
  /** `none`: the file has no header, and its columns are called "Column 1"… */
  readonly header?: 'auto' | 'none' | undefined;
  /** How many cells of a record are known names of columns; outvotes what the cells look like. */
  readonly knownHeader?: KnownHeader | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of a text or a sheet before its header is looked for. */
interface Opening {
  readonly reading: Reading;
  readonly records: readonly RawRecord[];
  /** The line of `sep=;`, which is no record. */
  readonly directiveLine: number;
  readonly notes: readonly string[];
}

async function readHead(source: Source, encoding: Encoding): Promise<Head> {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for await (const block of readText(source, encoding)) {
    blocks.push(block);
    bytes += block.length;
    const hasLine = blocks.some((part) => part.includes(0x0a) || part.includes(0x0d));
    if (bytes >= HEAD_BYTES && (hasLine || bytes > MAX_RECORD_BYTES))
      return { text: Buffer.concat(blocks), complete: false };
  }
  return { text: Buffer.concat(blocks), complete: true };
}

/** Excel's own directive on the first line: `sep=;` says the delimiter and is no record. */
function separatorDirective(head: Head): string | undefined {
  const match = /^"?sep=([^"\r\n])"?[^\S\r\n]*(?:[\r\n]|$)/iu.exec(head.text.toString('utf8', 0, 64));
  return match?.[1];
}

async function openText(source: Source, options: DialectOptions): Promise<Opening> {
  const encoding = await detectEncoding(source, options.encoding);
  const head = await readHead(source, encoding);
  const directive = separatorDirective(head);
  const given = options.delimiter === undefined ? directive : delimiterByName(options.delimiter);
  const { format, records } = detectFormat(head, given, options.knownHeader);
  const notes: string[] = [];
  if (source.member !== undefined) notes.push(`The file inside the archive is ${source.member}.`);
  if (encoding.certain === 'guessed')
    notes.push('The encoding is a guess: look at the sample values, or say --encoding.');
  if (directive !== undefined) notes.push(`The first line says sep=${directive === '\t' ? 'tab' : directive}`);
  if (format.quote === "'") notes.push("Cells are quoted with apostrophes (').");
  if (format.spacedQuotes) notes.push('Spaces between delimiters and quotes are taken off.');
  return {
    reading: {
      encoding: encoding.label,
      encodingCertain: encoding.certain,
      codec: encoding.codec,
      ...format,
    },
    records,
    directiveLine: directive === undefined ? 0 : 1,
    notes,
  };
}

async function openWorkbook(source: Source, options: DialectOptions): Promise<Opening> {
  const { firstRows } = await import('./workbook/workbook.js');
  const { sheet, sheetNames, rows } = await firstRows(source, options.sheet, SAMPLE_RECORDS + 30);
  return {
    reading: {
      encoding: 'Excel workbook',
      encodingCertain: 'valid',
      codec: 'xlsx',
      delimiter: '',
      quote: null,
      spacedQuotes: false,
      sheet,
    },
    records: rows,
    directiveLine: 0,
    notes:
      sheetNames.length > 1
        ? [`The sheet "${sheet}" is read, one of ${sheetNames.length}; --sheet names another.`]
        : [],
  };
}

function textOf(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' ');
}

async function firstRecords(
  source: Source,
  dialect: Dialect,
  signal: AbortSignal | undefined,
): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const batch of readRecords(source, dialect, { signal })) {
    records.push(...batch);
    if (records.length >= SAMPLE_RECORDS) break;
  }
  return records.slice(0, SAMPLE_RECORDS);
}

/**
 * Finds out how a source is to be read. The encoding is checked over the whole file, the rest on its head.
 * @throws ImporterError `bad_encoding`; `bad_dialect` where the file is empty or has no header; `usage` for options that
 * can't be; `file_unreadable`
 */
export async function detectDialect(source: Source, options: DialectOptions = {}): Promise<Dialect> {
  const { reading, records, directiveLine, notes } =
    source.kind === 'xlsx' ? await openWorkbook(source, options) : await openText(source, options);
  const candidates = records.filter(({ line }) => line > directiveLine);
  const found = findHeader(candidates, options.knownHeader);
  if (found.kind === 'empty') {
    throw new ImporterError('bad_dialect', `${source.displayName} is empty: it has no header and no records.`, {
      next: 'Export it again.',
    });
  }
  const base = { ...reading, sampleRecords: [] };
  let dialect: Dialect;
  if (options.header === 'none') {
    const { width } = usualWidth(candidates);
    const header = Array.from({ length: width }, (_, index) => `Column ${index + 1}`);
    const note = `There is no header: the columns are called "Column 1" to "Column ${width}".`;
    dialect = { ...base, headerLine: directiveLine, header, width, preamble: [], notes: [...notes, note] };
  } else {
    const row = candidates[found.index];
    if (found.kind === 'no header' || row === undefined) {
      throw new ImporterError(
        'bad_dialect',
        `${source.displayName} has no header: line ${row?.line ?? 1} already holds values.`,
        { next: 'Add a line with the names of the columns at the top, or say --no-header.' },
      );
    }
    const preamble = candidates
      .slice(0, found.index)
      .map(({ line, cells }) => ({ line, text: textOf(cells) }))
      .filter(({ text }) => text !== '');
    const skipped =
      preamble.length === 1 ? '1 line of text before it is' : `${preamble.length} lines of text before it are`;
    dialect = {
      ...base,
      headerLine: row.line,
      header: row.cells,
      width: row.cells.length,
      preamble,
      notes: preamble.length === 0 ? notes : [...notes, `The header is on line ${row.line}; ${skipped} skipped.`],
    };
  }
  return { ...dialect, sampleRecords: await firstRecords(source, dialect, options.signal) };
}

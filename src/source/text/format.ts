/** Which delimiter and which quotes: every candidate reads the head of the file, and the most regular table wins. */
import { ImporterError } from '../../errors.js';
import type { EncodingCertainty } from '../encoding/encoding.js';
import type { CellFormat } from './follow.js';
import { frameBlock, initialFrameState } from './frame.js';
import { findHeader, isContactPoint, usualWidth, type KnownHeader } from '../header.js';
import { rowReader, unwrapper, type RawRecord } from './rows.js';

/** How a source's bytes become cells, as the dialect shows it and the reader needs it. */
export interface Reading {
  /** The encoding's name for people; "Excel workbook" for an .xlsx. */
  readonly encoding: string;
  /** How sure that is. */
  readonly encodingCertain: EncodingCertainty;
  /** The encoding's name for the decoder. */
  readonly codec: string;
  /** One character; empty for a workbook, and for a text of one column that nothing delimits. */
  readonly delimiter: string;
  /** Null for a workbook. */
  readonly quote: '"' | "'" | null;
  /** Spaces stand between delimiters and quotes; they are taken off. */
  readonly spacedQuotes: boolean;
  /** A CR without an LF is a character of a cell, and ends no record. */
  readonly loneCrIsText: boolean;
  /** Each line, or some of them, stands in quotes as a whole; they are taken off. */
  readonly linesInQuotes: boolean;
  /** The sheet that is read, of a workbook. */
  readonly sheet?: string;
}

/** The part of a reading that says how cells are written. */
export type CellManner = Pick<Reading, 'delimiter' | 'quote' | 'spacedQuotes' | 'loneCrIsText' | 'linesInQuotes'>;

/** Stands for "no delimiter": ASCII's unit separator is in no text. */
const NO_DELIMITER = '\u001f';

/** The cell format that a reading describes. */
export function cellFormatOf(reading: CellManner): CellFormat {
  return {
    loneCrIsText: reading.loneCrIsText,
    linesInQuotes: reading.linesInQuotes,
    delimiter: Buffer.from(reading.delimiter === '' ? NO_DELIMITER : reading.delimiter),
    quote: reading.quote?.charCodeAt(0),
    spacedQuotes: reading.spacedQuotes,
  };
}

/** In the order in which a tie is decided: a tab or a semicolon is seldom in a file by chance. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
/** Records that a header is looked for in. */
const SAMPLE_RECORDS = 230;
/** Records that candidates are judged by: csv-parse takes long over records of many widths, as wrong delimiters make them. */
const JUDGED_RECORDS = 100;
/** What a table of one column is worth beside a regular one (1); a known header (1) decides against both. */
const SINGLE_COLUMN_RANK = 0.3;
/** From this share of records on that quote in another manner, the file does. */
const MANNER_SHARE = 0.25;
/** Fewer cells between apostrophes may hold them as letters. */
const MIN_APOSTROPHES = 3;

/** The head of the text, and whether that is all of it. */
export interface Head {
  readonly text: Buffer;
  readonly complete: boolean;
}

/** How the file writes its cells, and the records of its head read that way. */
export interface FoundFormat {
  readonly format: CellManner;
  readonly records: readonly RawRecord[];
  /** Which of them have a quote in the middle of an unquoted cell. */
  readonly strays: readonly boolean[];
}

function readHead({ text, complete }: Head, format: CellManner, maxRecords: number): FoundFormat {
  const cellFormat = cellFormatOf(format);
  const frames = frameBlock(text, complete, cellFormat, initialFrameState()).frames.slice(0, maxRecords);
  return { format, records: rowReader(cellFormat)(text, frames), strays: frames.map(({ stray }) => stray) };
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
};

/**
 * A delimiter as a user names it: one character, or `tab`, `comma`, `semicolon`, `pipe`.
 * @throws ImporterError `usage`
 */
export function delimiterByName(name: string): string {
  const delimiter = DELIMITER_NAMES[name.toLowerCase()] ?? name;
  if (Array.from(delimiter).length === 1 && !/["'\r\n]/.test(delimiter)) return delimiter;
  throw new ImporterError(
    'usage',
    `"${name}" can't be a delimiter: it must be one character, and no quote or line end.`,
    {
      next: 'Say --delimiter with one character, or with tab, comma, semicolon or pipe.',
    },
  );
}

/** How many of a header's columns are known, as a share; 0 where there is no header. */
function knownShare(records: readonly RawRecord[], known: KnownHeader | undefined): number {
  if (known === undefined) return 0;
  const found = findHeader(records, known);
  const cells = found.kind === 'header' ? (records[found.index]?.cells ?? []) : [];
  return cells.length === 0 ? 0 : known(cells) / Math.max(cells.length, usualWidth(records).width);
}

function bestDelimiter(head: Head, known: KnownHeader | undefined, loneCrIsText: boolean): FoundFormat {
  const withDelimiter = (delimiter: string): FoundFormat =>
    readHead(head, plainManner(delimiter, loneCrIsText), JUDGED_RECORDS);
  // One that is nowhere makes no table.
  const tables = DELIMITERS.filter((delimiter) => head.text.includes(delimiter))
    .map(withDelimiter)
    .map((found) => ({ found, ...usualWidth(found.records) }))
    .filter(({ width }) => width > 1);
  let best: { readonly found: FoundFormat; readonly rank: number } | undefined;
  // The widest first: whether names are known takes longest to tell, and is not asked of a table that could not win by it.
  for (const { found, share } of tables.sort((a, b) => b.width - a.width)) {
    if (best !== undefined && share + 1 <= best.rank) continue;
    const rank = share + knownShare(found.records, known);
    if (best === undefined || rank > best.rank) best = { found, rank };
  }
  const first =
    head.text
      .toString('utf8', 0, 4096)
      .split(/[\r\n]+/)
      .find((line) => line.trim() !== '') ?? '';
  const singleRank = SINGLE_COLUMN_RANK + (known === undefined ? 0 : known([first]));
  if (best !== undefined && best.rank >= singleRank) return best.found;
  return withDelimiter('');
}

const problemsIn = ({ records }: FoundFormat): number => records.filter(({ problem }) => problem !== undefined).length;

/** Whether the head reads no worse in another manner of quoting. */
function readsAsWell(other: FoundFormat, plain: FoundFormat): boolean {
  return problemsIn(other) <= problemsIn(plain) && usualWidth(other.records).share >= usualWidth(plain.records).share;
}

/** Spaces stand before quotes in enough records, by which those quotes look like stray ones. */
function spacesQuotes({ records, strays }: FoundFormat): boolean {
  const spaced = records.filter(
    ({ cells }, index) => strays[index] === true && cells.some((cell) => /^[ \t]+"/.test(cell)),
  );
  return spaced.length > 0 && spaced.length >= records.length * MANNER_SHARE;
}

/** Apostrophes open cells in enough records, and more than a few. */
function quotesByApostrophes({ records }: FoundFormat): boolean {
  const opened = records
    .map(({ cells }) => cells.filter((cell) => cell.startsWith("'")).length)
    .filter((count) => count > 0);
  const cells = opened.reduce((sum, count) => sum + count, 0);
  return cells >= MIN_APOSTROPHES && opened.length >= records.length * MANNER_SHARE;
}

const plainManner = (delimiter: string, loneCrIsText: boolean): CellManner => ({
  delimiter,
  quote: '"',
  spacedQuotes: false,
  loneCrIsText,
  linesInQuotes: false,
});

/** Records that may be lines in quotes: enough to know them by. */
const MAX_WRAPPED_LINES = 100;

/** The text inside records of one cell each, as a head of its own; undefined where most records are no such lines. */
function insideOfLines({ records }: FoundFormat): Head | undefined {
  const lines = records
    .slice(0, MAX_WRAPPED_LINES)
    .flatMap(({ cells: [only = ''], ...record }) =>
      record.problem === undefined && only !== '' && !/[\r\n]/.test(only) ? [only] : [],
    );
  if (lines.length < 2 || lines.length < records.slice(0, MAX_WRAPPED_LINES).length / 2) return undefined;
  return { text: Buffer.from(lines.join('\n')), complete: true };
}

/** The same file read as lines in quotes, where that makes a table of it, or fits the lines of one cell into the table. */
function withLinesInQuotes(head: Head, plain: FoundFormat, known: KnownHeader | undefined): FoundFormat | undefined {
  if (!head.text.includes('"')) return undefined;
  const { width } = usualWidth(plain.records);
  if (width > 1) {
    const unwrap = unwrapper(cellFormatOf(plain.format));
    const fits = ({ cells, problem }: RawRecord): boolean => {
      const inside = problem === undefined ? unwrap(cells) : undefined;
      // A sentence in quotes may hold as many delimiters, but no address.
      return inside?.length === width && inside.some((cell) => isContactPoint(cell.trim()));
    };
    return plain.records.some(fits)
      ? readHead(head, { ...plain.format, linesInQuotes: true }, SAMPLE_RECORDS)
      : undefined;
  }
  const inside = insideOfLines(plain);
  if (inside === undefined) return undefined;
  const { delimiter } = bestDelimiter(inside, known, true).format;
  if (delimiter === '') return undefined;
  const wrapped = readHead(head, { ...plain.format, delimiter, linesInQuotes: true }, SAMPLE_RECORDS);
  const { width: inner } = usualWidth(wrapped.records);
  return inner > 1 && wrapped.records[0]?.cells.length === inner ? wrapped : undefined;
}

/** The first line end that stands in no quotes. */
function firstLineEnd(text: string): string {
  const unquoted = text.replace(/"[^"]*(?:"|$)/g, '');
  return /\r\r\n|\r\n|\n|\r/.exec(unquoted)?.[0] ?? '';
}

/**
 * Whether a CR without an LF is a character like others: where the first line ends otherwise, and the head does not read
 * better with records that end at it.
 */
function readsLoneCrAsText(head: Head, given: string | undefined, known: KnownHeader | undefined): boolean {
  const text = head.text.toString('latin1');
  if (!['\n', '\r\n'].includes(firstLineEnd(text))) return false;
  if (!/\r(?!\n)/.test(text)) return true;
  const share = (loneCrIsText: boolean): number => {
    const delimiter = given ?? bestDelimiter(head, known, loneCrIsText).format.delimiter;
    return usualWidth(readHead(head, plainManner(delimiter, loneCrIsText), JUDGED_RECORDS).records).share;
  };
  return share(true) >= share(false);
}

/**
 * Finds out how the file writes its cells. Quotes are `"`; apostrophes, or quotes behind spaces, only where they are the
 * file's manner throughout.
 * @param given the delimiter, where the user or the file itself says it
 */
export function detectFormat(head: Head, given?: string, known?: KnownHeader): FoundFormat {
  const read = (format: CellManner): FoundFormat => readHead(head, format, SAMPLE_RECORDS);
  const loneCrIsText = readsLoneCrAsText(head, given, known);
  const delimiter = given ?? bestDelimiter(head, known, loneCrIsText).format.delimiter;
  const plain = read(plainManner(delimiter, loneCrIsText));
  const unwrapped = withLinesInQuotes(head, plain, known);
  if (unwrapped !== undefined) return unwrapped;
  if (spacesQuotes(plain)) {
    const spaced = read({ ...plain.format, spacedQuotes: true });
    if (readsAsWell(spaced, plain)) return spaced;
  }
  if (!head.text.includes('"') && quotesByApostrophes(plain)) {
    const apostrophes = read({ ...plain.format, quote: "'" });
    if (readsAsWell(apostrophes, plain)) return apostrophes;
  }
  return plain;
}

/** Which delimiter and which quotes: every candidate reads the head of the file, and the most regular table wins. */
import { ImporterError } from '../../errors.js';
import type { EncodingCertainty } from '../encoding/encoding.js';
import type { CellFormat } from './follow.js';
import { frameBlock, initialFrameState } from './frame.js';
import { findHeader, usualWidth, type KnownHeader } from '../header.js';
import { rowReader, type RawRecord } from './rows.js';

/** How a source's bytes become cells, as the dialect shows it and the reader needs it. */
export interface Reading {
  /** The encoding's name for people; "Excel workbook" for an .xlsx. */
  readonly encoding: string;
  readonly encodingCertain: EncodingCertainty;
  /** The encoding's name for the decoder. */
  readonly codec: string;
  /** One character; empty for a workbook, and for a text of one column that nothing delimits. */
  readonly delimiter: string;
  /** Null for a workbook. */
  readonly quote: '"' | "'" | null;
  /** Spaces stand between delimiters and quotes; they are taken off. */
  readonly spacedQuotes: boolean;
  /** The sheet that is read, of a workbook. */
  readonly sheet?: string;
}

/** Stands for "no delimiter": ASCII's unit separator is in no text. */
const NO_DELIMITER = '\u001f';

/** The cell format that a reading describes. */
export function cellFormatOf(reading: Pick<Reading, 'delimiter' | 'quote' | 'spacedQuotes'>): CellFormat {
  return {
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
  readonly format: Pick<Reading, 'delimiter' | 'spacedQuotes'> & { readonly quote: '"' | "'" | null };
  readonly records: readonly RawRecord[];
  /** Which of them have a quote in the middle of an unquoted cell. */
  readonly strays: readonly boolean[];
}

function readHead({ text, complete }: Head, format: FoundFormat['format'], maxRecords: number): FoundFormat {
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

function bestDelimiter(head: Head, known: KnownHeader | undefined): FoundFormat {
  const withDelimiter = (delimiter: string): FoundFormat =>
    readHead(head, { delimiter, quote: '"', spacedQuotes: false }, JUDGED_RECORDS);
  const ranked = DELIMITERS.map((delimiter) => {
    const found = withDelimiter(delimiter);
    const { width, share } = usualWidth(found.records);
    return { found, width, rank: share + knownShare(found.records, known) };
  }).filter(({ width }) => width > 1);
  const [best] = ranked.sort((a, b) => b.rank - a.rank || b.width - a.width);
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

/**
 * Finds out how the file writes its cells. Quotes are `"`; apostrophes, or quotes behind spaces, only where they are the
 * file's manner throughout.
 * @param given the delimiter, where the user or the file itself says it
 */
export function detectFormat(head: Head, given?: string, known?: KnownHeader): FoundFormat {
  const read = (format: FoundFormat['format']): FoundFormat => readHead(head, format, SAMPLE_RECORDS);
  const delimiter = given ?? bestDelimiter(head, known).format.delimiter;
  const plain = read({ delimiter, quote: '"', spacedQuotes: false });
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

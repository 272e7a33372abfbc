/** Which delimiter and which quotes: every candidate reads the head of the file, and the most regular table wins. */
import { ImporterError } from '../errors.js';
import type { EncodingCertainty } from './encoding.js';
import type { CellFormat } from './follow.js';
import { frameBlock, initialFrameState } from './frame.js';
import { findHeader, usualWidth, type KnownHeader } from './header.js';
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

/** The head of the text, and whether that is all of it. */
export interface Head {
  readonly text: Buffer;
  readonly complete: boolean;
}

/** How the file writes its cells, and the records of its head read that way. */
export interface FoundFormat {
  readonly format: Pick<Reading, 'delimiter' | 'spacedQuotes'> & { readonly quote: '"' | "'" | null };
  readonly records: readonly RawRecord[];
}

function readHead({ text, complete }: Head, found: FoundFormat['format'], maxRecords: number): RawRecord[] {
  const format = cellFormatOf(found);
  const { frames } = frameBlock(text, complete, format, initialFrameState());
  return rowReader(format)(text, frames.slice(0, maxRecords));
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
  const withDelimiter = (delimiter: string): FoundFormat => {
    const format = { delimiter, quote: '"', spacedQuotes: false } as const;
    return { format, records: readHead(head, format, JUDGED_RECORDS) };
  };
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

/** Whether enough records have a cell that begins in another manner of quoting, and the file reads no worse in that. */
function suits(other: FoundFormat, plain: FoundFormat, opening: RegExp): boolean {
  const quoting = plain.records.filter(({ cells }) => cells.some((cell) => opening.test(cell))).length;
  const problems = ({ records }: FoundFormat): number => records.filter(({ problem }) => problem !== undefined).length;
  return (
    quoting > 0 &&
    quoting >= plain.records.length * MANNER_SHARE &&
    problems(other) <= problems(plain) &&
    usualWidth(other.records).share >= usualWidth(plain.records).share
  );
}

/**
 * Finds out how the file writes its cells. Quotes are `"`; apostrophes, or quotes behind spaces, only where they are the
 * file's manner throughout.
 * @param given the delimiter, where the user or the file itself says it
 */
export function detectFormat(head: Head, given?: string, known?: KnownHeader): FoundFormat {
  const read = (format: FoundFormat['format']): FoundFormat => ({
    format,
    records: readHead(head, format, SAMPLE_RECORDS),
  });
  const plain =
    given === undefined ? bestDelimiter(head, known) : read({ delimiter: given, quote: '"', spacedQuotes: false });
  const spaced = read({ ...plain.format, spacedQuotes: true });
  if (suits(spaced, plain, /^[ \t]+"/)) return spaced;
  const apostrophes = read({ ...plain.format, quote: "'" });
  const hasDoubleQuotes = head.text.includes('"');
  return !hasDoubleQuotes && suits(apostrophes, plain, /^'/) ? apostrophes : plain;
}

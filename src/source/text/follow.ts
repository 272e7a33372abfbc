/** Follows one record through a block of UTF-8: where it ends, and whether its quotes can be trusted. */

/** Longest record that is read, in bytes of UTF-8: far beyond any contact, and what an unclosed quote may swallow at most. */
export const MAX_RECORD_BYTES = 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** How cells are written. */
export interface CellFormat {
  /** UTF-8 of one character. */
  readonly delimiter: Buffer;
  /** The byte of the quote character; undefined where cells are never quoted. */
  readonly quote: number | undefined;
  /** Spaces may stand between a delimiter and a quote; they belong to no cell. */
  readonly spacedQuotes: boolean;
  /** A CR without an LF is a character like others; where the file has only such line ends it ends a record. */
  readonly loneCrIsText: boolean;
  /** Lines stand in quotes as a whole: a record of one cell is taken apart again. */
  readonly linesInQuotes: boolean;
}

/** What following a record found. */
export interface FollowedRecord {
  /** The position of its line end, or the end of the text; where it broke, if it did. */
  readonly end: number;
  readonly cellCount: number;
  /** A quote stands in the middle of an unquoted cell, where it is only a character. */
  readonly stray: boolean;
  /** Where the first quote opened whose cell goes on over a line end. */
  readonly spanFrom?: number | undefined;
  /** The quote that is never closed, or closed amid text, by the place where it opened. */
  readonly broken?: { readonly at: number; readonly code: 'bad_quote' | 'unclosed_quote' } | undefined;
}

/** One block with the questions that framing asks of it. */
export interface BlockView {
  /** The next line end at or behind a position; the block's length where there is none. */
  nextLineEnd(from: number): number;
  /** Where the text goes on behind a line end (LF, CRLF or CR). */
  afterLineEnd(at: number): number;
  /** False where a line end is missing, or is a CR that may be half of a CRLF. */
  isWholeLineEnd(at: number): boolean;
  /** True where a quote character stands between two positions. */
  hasQuote(from: number, to: number): boolean;
  /** Follows the record that starts at a position; undefined where the block ends before it is decided. */
  follow(start: number): FollowedRecord | undefined;
}

/** Finds the next of some bytes in a block; remembers what it found, since most blocks hold few of them. */
function seeker(block: Buffer, ...wanted: number[]): (from: number) => number {
  const found = wanted.map(() => -1);
  let searchedFrom = 0;
  return (from) => {
    if (from < searchedFrom) found.fill(-1);
    searchedFrom = from;
    let nearest = block.length;
    for (let index = 0; index < wanted.length; index += 1) {
      let position = found[index] ?? -1;
      if (position < from) {
        position = block.indexOf(wanted[index] ?? 0, from);
        if (position < 0) position = block.length;
        found[index] = position;
      }
      if (position < nearest) nearest = position;
    }
    return nearest;
  };
}

/** Where lines end in a block. */
interface LineEnds {
  isAt(at: number): boolean;
  next(from: number): number;
  after(at: number): number;
  isWhole(at: number): boolean;
}

function lineEndsOf(block: Buffer, atEnd: boolean, loneCrIsText: boolean): LineEnds {
  const seek = loneCrIsText ? seeker(block, LF) : seeker(block, LF, CR);
  const isAt = (at: number): boolean =>
    block[at] === LF || (block[at] === CR && (!loneCrIsText || block[at + 1] === LF));
  return {
    isAt,
    next(from) {
      const found = seek(from);
      // The CR before an LF belongs to the line end; one at the end of the block may yet turn out to.
      const before = found - 1;
      return loneCrIsText && before >= from && block[before] === CR && (found < block.length || !atEnd)
        ? before
        : found;
    },
    after: (at) => (block[at] === CR && block[at + 1] === LF ? at + 2 : at + 1),
    isWhole: (at) => atEnd || (at < block.length && (block[at] === LF || at + 1 < block.length)),
  };
}

/**
 * Looks at a block of UTF-8, which cuts no character.
 * A quote opens only at the start of a cell, and closes only before a delimiter, a line end or the end (RFC 4180, section 2).
 * @param atEnd no more text will follow
 */
export function viewBlock(block: Buffer, atEnd: boolean, format: CellFormat): BlockView {
  const lineEnds = lineEndsOf(block, atEnd, format.loneCrIsText);
  const nextQuote = format.quote === undefined ? () => block.length : seeker(block, format.quote);
  return {
    nextLineEnd: (from) => lineEnds.next(from),
    afterLineEnd: (at) => lineEnds.after(at),
    isWholeLineEnd: (at) => lineEnds.isWhole(at),
    hasQuote: (from, to) => nextQuote(from) < to,
    follow: follower(block, atEnd, format, lineEnds),
  };
}

/** The byte behind a quoted cell's closing quote, and what the cell holds. */
interface QuotedCell {
  readonly close: number;
  /** It goes on over a line end. */
  readonly spans: boolean;
}

function quotedCell(block: Buffer, open: number, quote: number, lineEnds: LineEnds): QuotedCell {
  let spans = false;
  let close = open + 1;
  for (; close < block.length; close += 1) {
    const byte = block[close];
    if (byte === quote) {
      if (block[close + 1] !== quote) break;
      close += 1;
    } else if ((byte === LF || byte === CR) && lineEnds.isAt(close)) spans = true;
  }
  return { close, spans };
}

// Plain loops over bytes: a native search costs more than the few bytes that cells have.
function follower(block: Buffer, atEnd: boolean, format: CellFormat, lineEnds: LineEnds): BlockView['follow'] {
  const { delimiter, spacedQuotes } = format;
  const delimiterByte = delimiter[0] ?? 0;
  const quote = format.quote ?? -1;
  const { length } = block;
  const isDelimiter = (at: number): boolean =>
    block[at] === delimiterByte &&
    (delimiter.length === 1 || block.subarray(at, at + delimiter.length).equals(delimiter));
  const isSpace = (at: number): boolean => block[at] === SPACE || (block[at] === TAB && delimiterByte !== TAB);
  const skipSpaces = (from: number): number => {
    let at = from;
    if (spacedQuotes) while (isSpace(at)) at += 1;
    return at;
  };

  return (start) => {
    let cellCount = 0;
    let stray = false;
    let spanFrom: number | undefined;
    const found = (end: number, broken?: FollowedRecord['broken']): FollowedRecord => {
      return { end, cellCount, stray, spanFrom, broken };
    };
    for (let at = start; ; at += delimiter.length) {
      cellCount += 1;
      const open = skipSpaces(at);
      if (block[open] === quote) {
        const { close, spans } = quotedCell(block, open, quote, lineEnds);
        if (close - start > MAX_RECORD_BYTES || (close >= length && atEnd)) {
          return found(length, { at: open, code: 'unclosed_quote' });
        }
        at = skipSpaces(close + 1);
        if (at < length && !lineEnds.isAt(at) && !isDelimiter(at)) {
          // A CR at the end of the block may be half of a CRLF.
          if (block[at] === CR && at + 1 >= length && !atEnd) return undefined;
          return found(at, { at: open, code: spans ? 'unclosed_quote' : 'bad_quote' });
        }
        if (spans) spanFrom ??= open;
      } else {
        for (; at < length; at += 1) {
          const byte = block[at];
          if (byte === delimiterByte ? isDelimiter(at) : (byte === LF || byte === CR) && lineEnds.isAt(at)) break;
          if (byte === quote) stray = true;
        }
      }
      if (at >= length) return atEnd ? found(length) : undefined;
      if (lineEnds.isAt(at)) return found(at);
    }
  };
}

/** How many lines end between two positions of a block. */
export function countLineEnds(block: Buffer, from: number, to: number, loneCrIsText: boolean): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (block[at] === LF || (!loneCrIsText && block[at] === CR && block[at + 1] !== LF)) count += 1;
  }
  return count;
}

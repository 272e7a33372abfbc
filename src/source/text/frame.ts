/**
 * Where records begin and end. csv-parse reads the cells, but is only ever given whole records: it then can't run past an
 * unclosed quote, can't lose good rows to a bad one, and needn't count lines.
 */
import { countLineEnds, MAX_RECORD_BYTES, viewBlock, type CellFormat, type FollowedRecord } from './follow.js';

export type FrameProblem = 'bad_quote' | 'unclosed_quote' | 'record_too_large';

/** One record in a block: bytes `start` to `end`, without the line end. */
export interface Frame {
  readonly start: number;
  readonly end: number;
  /** The physical line on which it starts. */
  readonly line: number;
  /** A blank line stands before it. */
  readonly afterBlank: boolean;
  /** A quote stands in the middle of an unquoted cell. */
  readonly stray: boolean;
  /** `line` is where the quote opened, if it is about a quote. */
  readonly problem?: { readonly code: FrameProblem; readonly line: number };
}

/** What framing carries from one block to the next; changed by `frameBlock`. */
export interface FrameState {
  /** The line on which the next byte stands. */
  line: number;
  afterBlank: boolean;
  /** The rest of an oversized record is being skipped, up to the next line end. */
  skipping: boolean;
  /** The last record had an unclosed quote: a stray quote behind it may be the one that should have closed it. */
  distrustful: boolean;
}

/** The state at the start of a text. */
export const initialFrameState = (): FrameState => ({
  line: 1,
  afterBlank: false,
  skipping: false,
  distrustful: false,
});

/** What a good record looks like, where it is known. */
export interface TableShape {
  /** Cells a record. */
  readonly width: number;
  /** The line of the header: records behind it are expected to have that width. */
  readonly headerLine: number;
}

/**
 * Cuts a block of UTF-8 into records, as far as they are whole; blank lines are no records.
 * A quote that doesn't close within `MAX_RECORD_BYTES`, or closes amid text on a later line, was never meant to span lines:
 * its record is given up, and framing goes on with the line after the one on which that quote opened.
 * @param atEnd no more text will follow
 * @returns the records, and how many bytes they take: the rest must come again, with more behind it
 */
export function frameBlock(
  block: Buffer,
  atEnd: boolean,
  format: CellFormat,
  state: FrameState,
  shape?: TableShape,
): { readonly frames: Frame[]; readonly consumedBytes: number } {
  const view = viewBlock(block, atEnd, format);
  const frames: Frame[] = [];
  let at = 0;

  /** Takes everything up to a line end as one record. */
  const take = (end: number, stray: boolean, problem?: Frame['problem']): void => {
    const frame = { start: at, end, line: state.line, afterBlank: state.afterBlank, stray };
    frames.push(problem === undefined ? frame : { ...frame, problem });
    state.afterBlank = false;
  };
  const goOnBehind = (lineEnd: number, linesInside: number): void => {
    at = Math.min(view.afterLineEnd(lineEnd), block.length);
    state.line += linesInside + 1;
  };

  /** A cell over several lines that surely is a quote nobody closed, and whole records behind it. */
  const isFalseSpan = ({ spanFrom, stray, cellCount }: FollowedRecord): boolean => {
    if (spanFrom === undefined) return false;
    if (stray) return true;
    if (shape === undefined || state.line <= shape.headerLine || cellCount === shape.width) return false;
    const second = view.follow(view.afterLineEnd(view.nextLineEnd(spanFrom)));
    return second?.cellCount === shape.width && second.broken === undefined && second.spanFrom === undefined;
  };
  const brokenQuote = (record: FollowedRecord): FollowedRecord['broken'] =>
    record.broken ??
    (record.spanFrom !== undefined && isFalseSpan(record)
      ? { at: record.spanFrom, code: 'unclosed_quote' }
      : undefined);

  while (at < block.length) {
    const lineEnd = view.nextLineEnd(at);
    if (state.skipping) {
      if (!view.isWholeLineEnd(lineEnd)) return { frames, consumedBytes: lineEnd };
      state.skipping = false;
      goOnBehind(lineEnd, 0);
      continue;
    }
    const record = view.hasQuote(at, lineEnd) ? view.follow(at) : { end: lineEnd, cellCount: 0, stray: false };
    const broken = record === undefined ? undefined : brokenQuote(record);
    const end = broken === undefined ? record?.end : view.nextLineEnd(broken.at);
    if (record === undefined || end === undefined || !view.isWholeLineEnd(end)) {
      if (block.length - at <= MAX_RECORD_BYTES) break;
      take(block.length, false, { code: 'record_too_large', line: state.line });
      state.skipping = true;
      return { frames, consumedBytes: block.length };
    }
    const linesInside = countLineEnds(
      block,
      record.spanFrom ?? at,
      broken?.at ?? (record.spanFrom === undefined ? at : end),
    );
    if (broken !== undefined) {
      take(end, record.stray, { code: broken.code, line: state.line + linesInside });
      state.distrustful = broken.code === 'unclosed_quote';
    } else if (end === at) state.afterBlank = true;
    else if (end - at > MAX_RECORD_BYTES) take(end, record.stray, { code: 'record_too_large', line: state.line });
    else if (record.stray && state.distrustful) take(end, true, { code: 'bad_quote', line: state.line });
    else {
      take(end, record.stray);
      state.distrustful = false;
    }
    goOnBehind(end, linesInside);
  }
  return { frames, consumedBytes: at };
}

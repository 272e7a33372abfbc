/**
 * Where records begin and end. csv-parse reads the cells, but is only ever given whole records: it then can't run past an
 * unclosed quote, can't lose good rows to a bad one, and needn't count lines.
 */
import {
  countLineEnds,
  MAX_RECORD_BYTES,
  viewBlock,
  type BlockView,
  type CellFormat,
  type FollowedRecord,
} from './follow.js';

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
  /** The text ends with it, without a line end. */
  readonly isOpenEnded?: true;
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
  const framing = new Framing(block, atEnd, format, state, shape);
  framing.run();
  return { frames: framing.frames, consumedBytes: framing.at };
}

/** The framing of one block. */
class Framing {
  readonly frames: Frame[] = [];
  /** The byte at which the next record starts. */
  at = 0;
  readonly #block: Buffer;
  readonly #view: BlockView;
  readonly #state: FrameState;
  readonly #shape: TableShape | undefined;
  readonly #loneCrIsText: boolean;
  readonly #atEnd: boolean;

  constructor(block: Buffer, atEnd: boolean, format: CellFormat, state: FrameState, shape: TableShape | undefined) {
    this.#block = block;
    this.#view = viewBlock(block, atEnd, format);
    this.#state = state;
    this.#shape = shape;
    this.#loneCrIsText = format.loneCrIsText;
    this.#atEnd = atEnd;
  }

  run(): void {
    while (this.at < this.#block.length && this.#step()) continue;
  }

  /** Takes one record, or the rest of one that is skipped; false where more text is needed. */
  #step(): boolean {
    const { at } = this;
    const view = this.#view;
    const lineEnd = view.nextLineEnd(at);
    if (this.#state.skipping) return this.#skip(lineEnd);
    const record = view.hasQuote(at, lineEnd) ? view.follow(at) : { end: lineEnd, cellCount: 0, stray: false };
    const broken = record === undefined ? undefined : this.#brokenQuote(record);
    const end = broken === undefined ? record?.end : view.nextLineEnd(broken.at);
    if (record === undefined || end === undefined || !view.isWholeLineEnd(end)) return this.#giveUpOversized();
    const linesInside = countLineEnds(
      this.#block,
      record.spanFrom ?? at,
      broken?.at ?? (record.spanFrom === undefined ? at : end),
      this.#loneCrIsText,
    );
    this.#takeWhole(record, end, broken, linesInside);
    this.#goOnBehind(end, linesInside);
    return true;
  }

  #takeWhole(record: FollowedRecord, end: number, broken: FollowedRecord['broken'], linesInside: number): void {
    const state = this.#state;
    if (broken !== undefined) {
      this.#take(end, record.stray, { code: broken.code, line: state.line + linesInside });
      state.distrustful = broken.code === 'unclosed_quote';
    } else if (end === this.at) state.afterBlank = true;
    else if (end - this.at > MAX_RECORD_BYTES) {
      this.#take(end, record.stray, { code: 'record_too_large', line: state.line });
    } else if (record.stray && state.distrustful) this.#take(end, true, { code: 'bad_quote', line: state.line });
    else {
      this.#take(end, record.stray);
      state.distrustful = false;
    }
  }

  /** Skips the rest of an oversized record. */
  #skip(lineEnd: number): boolean {
    if (!this.#view.isWholeLineEnd(lineEnd)) {
      this.at = lineEnd;
      return false;
    }
    this.#state.skipping = false;
    this.#goOnBehind(lineEnd, 0);
    return true;
  }

  /** Waits for more text, unless the record is beyond its bound already. */
  #giveUpOversized(): false {
    if (this.#block.length - this.at <= MAX_RECORD_BYTES) return false;
    this.#take(this.#block.length, false, { code: 'record_too_large', line: this.#state.line });
    this.#state.skipping = true;
    this.at = this.#block.length;
    return false;
  }

  /** Takes everything up to a line end as one record. */
  #take(end: number, stray: boolean, problem?: Frame['problem']): void {
    const { line, afterBlank } = this.#state;
    const isOpenEnded = this.#atEnd && end === this.#block.length;
    const frame = { start: this.at, end, line, afterBlank, stray, ...(isOpenEnded && ({ isOpenEnded } as const)) };
    this.frames.push(problem === undefined ? frame : { ...frame, problem });
    this.#state.afterBlank = false;
  }

  #goOnBehind(lineEnd: number, linesInside: number): void {
    this.at = Math.min(this.#view.afterLineEnd(lineEnd), this.#block.length);
    this.#state.line += linesInside + 1;
  }

  /** A cell over several lines that surely is a quote nobody closed, and whole records behind it. */
  #isFalseSpan({ spanFrom, stray, cellCount }: FollowedRecord): boolean {
    const shape = this.#shape;
    if (spanFrom === undefined) return false;
    if (stray) return true;
    if (shape === undefined || this.#state.line <= shape.headerLine || cellCount === shape.width) return false;
    const second = this.#view.follow(this.#view.afterLineEnd(this.#view.nextLineEnd(spanFrom)));
    return second?.cellCount === shape.width && second.broken === undefined && second.spanFrom === undefined;
  }

  #brokenQuote(record: FollowedRecord): FollowedRecord['broken'] {
    if (record.broken !== undefined) return record.broken;
    if (record.spanFrom === undefined || !this.#isFalseSpan(record)) return undefined;
    return { at: record.spanFrom, code: 'unclosed_quote' };
  }
}

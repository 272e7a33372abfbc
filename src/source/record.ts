import type { Problem } from '../problem.js';

/** A cell of a rejects file that was saved in an encoding without all of its letters: a question mark stands for each. */
export interface LostLetters {
  /** From 0. */
  readonly column: number;
  /** As it stands in the file. */
  readonly now: string;
  /** What it held, where that is known for sure: it is put back. */
  readonly was?: string;
}

/** One record of the file. `cells` are decoded and unquoted but otherwise untouched. */
export interface SourceRecord {
  /** The physical line (1-based, in the decoded text) on which the record starts; a row number in a workbook. */
  readonly line: number;
  /** Of several files that are one list: the one that it is of, whose line that is. */
  readonly file?: string;
  /** As many as the table has columns. */
  readonly cells: readonly string[];
  /** Set where the record is malformed (cell count, quote, size): it must be rejected, the rest reads on. */
  readonly problem?: Problem;
  /** Columns, from 0, whose cell could not be read: it is blank in `cells`. Only beside a problem. */
  readonly lost?: readonly number[];
  /** By column, from 0, what a cell holds as a file of objects, or code, gives it, where that is more than a text. */
  readonly given?: ReadonlyMap<number, unknown>;
  /** It was handed over by code, whose numbers and lists are meant as such. */
  readonly isOfCode?: true;
  /** Cells that lost letters since they were written, those that were put back in `cells` and those that could not be. */
  readonly letters?: readonly LostLetters[];
}

/** Of several files that are one list: what became of the rows of each. */
import type { Decisions } from '../plan/decisions.js';
import type { Source } from '../source/opening/source.js';
import type { FileCounts } from './tally.js';
import type { Outcome } from './tally.js';

type Row = { readonly file?: string | undefined };
type Counted = { -readonly [Key in keyof FileCounts]: FileCounts[Key] };

export class FileBooks {
  readonly #files: readonly Counted[];
  readonly #called: readonly string[];

  private constructor({ names, called }: NonNullable<Source['members']>) {
    const none = { rows: 0, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0, pending: 0 };
    this.#files = names.map((file) => ({ file, ...none }));
    this.#called = called;
  }

  /** Opens the books of a list that was read; undefined where it is one file. */
  static open({ members }: Pick<Source, 'members'>, decisions: Decisions): FileBooks | undefined {
    if (members === undefined) return undefined;
    const books = new FileBooks(members);
    for (let ordinal = 0; ordinal < decisions.records; ordinal++) {
      books.#add('rows', decisions.placeOf(ordinal));
    }
    return books;
  }

  /** Counts a contact's end; one that was rejected takes all its rows along, and so does one that is there as it was corrected. */
  count(outcome: Outcome | 'corrected', rows: readonly Row[]): void {
    if (outcome === 'corrected') {
      for (const row of rows) for (const count of ['unchanged', 'correctedRows'] as const) this.#add(count, row);
      return;
    }
    for (const [at, row] of rows.entries()) {
      this.#add(outcome === 'rejected' || at === rows.length - 1 ? outcome : 'merged', row);
    }
  }

  /** A contact that is not answered in this run: only its last row is pending. */
  leftPending(rows: readonly Row[]): void {
    for (const row of rows.slice(0, -1)) this.#add('merged', row);
  }

  /** The counts now, in the order of the files. */
  counts(): FileCounts[] {
    return this.#files.map((file) => {
      const { rows, created, updated, unchanged, merged, rejected } = file;
      return { ...file, pending: rows - created - updated - unchanged - merged - rejected };
    });
  }

  #add(count: Exclude<keyof FileCounts, 'file'>, { file: name = '' }: Row): void {
    const file = this.#files[this.#called.indexOf(name)];
    if (file !== undefined) file[count] = (file[count] ?? 0) + 1;
  }
}

/** Values that a form has and a table has no place for: counted while a file is looked through, and said with their rows. */
import type { FileWarning } from './row-file.js';

/** Things, and rows of each, in one sentence. */
const MAX_NAMED = 5;

/** Where a row is, in both ways of counting: which of them is its number is known only at the end. */
export interface RowPlace {
  readonly line: number;
  readonly ordinal: number;
}

interface LeftOut {
  rows: number;
  readonly first: RowPlace[];
}

/** Collects what is left out of rows, by what it is. */
export class LeftOutValues {
  readonly #found = new Map<string, LeftOut>();

  /** @param what as it stands in the sentence */
  add(what: string, place: RowPlace): void {
    const found = this.#found.get(what) ?? { rows: 0, first: [] };
    found.rows += 1;
    if (found.first.length < MAX_NAMED) found.first.push(place);
    if (this.#found.has(what) || this.#found.size < MAX_KINDS) this.#found.set(what, found);
  }

  /**
   * Sentences, one for each kind.
   * @param numbers which of a row's numbers is shown
   */
  warnings(numbers: keyof RowPlace): FileWarning[] {
    return [...this.#found].map(([what, { rows, first }]) => {
      const named = first.map((place) => String(place[numbers]));
      const more = rows - first.length;
      const last = named.pop() ?? '';
      const list =
        more > 0
          ? `${[...named, last].join(', ')} and ${more} more`
          : [named.join(', '), last].filter(Boolean).join(' and ');
      return { code: 'left_out_values', message: `${what} left out, in ${rows === 1 ? 'row' : 'rows'} ${list}.` };
    });
  }
}

/** Kinds that are told apart. */
const MAX_KINDS = 20;

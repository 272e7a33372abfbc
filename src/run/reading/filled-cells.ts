import type { SourceRecord } from '../../source/record.js';

/** What stands in a column where there is no value ("N/A"), and in how many rows. */
interface PlaceholderCells {
  readonly text: string;
  readonly rows: number;
}

/** Words for nothing that are told apart in a column. */
const MOST_WORDS = 20;

/** Counts the cells of each column that hold a value, and what stands where there is none. */
export class FilledCells {
  readonly #filled: Float64Array;
  readonly #isBlank: readonly ((cell: string) => boolean)[];
  /** By column: each word as it was first spelt. */
  readonly #words: (Map<string, { readonly text: string; rows: number }> | undefined)[] = [];
  #records = 0;

  /** @param isBlank by column, whether a cell only says that it has no value */
  constructor(width: number, isBlank: readonly ((cell: string) => boolean)[]) {
    this.#filled = new Float64Array(width);
    this.#isBlank = isBlank;
  }

  add(record: SourceRecord): void {
    this.#records++;
    const filled = this.#filled;
    for (let at = 0; at < filled.length; at++) {
      const cell = record.cells[at];
      if (cell === undefined || cell === '') continue;
      if (this.#isBlank[at]?.(cell) === true) this.#addWord(at, cell.trim());
      else filled[at] = (filled[at] ?? 0) + 1;
    }
  }

  #addWord(column: number, text: string): void {
    const words = this.#words[column] ?? new Map<string, { readonly text: string; rows: number }>();
    this.#words[column] = words;
    const key = text.toLowerCase();
    const known = words.get(key);
    if (known !== undefined) known.rows++;
    else if (words.size < MOST_WORDS) words.set(key, { text, rows: 1 });
  }

  rates(): number[] {
    return Array.from(this.#filled, (cells) => (this.#records === 0 ? 0 : cells / this.#records));
  }

  /** By column, the words for nothing, the most frequent first. */
  placeholders(): readonly (readonly PlaceholderCells[])[] {
    return Array.from(this.#filled, (_, column) =>
      [...(this.#words[column]?.values() ?? [])].sort((a, b) => b.rows - a.rows),
    );
  }
}

import { placeholderTests } from '../../mapping/compile/column-reader.js';
import type { SourceRecord } from '../../source/record.js';

/** What stands in a column where there is no value ("N/A"), and in how many rows. */
interface PlaceholderCells {
  readonly text: string;
  readonly rows: number;
}

/** A file whose columns are known. */
interface Columns {
  readonly dialect: { readonly width: number };
  readonly mapping: Parameters<typeof placeholderTests>[0];
  readonly settings: Parameters<typeof placeholderTests>[1];
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

  /** Of the columns of a file. */
  static of({ dialect, mapping, settings }: Columns): FilledCells {
    return new FilledCells(dialect.width, placeholderTests(mapping, settings));
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

/** By column, the share of records with a value, 0 to 1, over the whole file. */
export async function fillRatesOf(
  file: Columns & { forEachRecord(visit: (record: SourceRecord) => void, signal?: AbortSignal): Promise<void> },
  signal?: AbortSignal,
): Promise<number[]> {
  const filled = FilledCells.of(file);
  await file.forEachRecord((record) => filled.add(record), signal);
  return filled.rates();
}

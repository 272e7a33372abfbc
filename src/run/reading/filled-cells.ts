import type { SourceRecord } from '../../source/record.js';

/** Counts the cells of each column that are not blank. */
export class FilledCells {
  readonly #filled: Float64Array;
  #records = 0;

  constructor(width: number) {
    this.#filled = new Float64Array(width);
  }

  add(record: SourceRecord): void {
    this.#records++;
    const filled = this.#filled;
    for (let at = 0; at < filled.length; at++) {
      const cell = record.cells[at];
      if (cell !== undefined && cell !== '') filled[at] = (filled[at] ?? 0) + 1;
    }
  }

  rates(): number[] {
    return Array.from(this.#filled, (cells) => (this.#records === 0 ? 0 : cells / this.#records));
  }
}

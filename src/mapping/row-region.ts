import { readCountry } from '../contact/country.js';
import { readText } from './cell-readers.js';
import type { FixedValues } from './fixed-values.js';
import type { InferredMapping } from './mapping.js';

/** The country of the record that is being read, from its country columns or `--set country`. */
export class RowRegion {
  readonly #columns: readonly number[];
  readonly #fixed: string | undefined;
  #cell = '';
  #region: string | undefined;

  constructor(mapping: InferredMapping, fixed: FixedValues) {
    this.#columns = mapping.columns
      .filter(({ target }) => target.kind === 'field' && target.field === 'country')
      .map(({ index }) => index);
    this.#fixed = fixed.region;
  }

  read(cells: readonly string[]): void {
    const cell = this.#columns.map((index) => cells[index] ?? '').find((text) => text !== '') ?? '';
    // Neighbouring rows mostly name the same country.
    if (cell === this.#cell) return;
    this.#cell = cell;
    this.#region = readCountry(readText(cell));
  }

  readonly get = (): string | undefined => this.#fixed ?? this.#region;
}

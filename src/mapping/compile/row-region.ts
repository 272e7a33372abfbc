import { readCountry } from '../../contact/country.js';
import { readCallingCode } from '../../contact/phone/calling-code.js';
import { readText } from './cell-readers.js';
import type { FixedValues } from './fixed-values.js';
import type { InferredMapping } from '../mapping.js';

/** Spellings that are remembered: more than a file of contacts has, unless the column holds something else. */
const MOST_SPELLINGS = 1000;
/** No country's name is longer, and a note in the wrong column is not worth the memory. */
const LONGEST_SPELLING = 100;

/** The country of the record that is being read, from its country columns or `--set country`. */
export class RowRegion {
  readonly #columns: readonly number[];
  readonly #fixed: string | undefined;
  readonly #regionBySpelling = new Map<string, string | undefined>();
  #region: string | undefined;

  constructor(mapping: InferredMapping, fixed: FixedValues) {
    this.#columns = mapping.columns
      .filter(({ target }) => target.kind === 'field' && target.field === 'country')
      .map(({ index }) => index);
    this.#fixed = fixed.region;
  }

  read(cells: readonly string[]): void {
    const cell = this.#columns.map((index) => cells[index] ?? '').find((text) => text !== '') ?? '';
    this.#region = this.#regionOf(cell);
  }

  #regionOf(cell: string): string | undefined {
    const known = this.#regionBySpelling;
    if (known.has(cell)) return known.get(cell);
    const text = readText(cell);
    const region = readCountry(text) ?? readCallingCode(text)?.country;
    if (known.size === MOST_SPELLINGS) known.clear();
    if (cell.length <= LONGEST_SPELLING) known.set(cell, region);
    return region;
  }

  readonly get = (): string | undefined => this.#fixed ?? this.#region;
}

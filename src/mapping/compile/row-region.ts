import { readCallingCode } from '../../contact/phone/calling-code.js';
import { countryReader } from '../country-column.js';
import { readText } from './cell-readers.js';
import type { FixedValues } from './fixed-values.js';
import { becomes, type InferredMapping } from '../mapping.js';

/** Spellings that are remembered: more than a file of contacts has, unless the column holds something else. */
const MOST_SPELLINGS = 1000;
/** No country's name is longer, and a note in the wrong column is not worth the memory. */
const LONGEST_SPELLING = 100;

interface CountryColumn {
  readonly index: number;
  readonly read: (cell: string) => string | undefined;
  readonly regionBySpelling: Map<string, string | undefined>;
}

/** The country of the record that is being read, from its country columns or `--set country`. */
export class RowRegion {
  readonly #columns: readonly CountryColumn[];
  readonly #fixed: string | undefined;
  #region: string | undefined;

  constructor(mapping: InferredMapping, fixed: FixedValues) {
    this.#columns = mapping.columns
      .filter(becomes('country'))
      .map((column) => ({ index: column.index, read: countryReader(column), regionBySpelling: new Map() }));
    this.#fixed = fixed.region;
  }

  read(cells: readonly string[]): void {
    const column = this.#columns.find(({ index }) => (cells[index] ?? '') !== '');
    this.#region = column && regionOf(cells[column.index] ?? '', column);
  }

  readonly get = (): string | undefined => this.#fixed ?? this.#region;
}

function regionOf(cell: string, { read, regionBySpelling: known }: CountryColumn): string | undefined {
  if (known.has(cell)) return known.get(cell);
  const text = readText(cell);
  const region = read(text) ?? readCallingCode(text)?.country;
  if (known.size === MOST_SPELLINGS) known.clear();
  if (cell.length <= LONGEST_SPELLING) known.set(cell, region);
  return region;
}

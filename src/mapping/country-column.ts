import { readCarCode, readCountry } from '../contact/country.js';
import type { ColumnMapping } from './mapping.js';

/**
 * How a column says of which country a row is: by names and codes; and by the letters that cars bear (`D`, `A`) where all that
 * it shows are countries, since a letter alone may be anything.
 */
export function countryReader({ samples }: Pick<ColumnMapping, 'samples'>): (cell: string) => string | undefined {
  const hasCarCodes = samples.every((sample) => readCountry(sample) ?? readCarCode(sample));
  return (cell) => readCountry(cell) ?? (hasCarCodes ? readCarCode(cell) : undefined);
}

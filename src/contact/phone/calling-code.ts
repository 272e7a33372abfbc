import { readCountry } from '../country.js';
import { mainCountryOf } from './phone-plan.js';

/** Where a number is dialled: a calling code and the country that it stands for, or a country alone. */
export interface CallingCode {
  /** Digits, without +; undefined where the cell names a country. */
  readonly code: string | undefined;
  /** ISO 3166-1 alpha-2: the main country of the code. */
  readonly country: string;
}

/**
 * Reads `91`, `+91`, `0091`, `(91)`, `India (+91)`, `IN +91`, `India` or `IN`; undefined where the cell names neither a
 * calling code that exists nor a country.
 */
export function readCallingCode(cell: string): CallingCode | undefined {
  const text = cell.trim().replace(/\.0$/, '');
  const digits = text.match(/\d[\d\s-]*/g)?.map((part) => part.replace(/\D/g, '')) ?? [];
  const [first] = digits;
  const country = readCountry(text.replace(/[\d+()[\]-]+/g, ' ').trim());
  if (first === undefined) return country === undefined ? undefined : { code: undefined, country };
  if (digits.length > 1) return undefined;
  const bare = first.replace(/^00/, '');
  const main = mainCountryOf(bare) ?? (/^1\d{3}$/.test(bare) ? mainCountryOf('1') : undefined);
  return main === undefined ? undefined : { code: bare, country: country ?? main };
}

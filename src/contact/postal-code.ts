import { nameOfCountry } from '../country-name.js';
import type { Problem } from '../problem.js';
import { quoted } from './text.js';

/** The code of what is said of one. */
export const POSTAL_CODE_SHORT = 'postal_code_short';

/** Countries whose postal codes have five digits, the first of which may be a zero. */
const FIVE_DIGITS: ReadonlySet<string> = new Set(
  'DE FR ES IT US FI TR MX SA MY TH UA HR RS EE LT KR VN MA DZ EG'.split(' '),
);

/** What is to be said of a postal code that lacks the zero a spreadsheet takes off: `1067` in Germany. It is not put back unasked. */
export function shortPostalCode(text: string, country: string | undefined): Problem | undefined {
  if (country === undefined || !FIVE_DIGITS.has(country) || !/^\d{3,4}$/.test(text)) return undefined;
  return {
    code: POSTAL_CODE_SHORT,
    message: `${quoted(text)} has ${text.length} digits, and postal codes of ${nameOfCountry(country)} have 5: a spreadsheet takes zeros off the front`,
    hint: 'In a spreadsheet, format the column as text first; then write the zero again.',
  };
}

/** A postal code with the zeros that a spreadsheet took off; undefined where it can't lack any. */
export function withZeros(text: string): string | undefined {
  const digits = text.trim();
  return /^\d{3,4}$/.test(digits) ? digits.padStart(5, '0') : undefined;
}

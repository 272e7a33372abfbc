import { nameOfCountry } from '../country-name.js';
import type { Problem } from '../problem.js';
import { quoted } from './text.js';

/** Countries whose postal codes have five digits, the first of which may be a zero. */
const FIVE_DIGITS: ReadonlySet<string> = new Set(
  'DE FR ES IT US FI TR MX SA MY TH UA HR RS EE LT KR VN MA DZ EG'.split(' '),
);

/** What is to be said of a postal code that lacks the zero a spreadsheet takes off: `1067` in Germany. It is not put back unasked. */
export function shortPostalCode(text: string, country: string | undefined): Problem | undefined {
  if (country === undefined || !FIVE_DIGITS.has(country) || !/^\d{3,4}$/.test(text)) return undefined;
  return {
    code: 'postal_code_short',
    message: `${quoted(text)} has ${text.length} digits, and postal codes of ${nameOfCountry(country)} have 5: a spreadsheet takes zeros off the front`,
    hint: 'In a spreadsheet, format the column as text first; then write the zero again.',
  };
}

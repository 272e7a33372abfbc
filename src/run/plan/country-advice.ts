/** The country that is named where phones lack it: the one that the file itself speaks for, where it does. */
import type { ProblemKind } from '../reading/problem-digest.js';

/** The code of a phone without its country. */
export const LACKS_COUNTRY = 'phone_needs_country';

/** Problems whose advice names the likely country; as they are where nothing speaks for one. */
export function withLikelyCountry(
  problems: readonly ProblemKind[],
  country: string | undefined,
): readonly ProblemKind[] {
  if (country === undefined) return problems;
  const hint = countryHint(country);
  return problems.map((kind) => (kind.code === LACKS_COUNTRY ? { ...kind, hint } : kind));
}

/** What is said of phones that look like those of a country. */
export function countryHint(country: string): string {
  return `They look like numbers of ${country}: if they are, use --country ${country}; else write them with + and country code.`;
}

/** The country that is named where phones lack it: the one that the file itself speaks for, where it does. */
import { LACKS_COUNTRY } from '../../problem.js';

/** Problems whose advice names the likely country; as they are where nothing speaks for one. */
export function withLikelyCountry<Told extends { readonly code: string; readonly hint?: string }>(
  problems: readonly Told[],
  country: string | undefined,
): readonly Told[] {
  if (country === undefined) return problems;
  const hint = `They look like numbers of ${country}: if they are, use --country ${country}; else write them with + and country code.`;
  return problems.map((problem) => (problem.code === LACKS_COUNTRY ? { ...problem, hint } : problem));
}

/** The country that is named where phones lack it: the one that the file itself speaks for, where it does. */
import type { ProblemKind } from '../reading/problem-digest.js';

/** Problems whose advice names the likely country; as they are where nothing speaks for one. */
export function withLikelyCountry(
  problems: readonly ProblemKind[],
  country: string | undefined,
): readonly ProblemKind[] {
  if (country === undefined) return problems;
  const hint = `They look like numbers of ${country}: if they are, use --country ${country}; else write them with + and country code.`;
  return problems.map((kind) => (kind.code === 'phone_needs_country' ? { ...kind, hint } : kind));
}

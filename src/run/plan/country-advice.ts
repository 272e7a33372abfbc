/** The country that is named where phones lack it: the one that the file itself speaks for, where it does. */
import { likelyCountry } from '../../mapping/likely-country.js';
import type { FileAsRead } from '../reading/first-reading.js';
import type { ProblemKind } from '../reading/problem-digest.js';

const LACKS_COUNTRY = 'phone_needs_country';

/** Problems whose advice names the likely country; as they are where nothing speaks for one. */
export function withLikelyCountry(
  problems: readonly ProblemKind[],
  { dialect, mapping }: Pick<FileAsRead, 'dialect' | 'mapping'>,
): readonly ProblemKind[] {
  if (!problems.some(({ code }) => code === LACKS_COUNTRY)) return problems;
  const country = likelyCountry(dialect.sampleRecords, mapping)?.country;
  if (country === undefined) return problems;
  const hint = `They look like numbers of ${country}: if they are, use --country ${country}; else write them with + and country code.`;
  return problems.map((kind) => (kind.code === LACKS_COUNTRY ? { ...kind, hint } : kind));
}

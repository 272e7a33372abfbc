/** The country that is named where phones lack it: the one that the file itself speaks for, where it does. */
import { LACKS_COUNTRY } from '../../problem.js';
import type { LikelyCountries } from '../reading/likely-countries.js';
import { listed } from '../../source/several/file-set.js';

/** Problems whose advice names the likely country; as they are where nothing speaks for one. */
export function withLikelyCountry<Told extends { readonly code: string; readonly hint?: string }>(
  problems: readonly Told[],
  likely: LikelyCountries,
): readonly Told[] {
  const hint = adviceOn(likely);
  if (hint === undefined) return problems;
  return problems.map((problem) => (problem.code === LACKS_COUNTRY ? { ...problem, hint } : problem));
}

const ELSE = 'else write them with + and country code';

/** What `--country` does to one file of a list it does to the others. */
function adviceOn({ ofAll, ofSome }: LikelyCountries): string | undefined {
  if (ofAll !== undefined) {
    return `They look like numbers of ${ofAll}: if they are, use --country ${ofAll}; ${ELSE}.`;
  }
  if (ofSome.length === 0) return undefined;
  const countries = [...new Set(ofSome.map(({ country }) => country))];
  const each = countries.map((country) => {
    const files = ofSome.filter((one) => one.country === country).map(({ file }) => file);
    return `Those of ${listed(files)} look like numbers of ${country}: if they are, import ${files.length === 1 ? 'it' : 'them'} alone with --country ${country}.`;
  });
  return `${each.join(' ')} With --country for the whole list the numbers of its other files would be wrong: write those with + and country code, or give them a column with the country.`;
}

/** From which country the phones without + are: a country that is told holds for every file of a list, so each is asked by itself. */
import { likelyCountry } from '../../mapping/likely-country.js';
import type { InferredMapping } from '../../mapping/mapping.js';
import type { Source } from '../../source/opening/source.js';
import type { SourceRecord } from '../../source/record.js';

/** One of several files, and the country that it speaks for. */
export interface CountryOfFile {
  /** Its path. */
  readonly file: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface LikelyCountries {
  /** That of the file; of a list that of every file in which phones lack theirs. */
  readonly ofAll: string | undefined;
  /** Where not all of them are of one country: the files that speak for one. */
  readonly ofSome: readonly CountryOfFile[];
}

interface Opened {
  readonly dialect: { readonly sampleRecords: readonly SourceRecord[] };
  readonly mapping: InferredMapping;
  readonly source: Pick<Source, 'members'>;
}

/**
 * @param lacking what the rows call the files in which phones lack their country, where the whole list was read
 * @param hint a country that speaks for itself where a file does not
 */
export function likelyCountries(
  { dialect, mapping, source: { members } }: Opened,
  lacking?: ReadonlySet<string>,
  hint?: string,
): LikelyCountries {
  if (members === undefined) {
    return { ofAll: likelyCountry(dialect.sampleRecords, mapping, hint)?.country, ofSome: [] };
  }
  const files = members.names.flatMap((file, at) => {
    const isLacking = lacking?.has(members.called[at] ?? '');
    if (isLacking === false) return [];
    const own = new Set(members.headers[at]);
    const columns = mapping.columns.filter(({ header }) => own.has(header));
    const samples = members.samples[at] ?? [];
    return [{ file, country: likelyCountry(samples, { ...mapping, columns }, hint)?.country }];
  });
  const [first] = files;
  const ofSome = files.flatMap(({ file, country }) => (country === undefined ? [] : [{ file, country }]));
  const isOne = first?.country !== undefined && files.every(({ country }) => country === first.country);
  return isOne ? { ofAll: first.country, ofSome: [] } : { ofAll: undefined, ofSome };
}

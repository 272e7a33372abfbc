/** Phones that are written as within their country, and which country that may be: what only a person can tell. */
import { compileFirstReading } from '../../mapping/compile/compile.js';
import { becomes, type InferredMapping } from '../../mapping/mapping.js';
import { LACKS_COUNTRY } from '../../problem.js';
import { openBy } from '../map.js';
import { likelyCountries } from '../reading/likely-countries.js';
import { readKept } from '../reading/kept.js';
import type { ReadingOptions } from '../settings.js';

export interface NationalPhones {
  /** How many rows have a phone whose country can't be told. */
  readonly rows: number;
  /** The country that the file speaks for. */
  readonly likely: string | undefined;
  /** Where it speaks for none: the one that an import before was told, if they can be numbers of it. */
  readonly before: string | undefined;
}

/** True where a mapping has phones at all. */
export function hasPhones({ columns }: InferredMapping): boolean {
  return columns.some(becomes('phone_numbers'));
}

/** Looks for them in the whole file, as a mapping reads it. */
export async function findNationalPhones(
  options: ReadingOptions,
  mapping: InferredMapping,
): Promise<NationalPhones | undefined> {
  if (!hasPhones(mapping)) return undefined;
  const file = await openBy(options, undefined);
  try {
    const mapRecord = compileFirstReading(mapping, { ...file.settings, stageIds: undefined, onInvalid: 'reject' });
    let rows = 0;
    const files = new Set<string>();
    await file.forEachRecord((record) => {
      if (!mapRecord(record).problems.some(({ code }) => code === LACKS_COUNTRY)) return;
      rows += 1;
      if (record.file !== undefined) files.add(record.file);
    }, options.signal);
    if (rows === 0) return undefined;
    const { country: before } = (await readKept(options)).settings;
    const likelyBy = (hint?: string): string | undefined =>
      likelyCountries({ dialect: file.dialect, source: file.source, mapping }, files, hint).ofAll;
    const likely = likelyBy();
    return { rows, likely, before: likely === undefined ? likelyBy(before) : undefined };
  } finally {
    await file.close();
  }
}

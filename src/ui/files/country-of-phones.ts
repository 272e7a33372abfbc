/** From which country the phones of a file most likely are that do not say it: to be offered, never taken unasked. */
import { likelyCountry } from '../../mapping/likely-country.js';
import { OpenedFile } from '../../run/reading/reading.js';
import type { ReadingOptions } from '../../run/settings.js';
import type { InferredMapping } from '../../mapping/mapping.js';
import type { LikelyCountryView } from '../wire.js';
import type { Desk } from './desk.js';
import type { PlannedFile } from '../jobs/plans.js';

/** So many rows that lack it are looked at: the first rows of the file may have no phone. */
const ROWS_LOOKED_AT = 200;

/** A country that speaks for itself, where the file does not: the one chosen last, or that of the person's language, such as de-DE. */
export interface CountryHint {
  readonly country: string;
  readonly because: 'chosen' | 'language';
}

export function hintOf(desk: Desk, language: string | undefined): CountryHint | undefined {
  if (desk.lastCountry !== undefined) return { country: desk.lastCountry, because: 'chosen' };
  const [, country] = /-([A-Za-z]{2})$/.exec(language ?? '') ?? [];
  return country === undefined ? undefined : { country: country.toUpperCase(), because: 'language' };
}

/** Where the numbers of some rows are most likely from, and what that goes by; null where nothing speaks for a country. */
export function likelyOf(
  rows: Parameters<typeof likelyCountry>[0],
  mapping: InferredMapping,
  hint: CountryHint | undefined,
): LikelyCountryView | null {
  const likely = likelyCountry(rows, mapping, hint?.country);
  if (likely === undefined) return null;
  return { country: likely.country, because: likely.by === 'hint' && hint !== undefined ? hint.because : 'file' };
}

/** null where no row is rejected for want of a country, or nothing speaks for one. */
export async function likelyCountryOf(
  { rows }: PlannedFile,
  options: ReadingOptions,
  hint: CountryHint | undefined,
): Promise<LikelyCountryView | null> {
  const page = await rows.page({ reason: 'phone_needs_country', offset: 0, limit: ROWS_LOOKED_AT });
  if (page.total === 0) return null;
  const file = await OpenedFile.open(options);
  try {
    if (file.settings.country !== undefined) return null;
    return likelyOf(page.rows, file.mapping, hint);
  } finally {
    await file.close();
  }
}

/** From which country the phones of a file most likely are that do not say it: to be offered, never taken unasked. */
import { likelyCountry } from '../../mapping/likely-country.js';
import { OpenedFile } from '../../run/reading/reading.js';
import type { ReadingOptions } from '../../run/settings.js';
import type { Desk } from './desk.js';
import type { PlannedFile } from '../jobs/plans.js';

/** So many rows that lack it are looked at: the first rows of the file may have no phone. */
const ROWS_LOOKED_AT = 200;

/** A country that speaks for itself: the one chosen last, or that of the person's language, such as de-DE. */
export function hintOf(desk: Desk, language: string | undefined): string | undefined {
  return desk.lastCountry ?? /-([A-Za-z]{2})$/.exec(language ?? '')?.[1]?.toUpperCase();
}

/** null where no row is rejected for want of a country, or nothing speaks for one. */
export async function likelyCountryOf(
  { rows }: PlannedFile,
  options: ReadingOptions,
  hint: string | undefined,
): Promise<string | null> {
  const page = await rows.page({ reason: 'phone_needs_country', offset: 0, limit: ROWS_LOOKED_AT });
  if (page.total === 0) return null;
  const file = await OpenedFile.open(options);
  try {
    if (file.settings.country !== undefined) return null;
    return likelyCountry(page.rows, file.mapping, hint)?.country ?? null;
  } finally {
    await file.close();
  }
}

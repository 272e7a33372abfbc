/** Asks which country phones without + belong to. */
import * as clack from '../prompts.js';
import { nameOfCountry } from '../../country-name.js';
import type { NationalPhones } from '../../run/plan/national-phones.js';
import { COUNTRY } from '../../settings/values.js';
import { counted } from '../../wording/durations.js';
import { dropTypedAhead } from '../type-ahead.js';
import { BACK, ON_STDERR } from './questions.js';

/** What the table of columns calls it. */
export const PHONES_WITHOUT_PLUS = 'Phones without +';

/**
 * @param before the one that was told until now
 * @returns "" for none, undefined where the person goes back
 */
export async function askForCountry(
  national: NationalPhones | undefined,
  before: string | undefined,
): Promise<string | undefined> {
  const rows = national === undefined ? '' : ` (${counted(national.rows, 'row')})`;
  const guess = before === undefined ? (national?.likely ?? national?.before) : undefined;
  const why = national?.likely === undefined ? 'An import before took them for' : 'They look like';
  const likely = guess === undefined ? '' : `${why} numbers of ${guess} (${nameOfCountry(guess)}).\n`;
  await dropTypedAhead();
  const answer = await clack.text({
    message: `The country of phones without +${rows}, such as GB\n${likely}Blank: none, such rows are rejected. Esc: ${BACK.toLowerCase()}`,
    initialValue: before ?? guess ?? '',
    validate: (text = '') => {
      if (text.trim() === '') return undefined;
      const checked = COUNTRY.check(text, Number.NaN);
      return 'wrong' in checked ? `${checked.wrong}. ${checked.next ?? ''}`.trim() : undefined;
    },
    ...ON_STDERR,
  });
  if (clack.isCancel(answer)) return undefined;
  const checked = COUNTRY.check(answer, Number.NaN);
  return 'value' in checked ? checked.value : '';
}

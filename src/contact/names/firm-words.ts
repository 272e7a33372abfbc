/** The words by which a firm is told from another: without what it is by law, and what any firm may be called. */
import { nameKeyOf } from '../name.js';
import { isCompanyForm, isLegalForm, withoutLegalForm } from './name-parts.js';

/** Words of firms that tell none from another; legal forms in pieces, as `Sp. z o.o.` leaves them. */
const OF_ANY_FIRM: ReadonlySet<string> = new Set(
  (
    'the der die das le la les el los il lo i a an and und et y e en of de ' +
    'co company companies cie compania group gruppe groupe grupo gruppo holding holdings corp ' +
    'sp z oo zoo sro doo ooo ооо зао пао ао тоо ип sa sas spa bv nv ab oy as aps pte sl slu cv se ug ohg gbr ek ev eg me epp'
  ).split(' '),
);

export function firmWords(name: string): string[] {
  const key = nameKeyOf(withoutLegalForm(name));
  const words = key === '' ? [] : key.split(' ');
  const own = words.filter((word) => !OF_ANY_FIRM.has(word) && !isCompanyForm(word) && !isLegalForm(word, false));
  return own.length > 0 ? own : words;
}

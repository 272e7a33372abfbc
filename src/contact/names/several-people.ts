/** Names that are two people's, or a household's. Nobody is lost by them, but one contact is made of several. */
import { isFirmOrHousehold } from './firm-names.js';
import { isHousehold } from './name-parts.js';

/** Between two names; `y` and `e` join the family names of one. */
const BETWEEN = /\S(?:\s*[&+]\s+|\s+[&+]\s*|\s+(?:and|und|u\.|et|och|og)\s+)\S/iu;
const BETWEEN_FIRST_NAMES = /\S\s+(?:y|e|i|en)\s+\S/iu;

function isHouseholds(text: string): boolean {
  const words = text.split(/\s+/);
  return isHousehold(words[0] ?? '') || isHousehold(words.at(-1) ?? '');
}

/** Whether a name joins two: `John & Mary Smith`, `Hans und Maria Bauer`, `Mr & Mrs Smith`; of a firm's never. */
export function joinsTwoNames(name: string): boolean {
  return BETWEEN.test(name) && !isFirmOrHousehold(name);
}

/** Whether a first and a last name are those of several people: as `joinsTwoNames`, or a household's (`Familie Müller`). */
export function mayBeSeveral(firstName: string, lastName: string): boolean {
  const name = `${firstName} ${lastName}`.trim();
  return joinsTwoNames(name) || isHouseholds(name) || (BETWEEN_FIRST_NAMES.test(firstName) && lastName !== '');
}

/** Whether a salutation is of several people: `Eheleute`, `Familie`, `Herr und Frau`, `Mr. & Mrs.` */
export function greetsSeveral(salutation: string): boolean {
  return isHouseholds(salutation.trim()) || BETWEEN.test(salutation) || BETWEEN_FIRST_NAMES.test(salutation);
}

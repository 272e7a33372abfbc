/** Names that begin with the family's, and where a family's name of two words begins. */
import { isFirstName } from './first-names.js';

const CJK_WORD = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;
/** A father's name in Russian, which stands behind the first name. */
const PATRONYMIC = /(?:ович|евич|овна|евна|инична|ильич|кузьмич|лукич|фомич)$/iu;

/** Long enough to be no initials: `SMITH`, `DE LA CRUZ`, `O’NEIL`. */
function isInCapitals(word: string): boolean {
  return /^\p{Lu}[\p{Lu}'’-]*\p{Lu}$/u.test(word);
}

/**
 * How many of the words are the family's name, standing in front: `田中 太郎`, `DUPONT Jean` (capitals tell it from the first
 * name in French), `Иванов Иван Иванович`. 0 where nothing says so.
 */
export function familyWords(words: readonly string[]): number {
  if (words.length === 2 && words.every((word) => CJK_WORD.test(word))) return 1;
  const [, second = '', third = ''] = words;
  if (words.length === 3 && PATRONYMIC.test(third) && !PATRONYMIC.test(second)) return 1;
  const end = words.findIndex((word) => !isInCapitals(word));
  const isLong = words.slice(0, end).some((word) => word.replace(/[^\p{L}]/gu, '').length >= LONGER_THAN_INITIALS);
  const areNames = words.slice(end).every((word) => /^\p{Lu}\p{Ll}/u.test(word));
  // "JOHN Smith" begins with a first name; "THOMAS Julien" ends with one.
  const beginsWithFirst = end === 1 && isFirstName(words[0] ?? '') && !isFirstName(words[1] ?? '');
  return end > 0 && isLong && areNames && !beginsWithFirst ? end : 0;
}

const LONGER_THAN_INITIALS = 4;

/** Fathers' family names that are common in Spanish, and nobody's first name; those in -ez need no list. */
const SURNAMES: ReadonlySet<string> = new Set(
  (
    'garcia diaz ruiz torres romero alonso navarro moreno munoz ramos gil serrano blanco molina morales suarez ortega delgado castro ortiz rubio marin sanz iglesias medina garrido cortes castillo santos lozano guerrero cano prieto cruz calvo gallego vidal leon herrera flores cabrera campos vega fuentes carrasco caballero reyes nieto aguilar herrero montero vargas hidalgo gimenez mora ' +
    'rojas guzman salazar mendoza rivera silva acosta aguirre avila ayala barrios benitez bravo cardenas carrillo contreras cordoba correa duran escobar espinosa espinoza estrada figueroa gallardo galvan guerra ibarra lara luna macias maldonado mejia miranda montes montoya mora munoz navarrete ochoa olivares orozco osorio pacheco padilla palacios paredes parra pena peralta ' +
    'pineda ponce quintero ramirez rangel rios rivas robles rocha rosales rosas rueda salas salinas sandoval sepulveda serna sierra soler solis sosa soto tapia tejada trujillo uribe valdes valencia valenzuela valle vera villa villanueva villarreal zamora zapata zuniga arroyo bermudez bustos cabello cuesta echeverria gomis izquierdo marquez mateos roldan saez sancho segura'
  ).split(' '),
);

function plain(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function isSpanishSurname(word: string): boolean {
  return word.split('-').some((part) => SURNAMES.has(plain(part)) || /^\p{L}{2,}[eé]z$/iu.test(part));
}

/**
 * Whether a name ends with a father's and a mother's family name, as in Spanish: `María José García López`, `Gabriel García
 * Márquez`. The last but one must be known as a family's name, and the name be Spanish by its last word or its accents.
 */
export function endsWithTwoSurnames(words: readonly string[]): boolean {
  const [father = '', mother = ''] = words.slice(-2);
  if (words.length < 3 || !isSpanishSurname(father)) return false;
  return isSpanishSurname(mother) || words.some((word) => /[áéíóúñ]/iu.test(word.normalize('NFC')));
}

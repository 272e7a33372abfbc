/**
 * Whether two names that stand with one e-mail may be one person's: Bob and Robert, a married name, initials, a slip of the
 * keyboard. An e-mail is mostly one person's, so only names that are clearly of two people tell them apart. Pure.
 */
import { nameKeyOf, sameName } from '../contact/name.js';
import { areFormsOfOne, areKnownNames } from '../contact/names/first-names.js';
import { joinsTwoNames } from '../contact/names/several-people.js';

/** A common beginning of this many letters makes one name of two: Alex and Alexander. */
const LEAST_COMMON_BEGINNING = 3;
/** From these lengths on, one and two slips are taken for a slip. */
const LONG_ENOUGH_FOR_ONE_SLIP = 4;
const LONG_ENOUGH_FOR_TWO_SLIPS = 8;
const GENERATIONS = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** @param one, other full names, the first name first; a blank one may be anybody's */
export function mayBeOnePerson(one: string, other: string): boolean {
  const [key, otherKey] = [nameKeyOf(one), nameKeyOf(other)];
  // As one contact a couple and one of the two would lose the other.
  if (key !== '' && otherKey !== '' && joinsTwoNames(one) !== joinsTwoNames(other)) return false;
  if (sameName(key, otherKey)) return true;
  // Names in different scripts can't be compared: 王伟 may well be Wang Wei.
  if (scriptOf(key) !== scriptOf(otherKey)) return true;
  const [words, otherWords] = [key.split(' '), otherKey.split(' ')];
  if (
    generationOf(words) !== '' &&
    generationOf(otherWords) !== '' &&
    generationOf(words) !== generationOf(otherWords)
  ) {
    return false;
  }
  // A last name changes with a marriage; a first name does not.
  if (isSameWord(givenNameOf(one), givenNameOf(other))) return true;
  const [fewer, more] = words.length <= otherWords.length ? [words, otherWords] : [otherWords, words];
  const unmatched = [...more];
  return fewer.every((word) => {
    const at = unmatched.findIndex((candidate) => isSameWord(word, candidate));
    if (at >= 0) unmatched.splice(at, 1);
    return at >= 0;
  });
}

/** More different names than this with one e-mail are never one person's. */
const MOST_NAMES_OF_ONE = 20;

/** Whether any two of the names are clearly of two people. */
export function areOfDifferentPeople(names: Iterable<string>): boolean {
  const distinct = new Map<string, string>();
  for (const name of names) {
    const key = nameKeyOf(name);
    if (key === '' || distinct.has(key)) continue;
    if (distinct.size === MOST_NAMES_OF_ONE) return true;
    for (const other of distinct.values()) if (!mayBeOnePerson(name, other)) return true;
    distinct.set(key, name);
  }
  return false;
}

function generationOf(words: readonly string[]): string {
  return words.find((word) => GENERATIONS.has(word)) ?? '';
}

/** The first word of a name that is not an honorific, as names are compared; '' where that can't be told. */
function givenNameOf(name: string): string {
  for (const word of name.split(/\s+/u)) {
    const key = nameKeyOf(word);
    // Of an honorific alone nothing would be left: `nameKeyOf` keeps it, together with another word it does not.
    if (key !== '' && nameKeyOf(`${word} x`) !== 'x') return key.split(' ')[0] ?? '';
  }
  return '';
}

function isSameWord(one: string, other: string): boolean {
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 1) return long.startsWith(short);
  if (areFormsOfOne(one, other)) return true;
  // Mark and Mary, Joan and John are a letter apart, and two people.
  if (areKnownNames(one, other)) return false;
  if (short.length >= LEAST_COMMON_BEGINNING && long.startsWith(short)) return true;
  const slips = short.length >= LONG_ENOUGH_FOR_TWO_SLIPS ? 2 : short.length >= LONG_ENOUGH_FOR_ONE_SLIP ? 1 : 0;
  return slips > 0 && long.length - short.length <= slips && slipsBetween(one, other) <= slips;
}

/** How many letters are missing, added, changed or swapped with their neighbour. */
function slipsBetween(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
];
const CJK = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function scriptOf(key: string): number {
  if (CJK.test(key)) return -2;
  return SCRIPTS.findIndex((script) => script.test(key));
}

/**
 * Whether two names that stand with one e-mail or phone may be one person's: Bob and Robert, a married name, initials, a slip
 * of the keyboard. The one rule for names within a file and for a name that was kept of an earlier run, of which only digests
 * of its letters are known. Pure.
 */
import { nameKeyOf } from '../name.js';
import { editDistance } from '../../edit-distance.js';
import { garbled, ungarbled } from '../../garbled-text.js';
import { counterpartsOf } from './couples.js';
import { areFormsOfOne, isKnownName } from './first-names.js';
import { joinsTwoNames } from './several-people.js';

/** A common beginning of this many letters makes one name of two: Alex and Alexander. */
const LEAST_COMMON_BEGINNING = 3;
/** From these lengths on, one and two slips are taken for a slip. */
const LONG_ENOUGH_FOR_ONE_SLIP = 4;
const LONG_ENOUGH_FOR_TWO_SLIPS = 8;
const GENERATIONS = ['jr', 'sr', 'ii', 'iii', 'iv'];

/** A word of a name as it was kept: as it is, or as digests of its letters. */
export interface KeptWord {
  /** One sign for each letter; the same for the same letter. */
  readonly letters: string;
  /** True where the letters are the word itself. */
  readonly isWritten: boolean;
  /** True for a known first name. */
  readonly isKnown: boolean;
  /** A word as it would have been kept beside this one: the two can be compared letter by letter. */
  see(word: string): string;
  is(word: string): boolean;
  beginsWith(letter: string): boolean;
  /** Whether it is a form of the same first name as `word`. */
  isFormOf(word: string): boolean;
}

/** A name as it was kept; without words for a blank one. */
export interface KeptName {
  /** True where it joins the names of two people. */
  readonly isOfTwo: boolean;
  readonly script: number;
  /** In the order of `nameKeyOf`. */
  readonly words: readonly KeptWord[];
  /** The first word that is not an honorific. */
  readonly given: KeptWord | undefined;
}

/** A name taken apart as it is compared. */
export interface NameParts {
  readonly isOfTwo: boolean;
  readonly script: number;
  readonly words: readonly string[];
  readonly given: string;
}

/** What two names stand with: an e-mail is mostly one person's, a phone is a household's or a firm's as well. */
export type SharedPoint = 'email' | 'phone';

/** @param one, other full names, the first name first; a blank one may be anybody's */
export function mayBeOnePerson(one: string, other: string): boolean {
  return mayBeSamePerson(asWritten(one), other, 'email');
}

/** Whether the name of a person may be another form of the one that was kept. */
export function mayBeSamePerson(kept: KeptName, name: string, shared: SharedPoint): boolean {
  if (mayBeSame(kept, namePartsOf(name), shared)) return true;
  // One of the two may be garbled, and be repaired in the other.
  const readings = isAscii(name) ? [] : [ungarbled(name), garbled(name), garbled(garbled(name))];
  return readings.some((reading = '') => {
    const parts = namePartsOf(reading);
    return parts.script === kept.script && parts.words.length > 0 && areSame(kept.words, parts.words);
  });
}

/** The stricter rule, that of `sameName`, for a name that was kept. */
export function isNameAsKept(kept: KeptName, name: string): boolean {
  const { words } = namePartsOf(name);
  return kept.words.length === 0 || words.length === 0 || areSame(kept.words, words);
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function mayBeSame(kept: KeptName, { words, script, given, isOfTwo }: NameParts, shared: SharedPoint): boolean {
  if (kept.words.length === 0 || words.length === 0) return true;
  // As one contact a couple and one of the two would lose the other.
  if (kept.isOfTwo !== isOfTwo) return false;
  if (areSame(kept.words, words)) return true;
  // Names in different scripts can't be compared: 王伟 may well be Wang Wei.
  if (kept.script !== script) return true;
  const generation = GENERATIONS.find((one) => words.includes(one));
  const keptGeneration = GENERATIONS.find((one) => kept.words.some((word) => word.is(one)));
  if (generation !== undefined && keptGeneration !== undefined && generation !== keptGeneration) return false;
  // A last name changes with a marriage; a first name does not. Of two with one phone, the first name alone says little.
  if (shared === 'email' && kept.given !== undefined && isSameWord(kept.given, given)) return true;
  return areMatched(kept.words, words, isSameWord);
}

/** More different names than this with one e-mail are never one person's. */
const MOST_NAMES_OF_ONE = 20;

/** One person marries, and has two last names; so many that have nothing in common are of as many people. */
const LAST_NAMES_OF_SEVERAL = 3;

/** Whether any two of the names are clearly of two people, or too many last names stand with one first name. */
export function areOfDifferentPeople(names: Iterable<string>): boolean {
  const distinct = new Map<string, string>();
  for (const name of names) {
    const key = nameKeyOf(name);
    if (key === '' || distinct.has(key)) continue;
    if (distinct.size === MOST_NAMES_OF_ONE) return true;
    for (const other of distinct.values()) if (!mayBeOnePerson(name, other)) return true;
    distinct.set(key, name);
  }
  return distinct.size >= LAST_NAMES_OF_SEVERAL && unlikeLastNames([...distinct.values()]) >= LAST_NAMES_OF_SEVERAL;
}

/** How many of the names have words behind the first name that none before them has, not even by their beginning. */
function unlikeLastNames(names: readonly string[]): number {
  const found: KeptWord[][] = [];
  for (const name of names) {
    const { words, given } = asWritten(name);
    const last = words.filter((word) => given?.is(word.letters) !== true && word.letters.length > 1);
    const isLike = (other: readonly KeptWord[]): boolean =>
      last.some((word) => other.some((one) => isSameWord(one, word.letters)));
    if (last.length > 0 && !found.some(isLike)) found.push(last);
  }
  return found.length;
}

/** Takes a name apart into what the rule compares. */
export function namePartsOf(name: string): NameParts {
  const key = nameKeyOf(name);
  const words = key === '' ? [] : key.split(' ');
  return { isOfTwo: joinsTwoNames(name), words, script: scriptOf(key), given: givenNameOf(name) };
}

/** Whether a word is a single letter, which stands for any name that it begins. */
function isInitial(word: string): boolean {
  return word.length <= 2 && Array.from(word).length === 1;
}

function asWritten(name: string): KeptName {
  const { words, script, given, isOfTwo } = namePartsOf(name);
  return { isOfTwo, script, words: words.map(writtenWord), given: given === '' ? undefined : writtenWord(given) };
}

function writtenWord(letters: string): KeptWord {
  return {
    letters,
    isWritten: true,
    isKnown: isKnownName(letters),
    see: (word) => word,
    is: (word) => word === letters,
    beginsWith: (letter) => letters.startsWith(letter),
    isFormOf: (word) => areFormsOfOne(letters, word),
  };
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

/** Whether every word of the shorter name is in the longer one, where an initial stands for any word that it begins. */
function areSame(kept: readonly KeptWord[], words: readonly string[]): boolean {
  const keptAlone = kept.filter((one) => !words.some((word) => one.is(word)));
  const alone = words.filter((word) => !kept.some((one) => one.is(word)));
  return areMatched(keptAlone, alone, isInitialOfOther);
}

/** Whether each word of the name with fewer has one of its own in the other. */
function areMatched(
  kept: readonly KeptWord[],
  words: readonly string[],
  isMatch: (one: KeptWord, other: string) => boolean,
): boolean {
  const isKeptShorter = kept.length <= words.length;
  const unmatched = new Set((isKeptShorter ? words : kept).keys());
  return [...(isKeptShorter ? kept : words).keys()].every((at) => {
    for (const candidate of unmatched) {
      const [one, other] = isKeptShorter ? [kept[at], words[candidate]] : [kept[candidate], words[at]];
      if (one === undefined || other === undefined || !isMatch(one, other)) continue;
      unmatched.delete(candidate);
      return true;
    }
    return false;
  });
}

function isInitialOfOther(one: KeptWord, word: string): boolean {
  return isInitial(word) ? one.beginsWith(word) : isInitial(one.letters) && one.see(word).startsWith(one.letters);
}

function isSameWord(one: KeptWord, word: string): boolean {
  if (word === '') return false;
  if (one.is(word)) return true;
  if (one.letters.length === 1 || word.length === 1) return isInitialOfOther(one, word);
  if (one.isFormOf(word)) return true;
  // Mark and Mary, Joan and John are a letter apart, and two people.
  if (one.isKnown && isKnownName(word)) return false;
  // So are Marek and Mareka: a couple, and no slip. Of a few bits a letter an end can't be told from another.
  if (one.isWritten && counterpartsOf(word).includes(one.letters)) return false;
  const other = one.see(word);
  const [short, long] = one.letters.length <= other.length ? [one.letters, other] : [other, one.letters];
  if (short.length >= LEAST_COMMON_BEGINNING && long.startsWith(short) && one.beginsWith(word.slice(0, 1))) return true;
  const slips = short.length >= LONG_ENOUGH_FOR_TWO_SLIPS ? 2 : short.length >= LONG_ENOUGH_FOR_ONE_SLIP ? 1 : 0;
  // Hardly anybody slips at the first letter of a name.
  const isSlip = slips > 0 && long.length - short.length <= slips && one.beginsWith(word.slice(0, 1));
  return isSlip && editDistance(one.letters, other, slips) <= slips;
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

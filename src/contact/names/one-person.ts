/**
 * Whether two names that stand with one e-mail or phone may be one person's: Bob and Robert, a married name, initials, a slip
 * of the keyboard. The one rule for names within a file and for a name that was kept of an earlier run, of which only digests
 * of its letters are known. Pure.
 */
import { editDistance } from '../../edit-distance.js';
import { garbled, ungarbled } from '../../garbled-text.js';
import { othersOfCouple } from './couples.js';
import { areManAndWoman, type Courtesy } from './courtesy.js';
import { isKnownName } from './first-names.js';
import {
  areSecondNamesApart,
  asWritten,
  comparedParts,
  keyAsItStands,
  namePartsOf,
  writtenName,
  type Bearer,
  type KeptName,
  type NameParts,
  type TakenApart,
} from './kept-name.js';
import type { KeptWord } from './kept-word.js';
import { likenessAcross } from './across-scripts.js';
import { soundsAlike } from './scripts/transliteration.js';

/** A common beginning of this many letters makes one name of two: Alex and Alexander. */
const LEAST_COMMON_BEGINNING = 3;
/** From these lengths on, one and two slips are taken for a slip. */
const LONG_ENOUGH_FOR_ONE_SLIP = 4;
const LONG_ENOUGH_FOR_TWO_SLIPS = 8;
const GENERATIONS = ['jr', 'sr', 'ii', 'iii', 'iv'];

/** What two names stand with: an e-mail is mostly one person's, a phone is a household's or a firm's as well. */
export type SharedPoint = 'email' | 'phone';

/** @param one, other full names, the first name first; a blank one may be anybody's */
export function mayBeOnePerson(one: string, other: string): boolean {
  return mayBeSamePerson(asWritten(one), other, 'email');
}

/** Whether the name of a person may be another form of the one that was kept. */
export function mayBeSamePerson(kept: KeptName, name: string, shared: SharedPoint): boolean {
  return mayBeNamed(kept, { name, parts: namePartsOf(name) }, shared);
}

function mayBeNamed(kept: KeptName, { name, parts: written }: TakenApart, shared: SharedPoint): boolean {
  if (mayBeSame(kept, written, shared)) return true;
  if (isAscii(name)) return false;
  // It may have been kept garbled, as it is not any more: letter by letter, for what falls apart in it is no initial.
  const sound = ungarbled(name) ?? name;
  return [garbled(sound), garbled(garbled(sound))].some((reading) => {
    const key = keyAsItStands(reading);
    return key.length === kept.words.length && key.every((word) => kept.words.some((one) => one.is(word)));
  });
}

/** The stricter rule, that of a phone within a file, for a name that was kept. */
export function isNameAsKept(kept: KeptName, name: string): boolean {
  const parts = namePartsOf(name);
  return beforeWords(kept, parts) ?? areWordsSame(kept, parts);
}

/** The stricter rule: every word of the shorter name is in the longer one. */
export function areNamedAlike(one: string, other: string): boolean {
  return isNameAsKept(asWritten(one), other);
}

function areWordsSame(kept: KeptName, { words, script }: NameParts): boolean {
  if (areSame(kept.words, words)) return true;
  const isAlike = kept.script === script ? undefined : soundsAlike({ kept: kept.script, other: script });
  return isAlike !== undefined && areMatched(kept.words, words, isAlike);
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** What is clear without a look at each word: it is known of one alone, is a firm's, or a man's and a woman's. */
function beforeWords(kept: KeptName, parts: NameParts): boolean | undefined {
  if (kept.words.length === 0 || parts.words.length === 0) return true;
  if (isFirm(kept.bearer) && isFirm(parts.bearer)) return mayBeOneFirm(kept, parts);
  // Somebody may well be of that firm.
  if (kept.bearer === 'company' || parts.bearer === 'company') return true;
  if (isFirm(kept.bearer) || isFirm(parts.bearer)) return undefined;
  return areManAndWoman(courtesyOf(kept), courtesyOf(parts)) && !haveOneFirstName(kept, parts) ? false : undefined;
}

function isFirm(bearer: Bearer): boolean {
  return bearer === 'company' || bearer === 'firm';
}

function courtesyOf({ bearer }: Pick<KeptName, 'bearer'>): Courtesy | undefined {
  return bearer === 'company' || bearer === 'firm' ? undefined : bearer;
}

/** Beside a first and a last name that are the same, one of the two is addressed wrongly. */
function haveOneFirstName({ words: keptWords, given: one }: KeptName, { words, given }: NameParts): boolean {
  if (one?.isKnown !== true || keptWords.length < 2 || words.length < 2) return false;
  return one.is(given) || one.isFormOf(given);
}

function mayBeSame(kept: KeptName, parts: NameParts, shared: SharedPoint): boolean {
  const { words, script, given, isOfTwo } = parts;
  const isClear = beforeWords(kept, parts);
  if (isClear !== undefined) return isClear;
  // As one contact a couple and one of the two would lose the other.
  if (kept.isOfTwo !== isOfTwo) return false;
  if (areSame(kept.words, words)) return true;
  if (kept.script === script && areSecondNamesApart(kept, parts, isGeneration)) return false;
  const isMatch = kept.script === script ? isSameWord : soundsAlike({ kept: kept.script, other: script });
  // Of two with one phone it says too little that 王伟 may be Wang Wei.
  if (isMatch === undefined) return shared === 'email' && likenessAcross(kept, parts) !== 'neither';
  const generation = GENERATIONS.find((one) => words.includes(one));
  const keptGeneration = GENERATIONS.find((one) => kept.words.some((word) => word.is(one)));
  if (generation !== undefined && keptGeneration !== undefined && generation !== keptGeneration) return false;
  // A last name changes with a marriage; a first name does not. Of two with one phone, the first name alone says little.
  if (shared === 'email' && kept.given !== undefined && given !== '' && isMatch(kept.given, given)) return true;
  return areMatched(kept.words, words, isMatch);
}

function isGeneration(word: KeptWord | string): boolean {
  return GENERATIONS.some((one) => (typeof word === 'string' ? word === one : word.is(one)));
}

/** Acme, Acme Ltd and ACME Plumbing Limited may be one firm, as IBM and International Business Machines may. */
function mayBeOneFirm(kept: KeptName, { words, script }: NameParts): boolean {
  const isAlike = kept.script === script ? isSameWord : soundsAlike({ kept: kept.script, other: script });
  if (isAlike === undefined) return true;
  // Firm 1 is not Firm 10.
  const isMatch = (one: KeptWord, word: string): boolean => (/\d/.test(word) ? one.is(word) : isAlike(one, word));
  return areMatched(kept.words, words, isMatch) || areInitials(kept.words, words);
}

/** Whether the one word of a firm has the first letters of the words of another. */
function areInitials(kept: readonly KeptWord[], words: readonly string[]): boolean {
  const [one, ...more] = kept;
  const [word = '', ...others] = words;
  const sorted = (letters: string): string => [...letters].sort().join('');
  if (one !== undefined && more.length === 0 && words.length > 1) {
    const initials = words.map((each) => each.slice(0, 1)).join('');
    return sorted(one.see(initials)) === sorted(one.letters);
  }
  const letters = [...word];
  if (others.length > 0 || kept.length < 2 || letters.length !== kept.length) return false;
  const unused = new Set(kept);
  return letters.every((letter) => {
    const found = [...unused].find((each) => each.beginsWith(letter));
    return found !== undefined && unused.delete(found);
  });
}

/** Spellings that are not taken apart again: of a crowd with one e-mail most have one of a few. */
const MOST_SEEN = 1000;

/** More different names than this with one e-mail are never one person's. */
const MOST_NAMES_OF_ONE = 20;

/** One person marries, and has two last names; so many that have nothing in common are of as many people. */
const LAST_NAMES_OF_SEVERAL = 3;

/**
 * Whether any two of the names are clearly of two people, or too many last names stand with one first name.
 * @param shared what they stand with; a mailbox of many is shared as a phone is
 */
export function areOfDifferentPeople(names: Iterable<string>, shared: SharedPoint = 'email'): boolean {
  const distinct = new Map<string, TakenApart>();
  const seen = new Set<string>(['']);
  for (const name of names) {
    if (seen.has(name)) continue;
    if (seen.size < MOST_SEEN) seen.add(name);
    const parts = namePartsOf(name);
    const key = comparedParts(parts);
    if (key === '' || distinct.has(key)) continue;
    if (distinct.size === MOST_NAMES_OF_ONE) return true;
    const written = writtenName(parts);
    for (const other of distinct.values()) if (!mayBeNamed(written, other, shared)) return true;
    distinct.set(key, { name, parts });
  }
  return distinct.size >= LAST_NAMES_OF_SEVERAL && unlikeLastNames([...distinct.values()]) >= LAST_NAMES_OF_SEVERAL;
}

/** How many of the names have words behind the first name that none before them has, not even by their beginning. */
function unlikeLastNames(names: readonly TakenApart[]): number {
  const found: KeptWord[][] = [];
  for (const { parts } of names) {
    const { words, given, bearer } = writtenName(parts);
    if (bearer === 'company') continue;
    const last = words.filter((word) => given?.is(word.letters) !== true && word.letters.length > 1);
    const isLike = (other: readonly KeptWord[]): boolean =>
      last.some((word) => other.some((one) => isSameWord(one, word.letters)));
    if (last.length > 0 && !found.some(isLike)) found.push(last);
  }
  return found.length;
}

/** Whether a word is a single letter, which stands for any name that it begins. */
function isInitial(word: string): boolean {
  return word.length <= 2 && Array.from(word).length === 1;
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
  // So are Marek and Mareka: a couple, and no slip.
  if (othersOfCouple(word).some((other) => one.is(other))) return false;
  const other = one.see(word);
  const [short, long] = one.letters.length <= other.length ? [one.letters, other] : [other, one.letters];
  if (short.length >= LEAST_COMMON_BEGINNING && long.startsWith(short) && one.beginsWith(word.slice(0, 1))) return true;
  const slips = short.length >= LONG_ENOUGH_FOR_TWO_SLIPS ? 2 : short.length >= LONG_ENOUGH_FOR_ONE_SLIP ? 1 : 0;
  // Hardly anybody slips at the first letter of a name.
  const isSlip = slips > 0 && long.length - short.length <= slips && one.beginsWith(word.slice(0, 1));
  return isSlip && editDistance(one.letters, other, slips) <= slips;
}

/**
 * Names of scripts that have no transliteration both ways, as they may be in Latin letters: those of Hangul, kana, Thai, India,
 * Arabic, Hebrew, Georgian and Armenian by their letters, and known last names in Chinese signs. Pure.
 */
import { editDistance } from '../../../edit-distance.js';
import { foldedWord } from '../folding.js';
import type { KeptWord } from '../kept-word.js';
import { readLetters } from './readers.js';
import { readingsOfSurname } from './surnames.js';

/** What a name may be in Latin letters. */
export interface Romanised<Word = string> {
  /** First names; none where their sound is not known. */
  readonly given: readonly Word[];
  /** Last names; none where their sound is not known, or there is none. */
  readonly last: readonly Word[];
}

/** A name in Latin letters, as it is compared. */
export interface LatinName<Word> {
  readonly words: readonly Word[];
  /** Whether the first name is a known one: many in Asia have one more for the West. */
  readonly isGivenKnown: boolean;
}

/** Characters of a name that are read. */
const LONGEST_NAME = 100;
const MOST_WORDS = 6;
const LATIN = /\p{Script=Latin}/u;

/** Undefined where no word of it has a sound that is known. @param name without what stands before it */
export function romanised(name: string): Romanised | undefined {
  if (LATIN.test(name)) return undefined;
  const text = name.normalize('NFKC').slice(0, LONGEST_NAME);
  const words = apart(text.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '')).slice(0, MOST_WORDS);
  // A last name of one sign or syllable stands in front there, and behind in a list with columns.
  const at = words.findLastIndex((word) => IS_OF_SIGNS.test(word) && readingsOfSurname(word) !== undefined);
  const lastAt = at >= 0 ? at : words.length - 1;
  const given = words.filter((_, place) => (words.length > 1 ? place !== lastAt : at < 0));
  const last = words.filter((_, place) => place === lastAt && (words.length > 1 || at >= 0));
  const found = { given: given.flatMap(readingsOf), last: last.flatMap(readingsOf) };
  return found.given.length + found.last.length === 0 ? undefined : found;
}

const IS_OF_SIGNS = /^[\p{Script=Han}\p{Script=Hangul}々]+$/u;
/** A last name and two signs, or one, of the first. */
const MOST_SIGNS_OF_WHOLE = 4;

/** A whole name in one word is taken apart: 王小明, 김민준. */
function apart(words: readonly string[]): readonly string[] {
  const [word = ''] = words;
  const signs = [...word];
  if (words.length !== 1 || !IS_OF_SIGNS.test(word) || signs.length < 2 || signs.length > MOST_SIGNS_OF_WHOLE + 1)
    return words;
  for (const length of [3, 2, 1]) {
    const last = signs.slice(0, length).join('');
    const isKnown = readingsOfSurname(last) !== undefined;
    if (isKnown && signs.length > length) return [last, signs.slice(length).join('')];
    if (isKnown) return words;
  }
  return words;
}

function readingsOf(word: string): string[] {
  const known = readingsOfSurname(word);
  if (known !== undefined) return known.map(foldedWord);
  const read = readLetters(word);
  return [...new Set(read.map(foldedWord))].filter((reading) => reading.length > 1);
}

/** The share of its letters in which a word may differ. */
const MOST_UNLIKE = 0.45;
const LEAST_BEGINNING = 3;
/** Wang and Lang are two. */
const LONGEST_SHORT_WORD = 4;
const BEGINS_WITH_VOWEL = /^[aeiou]/;

function beginUnlike(one: KeptWord, word: string): boolean {
  if (one.beginsWith(word.slice(0, 1)) || BEGINS_WITH_VOWEL.test(word)) return false;
  return !one.isWritten || !BEGINS_WITH_VOWEL.test(one.letters);
}

/** Whether a word that was romanised may be one of a name in Latin letters; one of the two may have been kept as digests. */
function isAlike(one: KeptWord, word: string): boolean {
  const [own, other] = [one.letters, one.see(word)];
  const [short, long] = own.length <= other.length ? [own, other] : [other, own];
  if (short.length === 1) return one.beginsWith(word.slice(0, 1));
  if (short.length >= LEAST_BEGINNING && long.startsWith(short)) return true;
  if (long.length <= LONGEST_SHORT_WORD && beginUnlike(one, word)) return false;
  const most = Math.floor(long.length * MOST_UNLIKE);
  return editDistance(short, long, most) <= most;
}

/** How much of a name that was romanised another one has: both names, one of them, neither; undefined where that can't be told. */
export type Likeness = 'both' | 'one' | 'neither' | undefined;

/** A name that was romanised beside one in Latin letters: a first name for the West tells nothing beside the last one. */
export function likenessInLatin(name: Romanised, latin: LatinName<KeptWord>): Likeness;
export function likenessInLatin(name: Romanised<KeptWord>, latin: LatinName<string>): Likeness;
export function likenessInLatin(
  { given, last }: Romanised<KeptWord> | Romanised,
  { words, isGivenKnown }: LatinName<KeptWord> | LatinName<string>,
): Likeness {
  const fits = (ones: readonly (KeptWord | string)[]): boolean | undefined =>
    ones.length === 0 ? undefined : ones.some((one) => words.some((word) => areAlike(one, word)));
  const [isGiven, isLast] = [fits(given), fits(last)];
  if (isGiven === true) return isLast === true ? 'both' : 'one';
  if (isLast === true) return isGiven === undefined || isGivenKnown ? 'one' : 'neither';
  // One word may be a first name whose sound is not known.
  if (words.length < 2 && (isGiven === undefined || isGivenKnown)) return undefined;
  return isLast === undefined && isGivenKnown ? undefined : 'neither';
}

function areAlike(one: KeptWord | string, word: KeptWord | string): boolean {
  if (typeof one === 'string') return typeof word !== 'string' && isAlike(word, one);
  return typeof word === 'string' && isAlike(one, word);
}

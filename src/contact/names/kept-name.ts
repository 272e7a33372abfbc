/** A name as it is compared: as it is written, or as it was kept of an earlier run, digests of its letters. Pure. */
import { ungarbled } from '../../garbled-text.js';
import { nameKeyOf } from '../name.js';
import { courtesyOf, withoutCourtesy, type Courtesy } from './courtesy.js';
import { firmWords } from './firm-words.js';
import { isFirmByLaw } from './firm-names.js';
import { areFormsOfOne, isKnownName } from './first-names.js';
import { firmIn } from './full-name.js';
import type { KeptWord } from './kept-word.js';
import { romanised, type Romanised } from './scripts/romanised.js';
import { joinsTwoNames } from './several-people.js';

/**
 * Whose name it is. Of a firm where no person is named: `company`; of a firm in the place of a person's: `firm`. Undefined for
 * a person who may be a man or a woman.
 */
export type Bearer = Courtesy | 'company' | 'firm' | undefined;

/** A name as it was kept; without words for a blank one. */
export interface KeptName {
  /** True where it joins the names of two people. */
  readonly isOfTwo: boolean;
  readonly bearer: Bearer;
  readonly script: number;
  /** In the order of `nameKeyOf`. */
  readonly words: readonly KeptWord[];
  /** The first word that is not an honorific. */
  readonly given: KeptWord | undefined;
  /** What it may be in Latin letters; undefined for one that is written in those, or whose sound is not known. */
  readonly romanised?: Romanised<KeptWord> | undefined;
}

/** A name taken apart as it is compared. */
export interface NameParts {
  readonly isOfTwo: boolean;
  readonly bearer: Bearer;
  readonly script: number;
  readonly words: readonly string[];
  readonly given: string;
  readonly romanised?: Romanised | undefined;
}

/** A name and what it is taken apart into, once for all that it is compared with. */
export interface TakenApart {
  readonly name: string;
  readonly parts: NameParts;
}

/** Takes a name apart into what the rule compares; of one that is garbled what it was before. @param who as `whoOf` gives it */
export function namePartsOf(written: string): NameParts {
  const who = ungarbled(written) ?? written;
  const firm = firmIn(who);
  if (firm === undefined && !isFirmByLaw(who)) return partsOfPerson(who);
  const words = firmWords(firm ?? who);
  const script = scriptOf(words.join(' '));
  return { isOfTwo: false, bearer: firm === undefined ? 'firm' : 'company', words, script, given: '' };
}

/** The words of a name with nothing repaired: so those were kept that garbled files gave. */
export function keyAsItStands(name: string): string[] {
  return nameKeyOf(withoutCourtesy(name)).split(' ');
}

function partsOfPerson(who: string): NameParts {
  const name = withoutCourtesy(who);
  const key = nameKeyOf(name);
  const words = key === '' ? [] : key.split(' ');
  const script = scriptOf(key);
  const parts = { isOfTwo: joinsTwoNames(who), bearer: courtesyOf(who), words, script, given: givenNameOf(name) };
  return TRANSLITERATED.includes(script) ? parts : { ...parts, romanised: romanised(name) };
}

/** What is equal for names that are the same to every rule. @param who as `whoOf` gives it */
export function comparedName(who: string): string {
  return comparedParts(namePartsOf(who));
}

/** @param parts of a name, as `comparedName` takes it apart */
export function comparedParts({ words, bearer }: NameParts): string {
  return bearer === undefined || words.length === 0 ? words.join(' ') : `${words.join(' ')}\n${bearer}`;
}

export function asWritten(who: string): KeptName {
  return writtenName(namePartsOf(who));
}

/** @param parts of a name, as `asWritten` takes it apart */
export function writtenName({ given, words, romanised: sound, ...rest }: NameParts): KeptName {
  return {
    ...rest,
    words: words.map(writtenWord),
    given: given === '' ? undefined : writtenWord(given),
    romanised: sound && { given: sound.given.map(writtenWord), last: sound.last.map(writtenWord) },
  };
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

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
];
/** The places of those that are compared letter by letter with one another: Latin, Cyrillic and Greek. */
const TRANSLITERATED: readonly number[] = [0, 1, 2];
const CJK = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function scriptOf(key: string): number {
  if (CJK.test(key)) return -2;
  return SCRIPTS.findIndex((script) => script.test(key));
}

/** A beginning of this many letters is a short form: Alex for Alexander. */
const LEAST_BEGINNING = 3;

/**
 * Whether a name says less than the one that was kept and nothing beside it: with initials, short forms or fewer words, or the firm
 * alone; or has but an initial for its first name. It fits people whom the kept one tells apart.
 * @param name as `whoOf` gives it
 */
export function saysLess(kept: KeptName, name: string): boolean {
  const { words, script, isOfTwo, bearer, given } = namePartsOf(name);
  if (kept.words.length === 0 || isOfFirm(kept)) return false;
  if (bearer === 'company' || words.length === 0) return true;
  if (bearer === 'firm' || kept.isOfTwo !== isOfTwo || kept.script !== script) return false;
  // Beside another last name as well, an initial fits whoever else it begins.
  if (isInitialOf(given, kept.given)) return true;
  const unused = new Set(kept.words);
  let isLess = words.length < kept.words.length;
  for (const word of words) {
    const same = [...unused].find((one) => one.is(word));
    const one = same ?? [...unused].find((each) => isShortFor(each, word));
    if (one === undefined) return false;
    unused.delete(one);
    isLess ||= same === undefined;
  }
  return isLess;
}

function isInitialOf(given: string, kept: KeptWord | undefined): boolean {
  return given.length === 1 && kept !== undefined && kept.letters.length > 1 && kept.beginsWith(given);
}

function isOfFirm({ bearer }: KeptName): boolean {
  return bearer === 'company' || bearer === 'firm';
}

function isShortFor(one: KeptWord, word: string): boolean {
  const [short, whole] = [one.see(word), one.letters];
  if (short.length >= whole.length || !one.beginsWith(word)) return false;
  const isBeginning = short.length === 1 || (short.length >= LEAST_BEGINNING && whole.startsWith(short));
  return isBeginning || one.isFormOf(word);
}

/** First and last name. */
const LEAST_IN_COMMON = 2;

/**
 * Whether two names with one first and last name have clearly different ones between them: George H. and George W. Bush, Maria Anna
 * and Maria Clara Lopez. A further last name says nothing (marriage), nor do names that begin alike.
 * @param isAside what is no name, as a generation
 */
export function areSecondNamesApart(
  { words: kept, given: keptGiven }: Pick<KeptName, 'words' | 'given'>,
  { words, given }: Pick<NameParts, 'words' | 'given'>,
  isAside: (word: KeptWord | string) => boolean,
): boolean {
  if (keptGiven?.is(given) !== true) return false;
  const common = kept.filter((one) => words.some((word) => one.is(word)));
  const keptAlone = kept.filter((one) => !common.includes(one) && !isAside(one));
  const alone = words.filter((word) => !kept.some((one) => one.is(word)) && !isAside(word));
  if (common.length < LEAST_IN_COMMON || keptAlone.length === 0 || alone.length === 0) return false;
  const areInitials = [...keptAlone.map(({ letters }) => letters), ...alone].every((letters) => letters.length === 1);
  // Of two first names in common the last name is among what differs.
  if (!areInitials && common.every(({ isKnown }) => isKnown)) return false;
  const areSecond =
    keptAlone.every(({ letters, isKnown }) => isKnown || letters.length === 1) &&
    alone.every((word) => isKnownName(word) || word.length === 1);
  return areSecond && keptAlone.every((one) => alone.every((word) => areApart(one, word)));
}

function areApart(one: KeptWord, word: string): boolean {
  return !one.beginsWith(word.slice(0, 1)) && !one.isFormOf(word);
}

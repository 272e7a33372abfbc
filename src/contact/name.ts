import { firmBehind, isFirmOfPartners, isFirmOrHousehold } from './names/firm-names.js';
import { foldedWord } from './names/folding.js';
import { endsWithTwoSurnames, familyWords } from './names/name-order.js';
import {
  areCredentials,
  isCompanyForm,
  beginsSurnames,
  isConnector,
  isCredential,
  isGeneration,
  isHonorific,
  isHonorificAfterDoctor,
  isJoiner,
  isParticle,
} from './names/name-parts.js';

/** A full name taken apart. Nothing is lost: every word is in one of the parts. */
export interface SplitName {
  readonly first_name?: string;
  /** With its particles (`van Beethoven`) and its generation (`Smith Jr.`). */
  readonly last_name?: string;
  /** Honorifics that stood before: `Dr.`. */
  readonly prefix?: string;
  /** Degrees and orders that stood after: `PhD`. */
  readonly suffix?: string;
}

/**
 * Splits a full name, in either order (`Ada Lovelace`, `Lovelace, Ada`). What is a single word, or a company, or has more
 * commas than can be understood, stays whole in `first_name`, as Google Contacts has it; a Chinese, Japanese or
 * Korean name in its own script without a space does too, and with one space begins with the last name. A single word
 * after an honorific (`Mr. Smith`) or before a comma (`Smith,`) is a last name.
 */
export function splitName(full: string): SplitName {
  const [, addressed = '', text = ''] = ADDRESSED.exec(full.trim().replace(/\s+/gu, ' ')) ?? [];
  const split = splitText(text);
  return addressed === '' ? split : { ...split, prefix: [addressed.trim(), split.prefix].filter(Boolean).join(' ') };
}

/** How a letter is addressed: `Attn: Jane Doe`, `c/o Jane Doe`. */
const ADDRESSED = /^((?:attn|attention|att|z\. ?hd\.?|zu händen|à l['’]attention de|a\/a|c\/o)[.:]* +)?(.*)$/i;

function splitText(text: string): SplitName {
  if (text.includes(',') && isFirmOfPartners(text)) return whole(text);
  const segments = text.split(/\s*,\s*/).filter((segment) => segment !== '');
  const suffixes: string[] = [];
  while (segments.length > 1 && areCredentials(segments.at(-1) ?? '')) suffixes.unshift(segments.pop() ?? '');
  if (segments.length === 3 && isGeneration(segments[1] ?? '')) {
    segments.splice(0, 2, segments.slice(0, 2).join(' '));
  }
  if (segments.length === 2 && isGeneration(segments[1] ?? '')) segments.splice(0, 2, segments.join(' '));
  const [left = '', right] = segments;
  if (left === '' || segments.length > 2 || (right !== undefined && isCompanyForm(right))) return whole(text);
  if (right !== undefined) return splitReversed(left, right, suffixes);
  return text.endsWith(',') ? parts([], [left], [], suffixes) : splitInOrder(left, suffixes);
}

function whole(text: string): SplitName {
  return text === '' ? {} : { first_name: text };
}

/** `Lovelace, Dr. Ada King Jr.` */
function splitReversed(last: string, rest: string, suffixes: readonly string[]): SplitName {
  const { prefix, words, generation, suffix } = trimmed(rest, suffixes);
  return parts(words, [last, ...generation], prefix, suffix);
}

/** A remark behind the name: `Ann Lee (Acme)`. */
const REMARK_AT_END = /^(\S+(?: \S+)+?) (\([^()]*\))$/;

/** Emoji and other signs without a letter or digit, which people and apps put around a name. */
const DECORATION = /^[^\p{L}\p{N}&+]+$/u;

function splitInOrder(decorated: string, ownSuffixes: readonly string[]): SplitName {
  const remark = REMARK_AT_END.exec(decorated);
  if (remark) return splitInOrder(remark[1] ?? '', [...ownSuffixes, remark[2] ?? '']);
  const behind = firmBehind(decorated);
  if (behind !== undefined) return splitInOrder(behind.person, [...ownSuffixes, behind.firm]);
  const all = decorated.split(' ');
  const plain = all.filter((word) => !DECORATION.test(word));
  const signs = plain.length === 0 ? [] : all.filter((word) => DECORATION.test(word));
  const text = signs.length === 0 ? decorated : plain.join(' ');
  const suffixes = [...ownSuffixes, ...signs];
  if (isFirmOrHousehold(text)) return { ...whole(text), ...parts([], [], [], suffixes) };
  const couple = splitCouple(text, suffixes);
  if (couple !== undefined) return couple;
  const { prefix, words, generation, suffix } = trimmed(text, suffixes);
  if (words.length === 1 && prefix.length > 0) return parts([], [...words, ...generation], prefix, suffix);
  const family = familyWords(words);
  if (family > 0) return parts(words.slice(family), [...words.slice(0, family), ...generation], prefix, suffix);
  const start = lastNameStart(words);
  return parts(words.slice(0, start), [...words.slice(start), ...generation], prefix, suffix);
}

/**
 * Couples: `Mr & Mrs Smith` (a last name alone), `Mr and Mrs J Smith`, `Mr John and Mrs Mary Smith` (first names with the
 * word between them). Undefined for one person.
 */
function splitCouple(text: string, suffixes: readonly string[]): SplitName | undefined {
  const words = text.split(' ');
  const at = words.findIndex((word, index) => index > 0 && index < words.length - 1 && isJoiner(word));
  if (at < 0) return undefined;
  const before = words.slice(0, at);
  const after = words.slice(at + 1);
  const honorifics = [...before, ...after].filter((word) => isCoupleTitle(word));
  if (honorifics.length === 0 && /^[&+]$|^(?:and|und|et|och|og)$/i.test(words[at] ?? '')) {
    // "John & Mary": two first names. With more words behind, the usual split keeps "John & Mary" together.
    // "John Smith & Mary Jones" are two people with a last name each.
    // Nothing is a last name in "John Smith & Mary".
    const areWhole = after.length === 1 || before.length > 1;
    return areWhole ? { ...whole(text), ...parts([], [], [], suffixes) } : undefined;
  }
  if (honorifics.length === 0) return undefined;
  const ownBefore = before.filter((word) => !isCoupleTitle(word));
  const ownAfter = after.filter((word) => !isCoupleTitle(word));
  if (ownAfter.length === 0) return undefined;
  const start = ownAfter.length === 1 || isParticle(ownAfter[0] ?? '') ? 0 : lastNameStart(ownAfter);
  const first = [
    ...ownBefore,
    ...(ownBefore.length > 0 && start > 0 ? [words[at] ?? ''] : []),
    ...ownAfter.slice(0, start),
  ];
  const joiner = ownBefore.length > 0 && start > 0 ? [] : [words[at] ?? ''];
  const prefix = [...before.filter(isCoupleTitle), ...joiner, ...after.filter(isCoupleTitle)];
  return parts(first, ownAfter.slice(start), prefix, suffixes);
}

/** Honorifics, and those that are first names elsewhere (`Fr.` for Frau). */
function isCoupleTitle(word: string): boolean {
  return isHonorific(word) || /^(?:fr|m|hrn|herrn|lady|lord|sig\.?ra|dott\.?ssa)\.?$/i.test(word);
}

/** Takes honorifics off the front, degrees and a generation off the end, but never the only word. */
function trimmed(text: string, suffixes: readonly string[]) {
  const words = text.split(' ');
  const prefix: string[] = [];
  const suffix = [...suffixes];
  const generation: string[] = [];
  const isBefore = (word: string): boolean => isHonorific(word) || (prefix.length > 0 && isHonorificAfterDoctor(word));
  while (words.length > 1 && isBefore(words[0] ?? '')) prefix.push(words.shift() ?? '');
  while (words.length > 1 && isCredential(words.at(-1) ?? '')) suffix.unshift(words.pop() ?? '');
  if (words.length > 1 && isGeneration(words.at(-1) ?? '')) generation.push(words.pop() ?? '');
  return { prefix, words, generation, suffix };
}

/** Where the last name begins: at the last word, or at the family name, the particles and the connected name before it. */
function lastNameStart(words: readonly string[]): number {
  let start = words.length - 1;
  if (start < 1) return words.length;
  const contracted = words.findIndex(
    (word, at) => at > 0 && at < start - 1 && beginsSurnames(word, words[at + 1] ?? ''),
  );
  if (contracted > 0) return contracted;
  if (start > 2 && isConnector(words[start - 1] ?? '')) start -= 2;
  else if (endsWithTwoSurnames(words)) start -= 1;
  while (start > 1 && isParticle(words[start - 1] ?? '')) start -= 1;
  return start;
}

function parts(
  first: readonly string[],
  last: readonly string[],
  prefix: readonly string[],
  suffix: readonly string[],
): SplitName {
  return {
    ...(first.length > 0 ? { first_name: first.join(' ') } : {}),
    ...(last.length > 0 ? { last_name: last.join(' ') } : {}),
    ...(prefix.length > 0 ? { prefix: prefix.join(' ') } : {}),
    ...(suffix.length > 0 ? { suffix: suffix.join(', ') } : {}),
  };
}

const CJK_CHARACTERS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]/gu;

/** Characters of a name that are compared. Comparing takes time with the square of the words. */
const LONGEST_NAME = 200;

interface ComparedWords {
  readonly words: readonly string[];
  /** The sorted characters of Han, Kana and Hangul. */
  readonly cjk: string;
}

function wordsOf(name: string): ComparedWords {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{Script=Inherited}/gu, '')
    .normalize('NFC')
    .toLowerCase();
  const cjk = folded.match(CJK_CHARACTERS)?.sort().join('') ?? '';
  const others = folded.replace(CJK_CHARACTERS, ' ').replace(/['’ʼ`.]/g, '');
  return { words: others.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== ''), cjk };
}

const ASCII = /^[\x20-\x7e]*$/;

/** The same as for all scripts, in a fifth of the time: most names are written so, and each is compared with many. */
function asciiWordsOf(name: string): ComparedWords {
  const bare = name.toLowerCase().replace(/['`.]/g, '');
  return { words: bare.match(/[a-z0-9]+/g) ?? [], cjk: '' };
}

/**
 * What names are compared by: words in lower case without accents, sorted, each once, separated by spaces; honorifics
 * and degrees are left out, generations (Jr.) are not. A name in Han, Kana or Hangul becomes one word of its
 * sorted characters, since it is written with and without a space and in either order.
 */
export function nameKeyOf(name: string): string {
  const cut = name.slice(0, LONGEST_NAME);
  const { words, cjk } = ASCII.test(cut) ? asciiWordsOf(cut) : wordsOf(cut);
  // `Sr` is a señor before a name and a father after it.
  const own = words.filter((word) => isGeneration(word) || (!isHonorific(word) && !isCredential(word)));
  // A person may well be called Dame or Miss; then that is all there is to compare.
  const kept = (own.length > 0 ? own : words).map(foldedWord);
  return [...new Set(cjk === '' ? kept : [...kept, cjk])].sort().join(' ');
}

/**
 * Whether two keys may be of one person: they are equal, one is blank, or every word of the shorter one is in the other,
 * where an initial stands for any word that it begins. Symmetric. False means clearly different names.
 */
export function sameName(one: string, other: string): boolean {
  if (one === other || one === '' || other === '') return true;
  const words = one.split(' ');
  const otherWords = other.split(' ');
  const mine = words.filter((word) => !otherWords.includes(word));
  const theirs = otherWords.filter((word) => !words.includes(word));
  const [fewer, more] = mine.length <= theirs.length ? [mine, theirs] : [theirs, mine];
  const unmatched = [...more];
  return fewer.every((word) => {
    const at = unmatched.findIndex((candidate) => isInitialOf(word, candidate) || isInitialOf(candidate, word));
    if (at >= 0) unmatched.splice(at, 1);
    return at >= 0;
  });
}

function isInitialOf(initial: string, word: string): boolean {
  return Array.from(initial.slice(0, 2)).length === 1 && initial.length <= 2 && word.startsWith(initial);
}

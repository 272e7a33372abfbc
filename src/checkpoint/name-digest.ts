/**
 * A contact's name in a checkpoint: a few bits of a digest of each letter, keyed by an e-mail or phone that the name went out
 * with. Those are in no file of ours: who has only the checkpoint reads no name from it, nor tries names until one fits. Whoever
 * comes with that e-mail or phone can be compared with the name by the rule that holds within a file, slips of the
 * keyboard included.
 */
import { hash } from 'node:crypto';
import { isUnclearAcross } from '../contact/names/across-scripts.js';
import { formsOf, isKnownName } from '../contact/names/first-names.js';
import { namePartsOf, saysLess, type Bearer, type KeptName } from '../contact/names/kept-name.js';
import type { KeptWord } from '../contact/names/kept-word.js';
import { firmIn } from '../contact/names/full-name.js';
import { isNameAsKept, mayBeSamePerson } from '../contact/names/one-person.js';
import { isRoleMailbox } from '../contact/names/role-mailbox.js';
import { comparableEmail } from '../contact/identity.js';
import type { Point } from './points.js';

/** What the letters of a name are keyed by. */
export type NameKey = readonly [number, number];

/** A name is told by fewer words and letters than these. */
const MOST_WORDS = 14;
/** With a given name that is none of the words, and what they are in Latin letters. */
const MOST_WORDS_IN_ALL = 15;
const MOST_LETTERS = 31;
/** Bits of a word's first letter, by which an initial is told. */
const FIRST_BITS = 8;
/** Bits of a word, spread over its other letters: enough that two unlike words are mixed up once in some thousand times. */
const OTHER_BITS = 24;
const FEWEST_BITS = 3;

/** First byte: words in the lower bits, script above them, whether it is of two people at the top. First byte of a word: its letters, then what it is. */
const SCRIPT_SHIFT = 4;
const IS_OF_TWO = 1 << 7;
/** Scripts are numbered from -2 on. */
const SCRIPT_ZERO = 2;
const IS_KNOWN = 1 << 5;
/** A word of the name, and the given name; a given name need not be a word, as in 王 伟. */
const IS_WORD = 1 << 6;
const IS_GIVEN = 1 << 7;
/** Behind the words a byte says whose name it is, by a place in this list; of most names, and of older ones, nothing is said. */
const BEARERS: readonly Bearer[] = ['man', 'herr', 'woman', 'madame', 'm', 'fr', 'company', 'firm'];

/** What a name in another script may be in Latin letters: neither a word of it nor the given name. */
const IS_ROMANISED_GIVEN = IS_KNOWN;
const IS_ROMANISED_LAST = 0;

type Marked = readonly [word: string, mark: number];

function markOf(word: string, given: string): number {
  return (isKnownName(word) ? IS_KNOWN : 0) | (word === given ? IS_GIVEN : 0);
}

export function nameKeyOfPoint({ kind, value }: Point): NameKey {
  const comparable = kind === 'email' ? comparableEmail(value) : value;
  const bytes = hash('sha256', `clarky-contacts/1\0name of ${kind}\0${comparable}\0`, 'buffer');
  return [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
}

/** The digest of a name; of no bytes for a blank one. As long for one key as for another. @param name as `whoOf` gives it */
export function nameDigest(name: string, key: NameKey): Uint8Array {
  const { words, script, given, isOfTwo, bearer, romanised } = namePartsOf(name);
  const kept = words.slice(0, MOST_WORDS);
  if (kept.length === 0) return new Uint8Array();
  const isGivenApart = given !== '' && !kept.includes(given);
  const all = [
    ...kept.map((word): Marked => [word, IS_WORD | markOf(word, given)]),
    ...(isGivenApart ? [given] : []).map((word): Marked => [word, markOf(word, given)]),
    ...(romanised?.given ?? []).map((word): Marked => [word, IS_ROMANISED_GIVEN]),
    ...(romanised?.last ?? []).map((word): Marked => [word, IS_ROMANISED_LAST]),
  ].slice(0, MOST_WORDS_IN_ALL);
  const bytes = [(isOfTwo ? IS_OF_TWO : 0) | ((script + SCRIPT_ZERO) << SCRIPT_SHIFT) | all.length];
  for (const [word, mark] of all) {
    const symbols = symbolsOf(word, key);
    bytes.push(symbols.length | mark, ...packed(symbols));
  }
  if (bearer !== undefined) bytes.push(symbolOf(BEARERS.indexOf(bearer), key));
  return Uint8Array.from(bytes);
}

/** Digests of names, each of its key, as long as the longest: what is put behind one says nothing. */
export function ofOneLength(digests: readonly (readonly [Uint8Array, NameKey])[]): Uint8Array[] {
  const length = Math.max(...digests.map(([digest]) => digest.length));
  return digests.map(([digest, key]) => {
    const bytes = new Uint8Array(length).fill(nobodys(key));
    bytes.set(digest);
    return bytes;
  });
}

/** A byte that stands for none of the bearers. */
function nobodys(key: NameKey): number {
  const taken = BEARERS.map((_, place) => symbolOf(place, key));
  return Array.from({ length: BEARERS.length + 1 }, (_, byte) => byte).find((byte) => !taken.includes(byte)) ?? 0;
}

/** Whether the kept name is this one, spelled as it is. */
export function isNamedSo(digest: Uint8Array, point: Point, who: string): boolean {
  const own = nameDigest(who, nameKeyOfPoint(point));
  return own.every((byte, at) => digest[at] === byte);
}

/** Whether a name says less than the one that was kept with an e-mail or phone, and nothing beside it. */
export function saysLessThanKept(digest: Uint8Array, point: Point, who: string): boolean {
  return saysLess(keptName(digest, nameKeyOfPoint(point)), who);
}

/** Reads a digest back as what it can be compared as; a name that may be anybody's where it is none. */
export function keptName(bytes: Uint8Array, key: NameKey): KeptName {
  const head = bytes[0] ?? 0;
  const words: KeptWord[] = [];
  const romanised = { given: new Array<KeptWord>(), last: new Array<KeptWord>() };
  let given: KeptWord | undefined;
  let at = 1;
  for (let left = head & ((1 << SCRIPT_SHIFT) - 1); left > 0; left--) {
    const what = bytes[at++] ?? 0;
    const length = what & MOST_LETTERS;
    const end = at + bytesOf(length);
    if (length === 0 || end > bytes.length) return NO_NAME;
    const word = keptWord(unpacked(bytes.subarray(at, end), length), key, (what & IS_KNOWN) !== 0);
    if ((what & IS_WORD) !== 0) words.push(word);
    if ((what & IS_GIVEN) !== 0) given = word;
    if ((what & (IS_WORD | IS_GIVEN)) === 0) romanised[(what & IS_KNOWN) !== 0 ? 'given' : 'last'].push(word);
    at = end;
  }
  const script = ((head & ~IS_OF_TWO) >> SCRIPT_SHIFT) - SCRIPT_ZERO;
  const bearer = at < bytes.length ? BEARERS.find((_, place) => symbolOf(place, key) === bytes[at]) : undefined;
  const isRomanised = romanised.given.length + romanised.last.length > 0;
  return { isOfTwo: (head & IS_OF_TWO) !== 0, bearer, script, words, given, ...(isRomanised ? { romanised } : {}) };
}

/**
 * Whether a name is clearly of somebody else than the one that was kept with an e-mail or phone.
 * @param rule for a phone: `kept`, that between runs; `file`, the stricter one within a file
 */
export function isNamedOtherwise(
  digest: Uint8Array,
  point: Point,
  who: string,
  rule: 'kept' | 'file' = 'kept',
): boolean {
  const kept = keptName(digest, nameKeyOfPoint(point));
  if (point.kind === 'phone') return rule === 'file' ? !isNameAsKept(kept, who) : !mayBeSamePerson(kept, who, 'phone');
  if (isRoleMailbox(point.value)) return !mayBeSamePerson(kept, who, 'phone');
  // By an e-mail of their own somebody may work elsewhere now.
  const areEmployers = kept.bearer === 'company' && firmIn(who) !== undefined;
  return !areEmployers && !mayBeSamePerson(kept, who, 'email');
}

/** Whether it is not clear that the kept name is this one: they are in scripts that can't be compared. */
export function isUnclear(digest: Uint8Array, point: Point, who: string): boolean {
  return isUnclearAcross(keptName(digest, nameKeyOfPoint(point)), who);
}

const NO_NAME: KeptName = { isOfTwo: false, bearer: undefined, script: 0, words: [], given: undefined };

function keptWord(symbols: readonly number[], key: NameKey, isKnown: boolean): KeptWord {
  const bits = bitsOf(symbols.length);
  const letters = textOf(symbols, bits);
  const see = (word: string): string => textOf(symbolsOf(word, key), bits);
  const beginsWith = (letter: string): boolean => symbolsOf(letter, key)[0] === symbols[0];
  const is = (word: string): boolean => beginsWith(word) && see(word) === letters;
  return {
    letters,
    isWritten: false,
    isKnown,
    see,
    is,
    beginsWith,
    isFormOf: (word) => isKnown && formsOf(word).some(is),
  };
}

/** Bits of each letter but the first in a word of so many. */
function bitsOf(letters: number): number {
  return Math.max(FEWEST_BITS, Math.min(FIRST_BITS, Math.floor(OTHER_BITS / (letters - 1))));
}

function bytesOf(letters: number): number {
  return Math.ceil((FIRST_BITS + (letters - 1) * bitsOf(letters)) / 8);
}

/** A digest of eight bits for each letter. */
function symbolsOf(word: string, key: NameKey): number[] {
  const letters = Array.from(word.slice(0, MOST_LETTERS * 2)).slice(0, MOST_LETTERS);
  return letters.map((letter) => symbolOf(letter.codePointAt(0) ?? 0, key));
}

/** All letters of one alphabet differ in all eight bits, and in each of the bits as good as by chance. */
function symbolOf(letter: number, key: NameKey): number {
  let mixed = (letter ^ Math.imul(letter >>> 8, 0x9d)) & 0xff;
  for (const part of key) {
    for (let round = 0; round < 2; round++) {
      mixed = (Math.imul(mixed, (part >>> (16 * round)) | 1) + (part >>> (16 * round + 8))) & 0xff;
      mixed ^= mixed >>> 4;
    }
  }
  return mixed;
}

/** As many bits of each letter as a word of `bits` has, so that letters that have changed places are the same ones. */
function textOf(symbols: readonly number[], bits: number): string {
  return String.fromCharCode(...symbols.map((symbol) => symbol & ((1 << bits) - 1)));
}

function packed([first = 0, ...others]: readonly number[]): Uint8Array {
  const length = others.length + 1;
  const bits = bitsOf(length);
  const bytes = new Uint8Array(bytesOf(length));
  bytes[0] = first;
  for (let bit = 0; bit < others.length * bits; bit++) {
    const isSet = ((others[Math.floor(bit / bits)] ?? 0) >> (bit % bits)) & 1;
    bytes[1 + (bit >> 3)] = (bytes[1 + (bit >> 3)] ?? 0) | (isSet << (bit & 7));
  }
  return bytes;
}

function unpacked(bytes: Uint8Array, length: number): number[] {
  const bits = bitsOf(length);
  const others = new Array<number>(length - 1).fill(0);
  for (let bit = 0; bit < others.length * bits; bit++) {
    const isSet = ((bytes[1 + (bit >> 3)] ?? 0) >> (bit & 7)) & 1;
    const at = Math.floor(bit / bits);
    others[at] = (others[at] ?? 0) | (isSet << (bit % bits));
  }
  return [bytes[0] ?? 0, ...others];
}

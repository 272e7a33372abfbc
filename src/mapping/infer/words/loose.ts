/**
 * Reads headers that say more than a name: questions ("What's your email?"), remarks in brackets ("Phone (with country
 * code)"), paths ("Emails / Primary Email"), two languages ("姓名 Name"), the words of a system ("Ticket Email",
 * "can2_phone"). Whatever is left out must be a word that changes nothing; a word that is not known keeps the header
 * unknown. Pure.
 */

import { headerTokens } from '../../header.js';
import { NOISE_WORDS, PLACE_WORDS, ROLE_WORDS, SUBJECT_WORDS, THING_WORDS } from '../../vocabulary/context.js';
import { keysOf, once, phrasesOf } from '../../vocabulary/words.js';
import { partGlued } from './glued.js';
import { lookUp } from './lookup.js';
import type { Sense } from '../sense.js';

type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Phrases by their first word, the longest first. */
function byFirstWord(...lists: readonly string[]): Phrases {
  const found = new Map<string, (readonly string[])[]>();
  for (const phrase of lists.flatMap(phrasesOf)) {
    const [first = ''] = phrase;
    const others = found.get(first);
    if (others === undefined) found.set(first, [phrase]);
    else others.push(phrase);
  }
  for (const phrases of found.values()) phrases.sort((a, b) => b.length - a.length);
  return found;
}

const noise = once(() => byFirstWord(NOISE_WORDS));
const subjects = once(() => byFirstWord(NOISE_WORDS, SUBJECT_WORDS));
const roles = [...ROLE_WORDS.map(([, words]) => words), PLACE_WORDS];
/** Attendees and buyers: their name is a contact's. A vendor's is a firm's, an agent's somebody else's. */
const contactRoles = ROLE_WORDS.filter(([rank]) => rank < 2).map(([, words]) => words);
const thingKeys = once(() => new Set(keysOf(THING_WORDS)));
const people = once(() => {
  const own = contactRoles.flatMap(phrasesOf).filter((phrase) => !thingKeys().has(phrase.join('')));
  return byFirstWord(NOISE_WORDS, SUBJECT_WORDS, own.map((phrase) => phrase.join(' ')).join(';'));
});
const things = once(() => byFirstWord(NOISE_WORDS, SUBJECT_WORDS, THING_WORDS, ...roles));

/** The words without those of a list, wherever they stand. */
function without(tokens: readonly string[], phrases: Phrases): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < tokens.length;) {
    // "E-mail" is two words, and its first one is a word of its own in Portuguese and Italian.
    const isOfMail = tokens[at] === 'e' && /^(?:mail|post|meil)/.test(tokens[at + 1] ?? '');
    const candidates = isOfMail ? undefined : phrases.get(tokens[at] ?? '');
    const found = candidates?.find((phrase) => phrase.every((word, i) => tokens[at + i] === word));
    if (found === undefined) kept.push(tokens[at] ?? '');
    at += found?.length ?? 1;
  }
  return kept;
}

/** What the words mean, after those that change nothing were left out: fewest first. */
function readWords(tokens: readonly string[]): Sense | undefined {
  if (tokens.length === 0 || tokens.length > LONGEST_HEADER) return undefined;
  const plain = lookUp(tokens) ?? lookUp(without(tokens, noise()));
  if (plain !== undefined) return plain;
  for (const phrases of [subjects(), people()]) {
    const own = without(tokens, phrases);
    const found = isTime(own, tokens) ? undefined : lookUp(own);
    // "Attendee Status" is a status; "Source information" is no source.
    const isLast = tokens.slice(tokens.length - own.length).every((token, at) => token === own[at]);
    if (found !== undefined && (found.kind !== 'ask' || isLast)) return found;
  }
  const left = without(tokens, things());
  const ofThing = left.length === tokens.length || isTime(left, tokens) ? undefined : lookUp(left);
  return ofThing !== undefined && belongsToAPerson(ofThing) ? ofThing : undefined;
}

/** "Last Contact", "First Gift" tell when; "Attendee Last" tells a name. */
function isTime(own: readonly string[], tokens: readonly string[]): boolean {
  const [word = ''] = own;
  return own.length === 1 && /^(?:first|last)$/.test(word) && tokens.at(-1) !== word;
}

const LONGEST_HEADER = 30;

/** The e-mail of a ticket is its holder's; its name, price and notes are its own. */
function belongsToAPerson(sense: Sense): boolean {
  if (sense.kind === 'address') return true;
  return (
    sense.kind === 'field' && /^(?:emails|phone_numbers|first_name|last_name|name|company|job_title)$/.test(sense.field)
  );
}

/** As `readWords`; or with the words that are written as one taken apart. */
export function readTokens(tokens: readonly string[]): Sense | undefined {
  const read = readWords(tokens);
  if (read !== undefined) return read;
  const parted = expanded(tokens);
  return parted.length === tokens.length ? undefined : readWords(parted);
}

/** The words, those written as one taken apart. */
export function expanded(tokens: readonly string[]): readonly string[] {
  return tokens.flatMap((token) => partGlued(token) ?? [token]);
}

/** Both mean the same field, or parts of one address. */
function agree(one: Sense, other: Sense): boolean {
  if (one.kind !== other.kind) return isName(one) && isName(other);
  if (one.kind === 'address' && other.kind === 'address') return one.part === other.part;
  if (one.kind === 'field' && other.kind === 'field')
    return one.field === other.field || (isName(one) && isName(other));
  return true;
}

/** "Name / First Name" */
function isPartOf(part: Sense, whole: Sense): boolean {
  return isName(whole) && part.kind === 'field' && /^(?:first|last)_name$/.test(part.field);
}

function isName(sense: Sense): boolean {
  return sense.kind === 'any_name' || (sense.kind === 'field' && sense.field === 'name');
}

const BRACKETS = /[([{（【]([^()[\]{}（）【】]*)[)\]}）】]/g;
/** What follows a name and explains it: after a question mark, a dash, a colon, a full stop. */
const REMARK = /^(.{2,}?)(?:\?+\s+|\s+[-–—]\s+|\s*[:：]\s+|\.\s+|,\s+|\n)(.+)$/s;
const FEWEST_WORDS_OF_REMARK = 3;
const PATH = /\s*(?:\/|>|›|»|→|\||::|\\)\s*|(?<=[\p{L}\d])\.(?=\p{L})|・|\s+[-–—]\s+|\s*[:：]\s*|\n/u;
/** Words beside the names of a part of an address: "Address Line 2/District/Neighborhood". */
const NEAR_ADDRESS =
  /^(?:region|county|parish|canton|shire|department|district|neighbou?rhood|suburb|republic|territory|prefecture|emirate|barrio|bairro|oblast)$/;

/** What a header means, read loosely; undefined where a word of it is not understood. */
export function readLoosely(header: string): Sense | undefined {
  const whole = readTokens(headerTokens(header));
  if (whole !== undefined) return whole;
  const bare = header.replace(BRACKETS, ' ');
  if (bare !== header && isRemark(header)) {
    const inside = [...header.matchAll(BRACKETS)].map(([, text = '']) => text).join(' ');
    const read = readTokens(headerTokens(bare)) ?? readTokens([...headerTokens(inside), ...headerTokens(bare)]);
    if (read !== undefined) return read;
  }
  return readPath(header) ?? readScripts(header) ?? readBeforeRemark(bare) ?? readNumbered(header);
}

/** The number of a question before its text: "4. Company", "Q2 Last Name", "(3) City". */
const QUESTION_NUMBER = /^\s*(?:q|question|frage)?\s*\(?\d{1,2}\s*[.):]?\s+(?=\p{L})/iu;

function readNumbered(header: string): Sense | undefined {
  const text = header.replace(QUESTION_NUMBER, '');
  return text === header ? undefined : readTokens(headerTokens(text));
}

/** Brackets that explain the name: a sentence, words that change nothing or say which one it is. */
function isRemark(header: string): boolean {
  return [...header.matchAll(BRACKETS)].every(([, text = '']) => {
    const tokens = headerTokens(text);
    if (tokens.length >= FEWEST_WORDS_OF_REMARK || without(tokens, subjects()).length === 0) return true;
    return readTokens(tokens) !== undefined;
  });
}

/** A word cut short, whose full stop ends no sentence: "Tél. de l'employeur". */
const CUT_SHORT =
  /(?:^|[^\p{L}])(?:t[eé]l(?:[eé]f)?|tlf|tfn?o|nº|no|nr|n|n[uú]m|mob|port|cel|cell|ph|fon|puh|adr|e|тел|моб)$/iu;

function readBeforeRemark(header: string): Sense | undefined {
  const [, name = '', remark = ''] = REMARK.exec(header.trim()) ?? [];
  if (CUT_SHORT.test(name) && header.trim()[name.length] === '.') return undefined;
  return headerTokens(remark).length >= FEWEST_WORDS_OF_REMARK ? readLoosely(name) : undefined;
}

/** "Emails / Primary Email", "Company / Name", "Town/City", "State/Province/Region/County". */
function readPath(header: string): Sense | undefined {
  const segments = header
    .split(PATH)
    .map(headerTokens)
    .filter((tokens) => tokens.length > 0);
  if (segments.length < 2) return undefined;
  const senses = segments.map(readTokens);
  const [first] = senses;
  const last = senses.at(-1);
  if (first?.kind === 'address') {
    const areNear = segments.every((tokens, at) => {
      const sense = senses[at];
      return (sense?.kind === 'address' && sense.part === first.part) || NEAR_ADDRESS.test(tokens.join(''));
    });
    if (areNear) return first;
  }
  const lastTwo = readTokens(segments.slice(-2).flat());
  if (lastTwo !== undefined) return lastTwo;
  if (last === undefined) return undefined;
  const areNeutral = segments.slice(0, -1).every((tokens, at) => {
    const sense = senses[at];
    return (
      without(tokens, subjects()).length === 0 || (sense !== undefined && (agree(sense, last) || isPartOf(last, sense)))
    );
  });
  return areNeutral ? last : undefined;
}

const LATIN = /\p{Script=Latin}/u;

/** "邮箱 Email", "Name 姓名": a name in two scripts is one where both say the same. */
function readScripts(header: string): Sense | undefined {
  const tokens = headerTokens(header);
  const latin = tokens.filter((token) => LATIN.test(token) || /^\d+$/.test(token));
  const others = tokens.filter((token) => !LATIN.test(token) && !/^\d+$/.test(token));
  if (latin.length === 0 || others.length === 0) return undefined;
  const one = readTokens(latin);
  const other = readTokens(others);
  return one !== undefined && other !== undefined && agree(one, other) ? one : undefined;
}

/** Begins, in small letters, a question that is answered with yes or no: without regard to case it takes node 25 ms to prepare. */
const YES_OR_NO =
  /^(?:can (?:we|i|you)|may (?:we|i)|do you|does|did you|would you|will you|are you|is|have you|has|should we|shall we|dürfen wir|darf ich|möchten sie|möchtest du|sind sie|haben sie|pouvons nous|souhaitez vous|êtes vous|avez vous|acceptez vous|podemos|puede|deseas?|desea|tiene|eres|gostaria|deseja|possiamo|vuoi|desideri|hai|sei|mogen wij|wilt u|wil je|bent u|ben je|får vi|vill du|må vi|vil du|czy|saammeko|haluatko)(?!\p{L})/u;

export function asksYesOrNo(header: string): boolean {
  return YES_OR_NO.test(
    header
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, ' '),
  );
}

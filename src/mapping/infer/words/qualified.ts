/**
 * Reads a header made of a name and words around it: "Work Phone 2", "E-mail 3 Address", "Rue (bureau) 2", `MAILINGCITY`.
 * Every word must be understood, so that "Email Domain" is no email. Pure.
 */

import { ADDRESS_NAMES, COMPANY_PHONE_NAMES, EMAIL_NAMES, PHONE_NAMES } from '../../vocabulary/aliases.js';
import { QUALIFIER_NAMES, type Qualifier } from '../../vocabulary/qualifiers.js';
import { keysOf, once } from '../../vocabulary/words.js';
import type { AddressPart, Sense } from '../sense.js';

type Base = 'email' | 'phone' | 'company phone' | AddressPart;

const bases = once(() => {
  const byKey = new Map<string, Base>();
  const add = (list: string, base: Base): void => {
    for (const key of keysOf(list)) if (!byKey.has(key)) byKey.set(key, base);
  };
  add(EMAIL_NAMES, 'email');
  add(COMPANY_PHONE_NAMES, 'company phone');
  add(PHONE_NAMES, 'phone');
  for (const [part, list] of Object.entries(ADDRESS_NAMES)) add(list, part as AddressPart);
  return byKey;
});

const qualifiers = once(() => {
  const byKey = new Map<string, Qualifier>();
  for (const [qualifier, list] of Object.entries(QUALIFIER_NAMES)) {
    for (const key of keysOf(list)) if (!byKey.has(key)) byKey.set(key, qualifier as Qualifier);
  }
  return byKey;
});

/** A header longer than this is a sentence, not a name. */
const LONGEST_NAME = 9;
/** Words in the longest qualifier, and how many qualifiers are taken off. */
const LONGEST_QUALIFIER = 3;
const MOST_QUALIFIERS = 4;

interface Reading {
  readonly words: readonly string[];
  readonly qualifiers: readonly Qualifier[];
}

/** Takes qualifiers off in every order, fewest first, until what is left is a name. */
function findBase(words: readonly string[]): { base: Base; qualifiers: readonly Qualifier[] } | undefined {
  let readings: Reading[] = [{ words, qualifiers: [] }];
  const seen = new Set<string>();
  for (let taken = 0; taken <= MOST_QUALIFIERS && readings.length > 0; taken += 1) {
    for (const reading of readings) {
      const base = bases().get(reading.words.join(''));
      if (base !== undefined) return { base, qualifiers: reading.qualifiers };
      if (reading.words.length === 0 && reading.qualifiers.includes('mobile')) {
        return { base: 'phone', qualifiers: reading.qualifiers };
      }
    }
    readings = readings.flatMap(withoutOneQualifier).filter(({ words: left }) => {
      const key = left.join(' ');
      return seen.has(key) ? false : seen.add(key);
    });
  }
  return undefined;
}

function withoutOneQualifier({ words, qualifiers: found }: Reading): Reading[] {
  const readings: Reading[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(LONGEST_QUALIFIER, words.length - start); length > 0; length -= 1) {
      const qualifier = qualifiers().get(words.slice(start, start + length).join(''));
      if (qualifier === undefined) continue;
      const left = [...words.slice(0, start), ...words.slice(start + length)];
      readings.push({ words: left, qualifiers: [...found, qualifier] });
    }
  }
  return readings;
}

const GROUP_OF: readonly (readonly [Qualifier, string])[] = [
  ['billing', 'billing'],
  ['shipping', 'shipping'],
  ['business', 'business'],
  ['home', 'home'],
  ['other', 'other'],
  ['secondary', 'other'],
  ['mailing', 'mailing'],
  ['company', 'business'],
  ['default', 'default'],
  ['primary', 'default'],
];

function addressSense(part: AddressPart, found: readonly Qualifier[], number: number | undefined): Sense {
  const group = GROUP_OF.find(([qualifier]) => found.includes(qualifier))?.[1] ?? '';
  if (part === 'block' || part === 'address_line1') {
    const line = number === undefined ? part : number === 1 ? 'address_line1' : 'address_line2';
    return { kind: 'address', part: line, group };
  }
  if (part === 'address_line2' || number === undefined) return { kind: 'address', part, group };
  return { kind: 'address', part, group: `${group} ${number}`.trim() };
}

function contactPointSense(base: Base, found: readonly Qualifier[]): Sense {
  const field = base === 'email' ? 'emails' : 'phone_numbers';
  if (base === 'company phone' || found.includes('company')) return { kind: 'field', field, position: 'last' };
  return found.includes('primary') ? { kind: 'field', field, position: 'first' } : { kind: 'field', field };
}

/** "Address 2 - City" (Google), "Address 1: Street 2" (Dynamics): the number is the address's, not the line's. */
function numberedAddress(tokens: readonly string[]): Sense | undefined {
  const [first = '', number = '', ...rest] = tokens;
  if (rest.length === 0 || bases().get(first) !== 'block' || !/^\d{1,2}$/.test(number)) return undefined;
  const line = rest.find((token) => /^\d$/.test(token));
  const key = rest.filter((token) => token !== line).join('');
  const part = bases().get(key) ?? bases().get(`address${key}`);
  if (part === undefined || part === 'email' || part === 'phone' || part === 'company phone') return undefined;
  const sense = addressSense(part, [], line === undefined ? undefined : Number(line));
  return sense.kind === 'address' ? { ...sense, group: `address ${number}` } : sense;
}

/** What a header means that names an email, a phone or a part of an address, with the words around it; else undefined. */
export function readQualified(tokens: readonly string[]): Sense | undefined {
  if (tokens.length > LONGEST_NAME) return undefined;
  const grouped = numberedAddress(tokens);
  if (grouped !== undefined) return grouped;
  const numbers = tokens.filter((token) => /^\d{1,2}$/.test(token));
  if (numbers.length > 1) return undefined;
  const words = tokens.filter((token) => token !== numbers[0]);
  const found = findBase(words);
  if (found === undefined) return undefined;
  const { base } = found;
  if (base === 'email' || base === 'phone' || base === 'company phone')
    return contactPointSense(base, found.qualifiers);
  return addressSense(base, found.qualifiers, numbers[0] === undefined ? undefined : Number(numbers[0]));
}

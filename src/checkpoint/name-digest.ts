/**
 * A contact's name in a checkpoint: two digests of 16 bits, of the first word of its first name and the last word of its
 * last name. Thousands of names share each, so that nobody is found by them; enough to tell clearly different people.
 */
import { hash } from 'node:crypto';
import type { Contact } from '../contact/contact.js';
import { nameKeyOf } from '../contact/name.js';

/** How the name of a contact stands to the one that it went out with before. */
export type NameRelation =
  /** One of them has none, or they may be one person's. */
  | 'same'
  /** The last name agrees and the first does not, or the other way round: a nickname, a marriage, or a relative. */
  | 'partly'
  /** Nothing agrees. */
  | 'different';

type Named = Pick<Contact, 'first_name' | 'last_name'>;

/** The two digests in 32 bits; 0 for no name. */
function nameDigestOf({ first_name: first = '', last_name: last = '' }: Named): number {
  const firstWord = wordsOf(first)[0] ?? '';
  const lastWord = wordsOf(last).at(-1) ?? '';
  return ((wordDigest(firstWord) << 16) | wordDigest(lastWord)) >>> 0;
}

/** The digests as a checkpoint's line has them; nothing for no name. */
export function nameText(contact: Named): { name?: string } {
  const name = nameDigestOf(contact);
  if (name === 0) return {};
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(name);
  return { name: bytes.toString('base64url') };
}

/** Reads them back; 0 for what is none. */
export function readName(text: string): number {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 4 ? bytes.readUInt32BE(0) : 0;
}

/** How a name stands to the digests of an earlier one; a single initial may be any name that begins with it. */
export function relationOf(digest: number, { first_name: first = '', last_name: last = '' }: Named): NameRelation {
  const words = wordsOf(`${first} ${last}`);
  const own = new Set(words.flatMap((word) => [wordDigest(word), wordDigest(firstLetterOf(word))]));
  const parts = [digest >>> 16, digest & 0xffff].filter((part) => part !== 0);
  if (parts.length === 0 || words.length === 0) return 'same';
  const missing = parts.filter((part) => !own.has(part));
  const initials = words.filter((word) => word === firstLetterOf(word)).length;
  if (missing.length <= initials) return 'same';
  return missing.length < parts.length ? 'partly' : 'different';
}

function wordsOf(name: string): string[] {
  const words = name.split(/\s+/).flatMap((word) => nameKeyOf(word).split(' '));
  return words.filter((word) => word !== '');
}

function firstLetterOf(word: string): string {
  return String.fromCodePoint(word.codePointAt(0) ?? 0);
}

/** 1 to 65535; 0 for no word. */
function wordDigest(word: string): number {
  if (word === '') return 0;
  const bytes = hash('sha256', `clarky-contacts/1\0name\0${word}\0`, 'buffer');
  return bytes.readUInt16LE(0) || 1;
}

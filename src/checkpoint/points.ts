/** E-mails, phones and identities as digests: 16 bytes, or 22 characters of base64url in a file. */
import type { Contact } from '../contact/contact.js';
import { comparableEmail, digest, DIGEST_BYTES, digestText, type DigestKind } from '../contact/identity.js';
import { DIGEST_CHARACTERS } from './facts/digests.js';

/** An e-mail or phone, as a contact has it: normalised. */
export interface Point {
  readonly kind: Extract<DigestKind, 'email' | 'phone'>;
  readonly value: string;
}

export function pointsOf({ emails = [], phone_numbers: phones = [] }: Contact): Point[] {
  const asPoint = (kind: Point['kind']) => (value: string) => ({ kind, value });
  return [...emails.map(asPoint('email')), ...phones.map(asPoint('phone'))];
}

/** The digests of all e-mails and phones of a contact. */
export function pointDigestsOf(contact: Contact): Uint8Array[] {
  return pointsOf(contact).map(({ kind, value }) => pointDigest(kind, value));
}

/** The digests of its e-mails and phones but for the one that is its identity, as a line has them. */
export function pointsText(contact: Contact, identity: Uint8Array): { points?: string } {
  const own = digestText(identity);
  const others = pointDigestsOf(contact)
    .map(digestText)
    .filter((point) => point !== own);
  return others.length === 0 ? {} : { points: others.join('') };
}

/** @param value as a contact has it, normalised */
export function pointDigest(kind: Point['kind'], value: string): Uint8Array {
  return digest(kind, kind === 'email' ? comparableEmail(value) : value);
}

/** Digests in base64url, each written on its own, as bytes. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length / DIGEST_CHARACTERS) * DIGEST_BYTES);
  for (let at = 0; at < text.length; at += DIGEST_CHARACTERS) {
    const one = Buffer.from(text.slice(at, at + DIGEST_CHARACTERS), 'base64url');
    bytes.set(one, (at / DIGEST_CHARACTERS) * DIGEST_BYTES);
  }
  return bytes;
}

/** Each of the digests that stand one behind the other; good until the bytes are used again. */
export function* eachDigest(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += DIGEST_BYTES) yield bytes.subarray(at, at + DIGEST_BYTES);
}

/** Whether a digest is among digests that stand one behind the other. */
export function holdsDigest(digests: string | undefined, digest: Uint8Array): boolean {
  return digests !== undefined && indexOfDigest(digests, digestText(digest)) >= 0;
}

/** The place of a digest among digests that stand one behind the other; -1 where it is not there. */
export function indexOfDigest(digests: string, digest: string): number {
  for (let at = 0; at < digests.length; at += DIGEST_CHARACTERS) {
    if (digests.startsWith(digest, at)) return at / DIGEST_CHARACTERS;
  }
  return -1;
}

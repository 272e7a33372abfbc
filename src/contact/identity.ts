import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Contact } from './contact.js';

/** What the upsert recognises a contact by: its primary email, or its primary phone where it has no email. */
export interface Identity {
  readonly kind: 'email' | 'phone';
  /** A lower-case address with its domain in ASCII (RFC 5891, punycode), or a number in E.164. */
  readonly value: string;
}

/** The identity of a contact whose values are normalised; undefined where it has neither email nor phone. */
export function identityOf(contact: Contact): Identity | undefined {
  const email = contact.emails?.[0];
  if (email !== undefined) return { kind: 'email', value: comparableEmail(email) };
  const phone = contact.phone_numbers?.[0];
  return phone === undefined ? undefined : { kind: 'phone', value: phone };
}

const ASCII = /^[!-~]*$/;

/** An address as addresses are compared: lower-case, NFC, its domain in ASCII. `jörg@münchen.de` keeps its local part. */
export function comparableEmail(email: string): string {
  const lower = email.toLowerCase();
  if (ASCII.test(lower)) return lower;
  const composed = lower.normalize('NFC');
  const at = composed.lastIndexOf('@');
  // An empty answer means that the domain can't be converted; it is then compared as it is written.
  const domain = domainToASCII(composed.slice(at + 1)) || composed.slice(at + 1);
  return `${composed.slice(0, at + 1)}${domain}`;
}

/** What a digest is of. Digests of different kinds never meet, even over the same text. */
export type DigestKind = 'email' | 'phone' | 'payload';

/** Bytes in a digest. At 128 bits, two of a billion different values are equal with a chance of 1 in 10^21. */
export const DIGEST_BYTES = 16;

/**
 * The first 16 bytes of SHA-256 over `clarky-contacts/1`, the kind and the value, each followed by a NUL, in UTF-8. The
 * checkpoint stores such digests: a change here makes every contact look new, so the scheme is frozen by a test.
 */
export function digest(kind: DigestKind, value: string): Uint8Array {
  // Asked for as a string: a Buffer for each digest, with memory of its own outside the heap, takes five times as long.
  const characters = hash('sha256', `clarky-contacts/1\0${kind}\0${value}\0`, 'binary');
  const bytes = new Uint8Array(DIGEST_BYTES);
  for (let at = 0; at < DIGEST_BYTES; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}

/** A digest as 22 characters of base64url (RFC 4648, section 5) without padding, for files. */
export function digestText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

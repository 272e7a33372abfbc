/**
 * Whether the workspace holds what a contact says. What the server may do to a value without changing what it means
 * (case of an email, format of a phone, order, more values than we sent) is told apart from a difference. Pure.
 */
import { TEXT_FIELDS, type Contact, type ContactField } from '../contact/contact.js';
import { comparableEmail } from '../contact/identity.js';
import type { StoredContact } from './stored.js';

export interface Difference {
  /** A field of the contact, or `custom_fields.KEY`. */
  readonly field: ContactField | `custom_fields.${string}`;
  readonly expected: unknown;
  /** What the workspace holds; undefined where it holds nothing. */
  readonly found: unknown;
}

/** The fields in which an upsert of `contact` would change `stored`. Fields that the contact leaves out don't count. */
export function differencesOf(contact: Contact, stored: StoredContact): Difference[] {
  const differences: Difference[] = [];
  for (const field of TEXT_FIELDS) {
    const expected = contact[field];
    if (expected !== undefined && !isSameText(expected, stored[field])) {
      differences.push({ field, expected, found: stored[field] });
    }
  }
  const lists = [
    ['emails', comparableEmail],
    ['phone_numbers', null],
    ['tags', (tag: string) => tag.normalize('NFC').trim().toLowerCase()],
  ] as const;
  for (const [field, comparable] of lists) {
    const expected = contact[field] ?? [];
    const found = stored[field];
    const isThere = (value: string): boolean =>
      comparable === null
        ? found.some((other) => isSamePhone(value, other))
        : found.some((other) => comparable(other) === comparable(value));
    if (!expected.every(isThere)) differences.push({ field, expected, found });
  }
  if (contact.deal_value !== undefined && contact.deal_value !== stored.deal_value) {
    differences.push({ field: 'deal_value', expected: contact.deal_value, found: stored.deal_value });
  }
  for (const [key, expected] of Object.entries(contact.custom_fields ?? {})) {
    const found = stored.custom_fields[key];
    if (!isSameCustom(expected, found)) differences.push({ field: `custom_fields.${key}`, expected, found });
  }
  return differences;
}

function isSameText(expected: string, found: string | undefined): boolean {
  return found !== undefined && plain(expected) === plain(found);
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

/** Fewer digits than this at the end could belong to several numbers. */
const LEAST_COMMON_DIGITS = 8;

/** True where both are one number, one of them perhaps in national form: `+44 20 7946 0001` and `020 7946 0001`. */
export function isSamePhone(a: string, b: string): boolean {
  const digitsA = a.replace(/\D/g, '');
  const digitsB = b.replace(/\D/g, '');
  if (digitsA === digitsB) return true;
  // Two international numbers are compared whole: one may well end like the other.
  if (a.trim().startsWith('+') && b.trim().startsWith('+')) return false;
  const [long, short] = digitsA.length > digitsB.length ? [digitsA, digitsB] : [digitsB, digitsA];
  const national = short.replace(/^0+/, '');
  return national.length >= LEAST_COMMON_DIGITS && long.endsWith(national);
}

function isSameCustom(expected: unknown, found: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(found) && expected.every((value) => found.some((other) => isSameCustom(value, other)));
  }
  if (found === undefined || found === null || typeof found === 'object') return false;
  // A workspace may define the field as text where we send a number, or the other way round.
  return plain(String(expected as string)) === plain(String(found as string));
}

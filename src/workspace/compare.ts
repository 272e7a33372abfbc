/**
 * Whether the workspace holds what a contact says. What the server may do to a value without changing what it means
 * (case of an email, format of a phone, order, more values than we sent) is told apart from a difference. Pure.
 */
import {
  CONTACT_FIELDS,
  LIST_FIELDS,
  TEXT_FIELDS,
  type Contact,
  type ContactField,
  type ListField,
} from '../contact/contact.js';
import { readEmails } from '../contact/email.js';
import { isObject, isTexts } from '../given.js';
import { comparableEmail } from '../contact/identity.js';
import { createPhoneReader } from '../contact/phone/phone.js';
import type { StoredContact } from './stored.js';

/** A field of a contact, one of its custom fields, or whose contact it is. */
export type FieldName = ContactField | `custom_fields.${string}` | 'bot_id';

/** A field that is not as the file has it. */
export interface Difference {
  /** Which field. */
  readonly field: FieldName;
  /** What the file has. */
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
  for (const field of LIST_FIELDS) {
    const expected = contact[field] ?? [];
    const found = stored[field];
    if (!holdsAll(field, found, expected)) differences.push({ field, expected, found });
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

/** The bot whose contact it is, if another bot was asked for. @param bot undefined if no bot was asked for */
export function botDifferenceOf(stored: StoredContact, bot: string | undefined): Difference[] {
  if (bot === undefined || isOfBot(stored, bot)) return [];
  return [{ field: 'bot_id', expected: bot, found: stored.bot_id }];
}

/** Whether it is a contact of this bot, so far as is told. */
export function isOfBot({ bot_id: found }: Pick<StoredContact, 'bot_id'>, bot: string): boolean {
  return found === undefined || found === bot;
}

/** Whether a list of the workspace has every one of these values, whatever else it has and in whatever order. */
export function holdsAll(field: ListField, found: readonly string[], values: readonly string[]): boolean {
  return values.every((value) => found.some((other) => isSameItem(field, value, other)));
}

type Led = Pick<Contact, 'emails' | 'phone_numbers'>;

/** Whether Clarky finds both by the same e-mail, or, without e-mails, by the same phone. */
export function haveSameLead(one: Led, other: Led): boolean {
  const [[email], [otherEmail]] = [one.emails ?? [], other.emails ?? []];
  if (email !== undefined || otherEmail !== undefined) {
    return email !== undefined && otherEmail !== undefined && isSameItem('emails', email, otherEmail);
  }
  const [[phone], [otherPhone]] = [one.phone_numbers ?? [], other.phone_numbers ?? []];
  return phone === otherPhone || (phone !== undefined && otherPhone !== undefined && isSamePhone(phone, otherPhone));
}

function isSameItem(field: ListField, a: string, b: string): boolean {
  if (field === 'phone_numbers') return isSamePhone(a, b);
  if (field === 'emails') return storedEmail(a) === storedEmail(b);
  return comparableTag(a) === comparableTag(b);
}

const PLAIN = /^[\w.+-]+@[\w.-]*\w$/;

/** An address of the workspace as addresses are compared, which others may have written there as no row of ours is read. */
export function storedEmail(email: string): string {
  return comparableEmail(PLAIN.test(email) ? email : (readEmails(email).emails[0] ?? email.trim()));
}

const readPhones = createPhoneReader({});

/** The e-mails and phones of a contact of the workspace, written as in rows of a file; phones without their country are left out. */
export function storedPoints({ emails, phone_numbers: phones }: StoredPoints): StoredPoints {
  return { emails: emails.map(storedEmail), phone_numbers: phones.flatMap((phone) => readPhones(phone).phones) };
}

type StoredPoints = Pick<StoredContact, 'emails' | 'phone_numbers'>;

function comparableTag(tag: string): string {
  return tag.normalize('NFC').trim().toLowerCase();
}

/** Every field of a contact that has a value, custom fields one by one. */
export function fieldsOf(contact: Contact | Partial<StoredContact>): Map<FieldName, unknown> {
  const fields = new Map<FieldName, unknown>();
  const set = (field: FieldName, value: unknown): void => {
    if (!isBlank(value)) fields.set(field, value);
  };
  for (const field of CONTACT_FIELDS) set(field, contact[field]);
  for (const [key, value] of Object.entries(contact.custom_fields ?? {})) set(`custom_fields.${key}`, value);
  return fields;
}

/** Whether two values of one field mean the same; blank ones are all the same, and so is a list in another order. */
export function isSameValue(field: FieldName, a: unknown, b: unknown): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  if (isListField(field)) {
    return isTexts(a) && isTexts(b) && holdsAll(field, a, b) && holdsAll(field, b, a);
  }
  return field.startsWith('custom_fields.')
    ? JSON.stringify(a) === JSON.stringify(b) || (isSameCustom(a, b) && isSameCustom(b, a))
    : plain(textOf(a)) === plain(textOf(b));
}

export function isListField(field: FieldName): field is ListField {
  return (LIST_FIELDS as readonly string[]).includes(field);
}

/** Whether a field holds nothing. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
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

/** Values of a custom field: of the type that the workspace defines, one may be shown in another form than it was sent in. */
function isSameCustom(expected: unknown, found: unknown): boolean {
  if (Array.isArray(expected)) {
    if (typeof found === 'string') return isSameChoice(found, expected);
    return Array.isArray(found) && expected.every((value) => found.some((other) => isSameCustom(value, other)));
  }
  if (isObject(expected)) {
    if (!isObject(found) || Object.keys(found).length !== Object.keys(expected).length) return false;
    return Object.entries(expected).every(([key, value]) => isSameCustom(value, found[key]));
  }
  if (Array.isArray(found)) return typeof expected === 'string' && isSameChoice(expected, found);
  if (expected === null || found === undefined || found === null || typeof found === 'object')
    return expected === found;
  const [one, other] = [plain(textOf(expected)), plain(textOf(found))];
  if (one === other) return true;
  if (typeof expected === 'number' || typeof found === 'number') return isSameNumber(one, other);
  return typeof expected === 'string' && typeof found === 'string' && isSameMoment(one, other);
}

/** A workspace may define the field as text where we send a number, or the other way round: 007 is 7 where either is a number. */
function isSameNumber(one: string, other: string): boolean {
  const isPlain = (text: string): boolean => /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(text);
  return isPlain(one) && isPlain(other) && Number(one) === Number(other);
}

/** What stands between the choices of a multi-select in one cell; none where it is one choice. */
const BETWEEN_CHOICES = [/$^/, /;/, /,/, /\|/, /\n/, /[;,|\n]/];

/** Whether the choices in one text are just these, in whatever order. */
function isSameChoice(text: string, choices: readonly unknown[]): boolean {
  if (!isTexts(choices)) return false;
  const wanted = new Set(choices.map(plain));
  return BETWEEN_CHOICES.some((between) => {
    const named = new Set(plain(text).split(between).map(plain));
    named.delete('');
    return named.size === wanted.size && [...named].every((choice) => wanted.has(choice));
  });
}

const MOMENT =
  /^(?<day>\d{4}-\d\d-\d\d)(?:[T ](?<minute>\d\d:\d\d)(?::(?<second>\d\d)(?:\.(?<part>\d{1,9}))?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;

/** A day is its midnight, and a time without a zone is that of the zone in which the other is written. */
function isSameMoment(one: string, other: string): boolean {
  const [a, b] = [MOMENT.exec(one)?.groups, MOMENT.exec(other)?.groups];
  if (a === undefined || b === undefined) return false;
  const local = ({ day = '', minute = '00:00', second = '00', part = '' }: typeof a): string =>
    `${day}T${minute}:${second}.${part.slice(0, 3).padEnd(3, '0')}`;
  if (a.zone === undefined || b.zone === undefined) return local(a) === local(b);
  return Date.parse(local(a) + a.zone.toUpperCase()) === Date.parse(local(b) + b.zone.toUpperCase());
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

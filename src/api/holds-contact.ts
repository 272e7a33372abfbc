import { domainToASCII } from 'node:url';
import type { WireContact } from './wire.js';

/** What an answer is of what was sent: the contact itself, another one, or no contact at all. */
export type Held = 'this_contact' | 'another_contact' | 'no_contact';

/** A digit less could be a calling code or a trunk 0 that one side writes and the other doesn't. */
const SAME_PHONE_DIGITS = 7;
const CONTACT_FIELDS = ['emails', 'phone_numbers', 'first_name', 'last_name', 'company', 'job_title'] as const;

/**
 * Whether the answer to an upsert is of the contact that was sent. What an answer leaves out speaks for nothing; the e-mail (or
 * else the phone) that it shows must be among those sent, the first of which is the one that Clarky goes by.
 */
export function heldBy(answer: WireContact, sent: Readonly<Record<string, unknown>>): Held {
  if (isReceipt(answer)) return 'no_contact';
  const emails = compared(pointsOf(sent['emails'], 'email'), pointsOf(answer['emails'], 'email'), isSameEmail);
  if (emails !== undefined) return emails ? 'this_contact' : 'another_contact';
  const phones = compared(
    pointsOf(sent['phone_numbers'], 'phone_number'),
    pointsOf(answer['phone_numbers'], 'phone_number'),
    isSamePhone,
  );
  if (phones !== undefined) return phones ? 'this_contact' : 'another_contact';
  return ['first_name', 'last_name'].every((name) => isOtherName(sent[name], answer[name]))
    ? 'another_contact'
    : 'this_contact';
}

/** "We have it and will see to it" is no contact: it names how far it is, and nothing of a person. */
function isReceipt(answer: WireContact): boolean {
  const isOfAPerson = CONTACT_FIELDS.some((field) => field in answer);
  return !isOfAPerson && ['status', 'state', 'job_id', 'queued'].some((field) => field in answer);
}

/** Undefined where one side has nothing to compare. */
function compared(
  sent: readonly string[] | undefined,
  answered: readonly string[] | undefined,
  isSame: (one: string, other: string) => boolean,
): boolean | undefined {
  const [first] = sent ?? [];
  if (first === undefined || answered === undefined) return undefined;
  return answered.some((point) => isSame(point, first));
}

function pointsOf(value: unknown, name: string): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    const point: unknown = typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[name] : item;
    return typeof point === 'string' ? [point] : [];
  });
}

function isSameEmail(one: string, other: string): boolean {
  return comparableEmail(one) === comparableEmail(other);
}

function comparableEmail(text: string): string {
  const email = text.normalize('NFKC').trim().toLowerCase();
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}@${domainToASCII(email.slice(at + 1))}`;
}

function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, ''));
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < SAME_PHONE_DIGITS) return a === b;
  return a.endsWith(b) || b.endsWith(a);
}

function isOtherName(sent: unknown, answered: unknown): boolean {
  if (typeof sent !== 'string' || typeof answered !== 'string' || answered === '') return false;
  return sent.trim().toLowerCase() !== answered.trim().toLowerCase();
}

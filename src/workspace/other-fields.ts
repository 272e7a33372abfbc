/**
 * The fields of a contact that the importer never writes: its owner, when it was last contacted, what is not known here at
 * all. They are told apart from what they were, and no more.
 */
import { hash } from 'node:crypto';
import { TEXT_FIELDS } from '../contact/contact.js';

/** By field, a short digest of its value; '' for a blank one. */
export type OtherFields = Readonly<Record<string, string>>;

/** What is compared as a contact's own fields, and what a server writes by itself. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...TEXT_FIELDS,
  ...['id', 'workspace_id', 'created_at', 'updated_at'],
  ...['emails', 'phone_numbers', 'tags', 'deal_value', 'custom_fields'],
]);
const DIGEST_CHARACTERS = 12;
/** Whose contact it is, and who was in touch: told by a server as soon as there is something to tell, and set by nobody else. */
const SET_BY_PEOPLE = /owner|assign|responsible|contacted/i;
/** At most so many are noted. */
const MOST_FIELDS = 100;
/** What is longer is no value that somebody has set, but a list of what happened. */
const MOST_CHARACTERS = 2000;

/** Those of them that hold something, as they are: what an update must not empty. Whose contact it is goes apart. */
export function otherValuesOf(wire: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fields = Object.entries(wire).filter(([field, value]) => {
    if (LEFT_OUT.has(field) || field === 'bot_id' || isBlankOther(value)) return false;
    return JSON.stringify(value).length <= MOST_CHARACTERS;
  });
  return Object.fromEntries(fields.slice(0, MOST_FIELDS));
}

export function otherFieldsOf(wire: unknown): OtherFields {
  if (typeof wire !== 'object' || wire === null) return {};
  const fields = Object.entries(wire).filter(([field]) => !LEFT_OUT.has(field));
  return Object.fromEntries(fields.slice(0, MOST_FIELDS).map(([field, value]) => [field, digestOf(value)]));
}

/**
 * The fields that changed. One that only the later answer has may be a matter of the two answers' form, the owner apart.
 * @param isNewOneTold whether it counts all the same where it is not blank
 */
export function otherFieldsChanged(was: OtherFields, is: OtherFields, isNewOneTold: boolean): string[] {
  return Object.keys(is).filter((field) => {
    const before = was[field] ?? (isNewOneTold || SET_BY_PEOPLE.test(field) ? '' : is[field]);
    return before !== is[field];
  });
}

function digestOf(value: unknown): string {
  return isBlankOther(value) ? '' : hash('sha256', JSON.stringify(value), 'base64url').slice(0, DIGEST_CHARACTERS);
}

export function isBlankOther(value: unknown): boolean {
  return ['', 'null', '""', '[]', '{}'].includes(JSON.stringify(value) ?? '');
}

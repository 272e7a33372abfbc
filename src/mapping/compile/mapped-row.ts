/** A record as a contact, or why it can't be one. */

import type { Contact, ContactField, CustomValue, TextField } from '../../contact/contact.js';
import { comparableEmail } from '../../contact/identity.js';
import type { Problem } from '../../problem.js';
import type { SourceRecord } from '../../source/record.js';

export interface MappedRow {
  /** The record's line in the file. */
  readonly line: number;
  /** Of several files: the one that it is of. */
  readonly file?: string | undefined;
  /** What could be read. Not to be sent where there are problems. */
  readonly contact: Contact;
  /** Texts of phones that can't be read, with their area codes; none where it is left out. */
  readonly unreadPhones?: readonly string[];
  /** Why the row must be rejected; each names its column. */
  readonly problems: readonly Problem[];
  /** What was left out because it can't be read, with `onInvalid: 'omit'`. */
  readonly omitted: readonly Problem[];
  /** What is worth knowing and changes nothing: a + that was added, a second company that was not used. */
  readonly notes: readonly Problem[];
  /** Addresses of nobody (noemail@…) that were left out. */
  readonly placeholders: readonly string[];
}

const NONE: readonly never[] = [];

/** A field whose several columns are joined; of the others the first column with a value is taken. */
const JOINED_WITH: Readonly<Partial<Record<TextField, string>>> = { address_line2: ', ', notes: '\n' };

type WritableContact = { -readonly [Key in keyof Contact]: Contact[Key] };

/** A row while its cells are read. */
export class DraftRow implements MappedRow {
  readonly line: number;
  readonly file: string | undefined;
  readonly contact: WritableContact = {};
  problems: readonly Problem[] = NONE;
  omitted: readonly Problem[] = NONE;
  notes: readonly Problem[] = NONE;
  placeholders: readonly string[] = NONE;
  unreadPhones?: readonly string[];

  /** What the cell that is read holds, where that is more than a text. */
  given: unknown;
  /** Code meant its numbers and lists as such. */
  readonly isOfCode: boolean;

  constructor(record: Pick<SourceRecord, 'line' | 'isOfCode'> & { readonly file?: string | undefined }) {
    this.line = record.line;
    this.file = record.file;
    this.isOfCode = record.isOfCode === true;
  }

  reject(problem: Problem): void {
    this.problems = [...this.problems, problem];
  }

  omit(problem: Problem): void {
    this.omitted = [...this.omitted, problem];
  }

  note(problem: Problem): void {
    this.notes = [...this.notes, problem];
  }

  addPlaceholder(address: string, note: Problem): void {
    this.placeholders = [...this.placeholders, address];
    this.note(note);
  }

  addUnreadPhone(text: string): void {
    this.unreadPhones = [...(this.unreadPhones ?? NONE), text];
  }

  /** Sets a text, or adds it to what an earlier column said, or keeps the earlier one and notes it. */
  addText(field: TextField, text: string, column: string, joinWith = JOINED_WITH[field]): void {
    const before = this.contact[field];
    if (before === undefined) this.contact[field] = text;
    else if (before === text) return;
    else if (joinWith !== undefined) this.contact[field] = before + joinWith + text;
    else this.note(notUsed(column, field));
  }

  /** Adds values without repeats, behind those that are there, or before them where they are preferred. */
  addValues(field: 'emails' | 'phone_numbers' | 'tags', values: readonly string[], isPreferred = false): void {
    if (values.length === 0) return;
    const before = this.contact[field];
    if (before === undefined) this.contact[field] = values;
    else this.contact[field] = joinedOnce(field, isPreferred ? [...values, ...before] : [...before, ...values]);
  }

  addCustom(key: string, value: CustomValue, column: string): void {
    const custom = (this.contact.custom_fields ??= {}) as Record<string, CustomValue>;
    if (!Object.hasOwn(custom, key)) {
      // A key may be called __proto__.
      Object.defineProperty(custom, key, { value, enumerable: true, configurable: true, writable: true });
    } else if (JSON.stringify(custom[key]) !== JSON.stringify(value)) this.note(notUsed(column, `custom:${key}`));
  }
}

/** Each value once; an e-mail with its domain in Unicode and in punycode is one. */
function joinedOnce(field: 'emails' | 'phone_numbers' | 'tags', values: readonly string[]): readonly string[] {
  if (field !== 'emails') return [...new Set(values)];
  const byKey = new Map<string, string>();
  for (const value of values) if (!byKey.has(comparableEmail(value))) byKey.set(comparableEmail(value), value);
  return [...byKey.values()];
}

function notUsed(column: string, field: ContactField | `custom:${string}`): Problem {
  return {
    code: 'second_value_unused',
    column,
    message: `another column had a value for ${field} already; this one was not used`,
    hint: `Map the column to a custom field (custom:KEY) to keep both`,
  };
}

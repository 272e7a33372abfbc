/** What a header means before its neighbours and its values have been looked at. Types, and the words that data files use. */

import type { TextField } from '../../contact/contact.js';
import type { FieldName, PhonePart } from '../mapping.js';

/** A part of a postal address; `block` is a whole address in one cell, or its first line where it stands alone. */
export type AddressPart =
  | 'block'
  | 'address_line1'
  | 'address_line2'
  | 'house_number'
  | Extract<TextField, 'city' | 'state' | 'postal_code' | 'country'>;

/** `code`: a calling code or a country, which the values tell; `prefix`: a calling code or an area code. */
export type PhonePartName = PhonePart | 'code' | 'prefix';

export type Sense =
  | {
      readonly kind: 'field';
      readonly field: FieldName;
      readonly position?: 'first' | 'last';
      /** The header says more than a name: believed only if the values do not speak against it. */
      readonly isLoose?: true;
    }
  /** `group` tells the addresses of one file apart: '' for the one without a qualifier. */
  | { readonly kind: 'address'; readonly part: AddressPart; readonly group: string; readonly isLoose?: true }
  /** A part of a phone number, or where it is dialled, in a column of its own. */
  | { readonly kind: 'phone_part'; readonly part: PhonePartName }
  /** "Name", "Nom", "Nombre": a first, last or full name; the neighbours tell. */
  | { readonly kind: 'any_name' }
  /** "Title", "Titel", "Titre": a salutation or a job; the neighbours and the values tell. */
  | { readonly kind: 'title' }
  /** "Family": a last name, or a household beside one; the neighbours and the values tell. */
  | { readonly kind: 'family' }
  | { readonly kind: 'salutation' }
  /** A profession: the job title only where no column says more. */
  | { readonly kind: 'profession' }
  /** A link that is a LinkedIn profile only if its values say so. */
  | { readonly kind: 'link' }
  | { readonly kind: 'custom'; readonly key: string }
  | { readonly kind: 'ask'; readonly suggestions: readonly FieldName[]; readonly why?: string }
  | { readonly kind: 'ignore'; readonly why: string }
  | { readonly kind: 'unmapped'; readonly why: string };

/** The fields of a person's name. */
export const NAME_FIELDS: ReadonlySet<string> = new Set<FieldName>(['name', 'first_name', 'last_name']);

/** Whether it is of a name, or a part of one. */
export function isNameSense(sense: Sense | undefined): boolean {
  return sense?.kind === 'any_name' || (sense?.kind === 'field' && NAME_FIELDS.has(sense.field));
}

/** Whether it is of that field. */
export function isOfField(sense: Sense | undefined, field: string): boolean {
  return sense?.kind === 'field' && sense.field === field;
}

const ADDRESS_PARTS: ReadonlySet<string> = new Set<AddressPart>([
  'block',
  'address_line1',
  'address_line2',
  'house_number',
  'city',
  'state',
  'postal_code',
  'country',
]);

/**
 * A sense from the short word that the data files use: a field (`company`), `city@home`, `phone_numbers<` (before the
 * others) or `phone_numbers>` (after them), `ask:tags,contact_type`, `ignore:why`, `unmapped:why`, or a kind of its own.
 */
export function senseOfWord(word: string): Sense {
  const [name = '', detail] = /^(ask|ignore|unmapped):(.*)$/.exec(word)?.slice(1) ?? [];
  if (name === 'ask') return { kind: 'ask', suggestions: (detail ?? '').split(',').filter(Boolean) as FieldName[] };
  if (name === 'ignore' || name === 'unmapped') return { kind: name, why: detail ?? '' };
  if (
    word === 'any_name' ||
    word === 'title' ||
    word === 'family' ||
    word === 'salutation' ||
    word === 'profession' ||
    word === 'link'
  ) {
    return { kind: word };
  }
  const [part = '', group = ''] = word.split('@');
  if (ADDRESS_PARTS.has(part)) return { kind: 'address', part: part as AddressPart, group };
  if (word.endsWith('<')) return { kind: 'field', field: word.slice(0, -1) as FieldName, position: 'first' };
  if (word.endsWith('>')) return { kind: 'field', field: word.slice(0, -1) as FieldName, position: 'last' };
  return { kind: 'field', field: word as FieldName };
}

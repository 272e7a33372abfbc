/** What a column map is: which column becomes which field of the contact. */

import { CONTACT_FIELDS, type ContactField } from '../contact/contact.js';

export type Decimal = 'point' | 'comma';
export type DateOrder = 'dmy' | 'mdy';
export type CustomType = 'text' | 'date' | 'boolean' | 'number';
export const CUSTOM_TYPES = ['text', 'date', 'boolean', 'number'] as const satisfies readonly CustomType[];

/** What a column may say of the phone number beside it. */
export type PhonePart = 'calling_code' | 'area_code' | 'phone_country';
const PHONE_PARTS = ['calling_code', 'area_code', 'phone_country'] as const satisfies readonly PhonePart[];

/** What happens to a column. */
export type Target =
  | {
      readonly kind: 'field';
      readonly field: ContactField;
      /** Where its values stand among the columns of a list field: before or after those without it. */
      readonly position?: 'first' | 'last';
      /** Fixed by a person; else decided from the whole column. Only for `deal_value`. */
      readonly decimal?: Decimal;
    }
  /** A full name, split into first and last name where the row has neither of them in columns of their own. */
  | { readonly kind: 'name'; readonly lastNameFirst?: boolean }
  /** Without a type, the whole column decides: all dates are sent as ISO dates, all yes/no as booleans, all else as text. */
  | { readonly kind: 'custom'; readonly key: string; readonly type?: CustomType; readonly dateOrder?: DateOrder }
  /** A part of the phone number in another column, or where that is dialled: read together with it, never sent itself. */
  | { readonly kind: 'phone_part'; readonly part: PhonePart }
  /** The name of a pipeline stage, to be looked up. */
  | { readonly kind: 'pipeline_stage' }
  /** Never sent: it repeats or describes another column, or must not be copied. */
  | { readonly kind: 'ignore'; readonly why: string }
  /** Clear, but without a field: left out, or a custom field with `--unmapped custom`. */
  | { readonly kind: 'unmapped'; readonly why: string }
  /** Not guessed: left out, or a custom field with `--unmapped custom`, until a person decides. */
  | { readonly kind: 'undecided' };

/** What a person may name for a column. */
export const FIELD_NAMES = [...CONTACT_FIELDS, 'name', 'pipeline_stage', ...PHONE_PARTS] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

export interface ColumnMapping {
  /** 0-based. */
  readonly index: number;
  /** As the file spells it. */
  readonly header: string;
  readonly target: Target;
  /** One short sentence for the plan. */
  readonly reason: string;
  readonly certainty: 'sure' | 'undecided';
  /** Which of the row's numbered persons it is about ("Contact 2 Email"); absent for what is about the row as a whole. */
  readonly person?: number;
  /** For an undecided column, the fields it might be, the likeliest first. */
  readonly suggestions: readonly FieldName[];
  /** Up to three distinct values that are not blank. */
  readonly samples: readonly string[];
  /** The share of records with a value, 0 to 1. */
  readonly fillRate: number;
}

/** @returns whether a column becomes that field */
export function becomes(field: ContactField): (column: Pick<ColumnMapping, 'target'>) => boolean {
  return ({ target }) => target.kind === 'field' && target.field === field;
}

export interface InferredMapping {
  /** The program that wrote the file, where its set of headers tells. */
  readonly system?: { readonly id: string; readonly name: string };
  readonly columns: readonly ColumnMapping[];
}

/**
 * A contact as the importer holds it: normalised, under the API's own field names (Clarky API, "The contact"),
 * blank values absent. A payload is this plus `bot_id`.
 */

/** Fields that hold one text, sent as they are once cleaned. */
export const TEXT_FIELDS = [
  'first_name',
  'last_name',
  'company',
  'job_title',
  'lead_source',
  'contact_type',
  'pipeline_stage_id',
  'company_id',
  'address_line1',
  'address_line2',
  'city',
  'state',
  'postal_code',
  'country',
  'linkedin_url',
  'notes',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Fields that hold several values, the primary one first. */
export const LIST_FIELDS = ['emails', 'phone_numbers', 'tags'] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** Every field of a contact that a column can be mapped to directly (`custom_fields` go by `custom:KEY`). */
export const CONTACT_FIELDS = [...TEXT_FIELDS, ...LIST_FIELDS, 'deal_value'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** What a custom field holds, as JSON: code and files of objects may give lists and objects of any kind. */
export type CustomValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

export interface Contact extends Partial<Record<TextField, string>> {
  /** Lower-cased, checked addresses without repeats; the first is the primary one. */
  emails?: readonly string[];
  /** E.164, without repeats; the first is the primary one. */
  phone_numbers?: readonly string[];
  /** Without repeats. */
  tags?: readonly string[];
  /** An amount, without its currency. */
  deal_value?: number;
  /** By their keys. */
  custom_fields?: Readonly<Record<string, CustomValue>>;
  /** How the person is addressed (`Mrs`), as far as it says a man or a woman. It tells people apart; Clarky has no field for it, and it is not sent. */
  courtesy?: string;
}

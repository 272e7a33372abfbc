import { CONTACT_FIELDS, TEXT_FIELDS, type Contact, type CustomValue, type TextField } from './contact.js';
import { comparableEmail, digest, digestText } from './identity.js';

/** How `emails` and `phone_numbers` stand on the wire; Clarky documents both (Clarky API, "The contact"). */
export type ContactPointShape = 'strings' | 'objects';

/** The body of an upsert. */
export interface UpsertPayload extends Partial<Record<TextField, string>> {
  bot_id: string;
  emails?: readonly string[] | readonly { readonly email: string; readonly is_primary: boolean }[];
  phone_numbers?: readonly string[] | readonly { readonly phone_number: string; readonly is_primary: boolean }[];
  tags?: readonly string[];
  deal_value?: number;
  custom_fields?: Readonly<Record<string, CustomValue>>;
}

/** The body that upserts a contact, its fields always in one order and blank ones left out: a blank never empties. */
export function payloadOf(contact: Contact, botId: string, shape: ContactPointShape): UpsertPayload {
  const { emails = [], phone_numbers: phones = [], tags = [], deal_value: dealValue, custom_fields: custom } = contact;
  const payload: UpsertPayload = { bot_id: botId };
  for (const field of TEXT_FIELDS) {
    const text = contact[field];
    if (text) payload[field] = text;
  }
  if (emails.length > 0) {
    payload.emails = shape === 'strings' ? emails : emails.map((email, at) => ({ email, is_primary: at === 0 }));
  }
  if (phones.length > 0) {
    payload.phone_numbers =
      shape === 'strings' ? phones : phones.map((phone, at) => ({ phone_number: phone, is_primary: at === 0 }));
  }
  if (tags.length > 0) payload.tags = tags;
  if (dealValue !== undefined) payload.deal_value = dealValue;
  const filled = filledCustomFields(custom);
  if (filled.length > 0) payload.custom_fields = Object.fromEntries(filled);
  return payload;
}

const SORTED_FIELDS = [...CONTACT_FIELDS].sort();

/**
 * The digest (16 bytes) of what a contact says, apart from the bot and the shape on the wire: equal exactly where the
 * fields that are not blank are equal, in whatever order they were set. It is taken over the JSON of
 * `[[field, value], …, ["custom_fields", [[key, value], …]]]`, fields and keys sorted by UTF-16 code unit.
 */
export function payloadDigest(contact: Contact): Uint8Array {
  const canonical: unknown[] = [];
  for (const field of SORTED_FIELDS) {
    // One address in another spelling of its domain (IDN) is no change.
    const value = field === 'emails' ? contact.emails?.map(comparableEmail) : contact[field];
    if (!isBlank(value)) canonical.push([field, value]);
  }
  const custom = filledCustomFields(contact.custom_fields);
  if (custom.length > 0) canonical.push(['custom_fields', custom.sort(([one], [other]) => (one < other ? -1 : 1))]);
  return digest('payload', JSON.stringify(canonical));
}

/**
 * Stands for a payload of which only a part was sent, since what Clarky had was to be kept (`--keep-existing`): an import that
 * keeps nothing back finds it changed.
 */
export function keptBackDigest(payload: Uint8Array): Uint8Array {
  return digest('payload', `kept back\n${digestText(payload)}`);
}

export function filledCustomFields(custom: Contact['custom_fields']): [string, CustomValue][] {
  return custom === undefined ? [] : Object.entries(custom).filter(([, value]) => !isBlank(value));
}

function isBlank(value: CustomValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

import { primaryOf, type ContactInput } from './contact-input.js';
import type { Readings } from '../readings.js';
import { TEXT_FIELDS, type ContactPoint, type WireContact } from '../wire.js';

/** A contact as the sandbox holds it. */
export interface StoredContact extends Omit<WireContact, 'emails' | 'phone_numbers' | 'last_contacted_at'> {
  emails: ContactPoint[];
  phone_numbers: ContactPoint[];
  /** Place in the order of creation, from 1. */
  readonly number: number;
  /** How often it was written, its creation included. */
  writes: number;
}

/** Providers whose addresses say nothing about a company. */
const FREE_MAIL = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'gmx.de',
]);

/** A contact without any value but what the server gives it. */
export function emptyContact(number: number, workspaceId: string, botId: string, nowIso: string): StoredContact {
  // Written out, since an object put together key by key takes several times the memory, and there may be 100,000.
  return {
    id: `con_${String(number).padStart(8, '0')}`,
    workspace_id: workspaceId,
    bot_id: botId,
    first_name: null,
    last_name: null,
    company: null,
    job_title: null,
    lead_source: null,
    contact_type: null,
    pipeline_stage_id: null,
    company_id: null,
    address_line1: null,
    address_line2: null,
    city: null,
    state: null,
    postal_code: null,
    country: null,
    linkedin_url: null,
    notes: null,
    emails: [],
    phone_numbers: [],
    tags: [],
    deal_value: null,
    custom_fields: {},
    created_at: nowIso,
    updated_at: nowIso,
    number,
    writes: 0,
  };
}

/** What a write does to that which was there. */
export type WriteRules = Pick<Readings, 'missingFields' | 'tags' | 'customFields'>;

/** Writes the fields of `input` into `contact`, and empties all others where the rules say so. */
export function applyInput(contact: StoredContact, input: ContactInput, how: WriteRules): void {
  const clears = how.missingFields === 'clear';
  for (const field of TEXT_FIELDS) {
    const value = input[field];
    if (value !== undefined) contact[field] = value;
    else if (clears) contact[field] = null;
  }
  if (input.bot_id !== undefined) contact.bot_id = input.bot_id;
  if (input.emails ?? clears) contact.emails = input.emails ?? [];
  if (input.phone_numbers ?? clears) contact.phone_numbers = input.phone_numbers ?? [];
  if (input.tags) contact.tags = how.tags === 'join' ? [...new Set([...contact.tags, ...input.tags])] : input.tags;
  else if (clears) contact.tags = [];
  if (input.deal_value !== undefined) contact.deal_value = input.deal_value;
  else if (clears) contact.deal_value = null;
  if (input.custom_fields) {
    const kept = how.customFields === 'merge' ? contact.custom_fields : {};
    contact.custom_fields = { ...kept, ...input.custom_fields };
  } else if (clears) contact.custom_fields = {};
  contact.company_id ??= companyByDomain(contact.emails);
}

/** The contact as an answer shows it, primary email and phone first where only their order can say so. */
export function wireContact(contact: StoredContact, answers: Readings['answers']): WireContact {
  const { number: _number, writes: _writes, ...shown } = contact;
  const asStrings = answers === 'strings';
  return {
    ...shown,
    emails: asStrings
      ? primaryFirst(contact.emails)
      : contact.emails.map(({ value, primary }) => ({ email: value, is_primary: primary })),
    phone_numbers: asStrings
      ? primaryFirst(contact.phone_numbers)
      : contact.phone_numbers.map(({ value, primary }) => ({ phone_number: value, is_primary: primary })),
    last_contacted_at: null,
  };
}

function primaryFirst(points: readonly ContactPoint[]): string[] {
  return [...points].sort((a, b) => Number(b.primary) - Number(a.primary)).map(({ value }) => value);
}

/** Clarky links a contact with a business email to a company by its domain. */
function companyByDomain(emails: readonly ContactPoint[]): string | null {
  const domain = primaryOf(emails)?.split('@').at(-1)?.trim().toLowerCase();
  return domain === undefined || FREE_MAIL.has(domain) ? null : `company_${domain}`;
}

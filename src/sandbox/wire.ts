/**
 * What goes over the wire, as the Clarky API reference describes it. The sandbox keeps its own account of it, and
 * shares none with the importer: a mistake of one must not be hidden by the same mistake in the other.
 */

/** Fields of a contact that hold one text or null. */
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

/** Fields that only the server writes; a client may send them back, and nothing happens. */
export const SERVER_FIELDS = ['id', 'workspace_id', 'created_at', 'updated_at', 'last_contacted_at'] as const;

/** An email or a phone number, whichever way it came. */
export interface ContactPoint {
  /** The address, or the number. */
  value: string;
  /** True for one of them. */
  primary: boolean;
}

export interface WireEmail {
  /** The address. */
  email: string;
  /** True for one of them. */
  is_primary: boolean;
}

export interface WirePhone {
  /** The number. */
  phone_number: string;
  /** True for one of them. */
  is_primary: boolean;
}

/** A contact in an answer; emails and phone numbers are strings or objects, as `SandboxOptions.readings` says. */
export interface WireContact extends Record<TextField, string | null> {
  /** Its id. */
  id: string;
  /** Of the keys' workspace. */
  workspace_id: string;
  /** The bot that it belongs to. */
  bot_id: string;
  /** The primary one first. */
  emails: (string | WireEmail)[];
  /** The primary one first. */
  phone_numbers: (string | WirePhone)[];
  /** As they were sent. */
  tags: string[];
  /** An amount, or null. */
  deal_value: number | null;
  /** By their keys. */
  custom_fields: Record<string, unknown>;
  /** As ISO 8601. */
  created_at: string;
  /** As ISO 8601. */
  updated_at: string;
  /** As ISO 8601, or null. */
  last_contacted_at: string | null;
}

export type ErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'bad_request'
  | 'validation_error'
  | 'conflict'
  | 'rate_limited'
  | 'internal_error';

/** The body of every answer that is not a 2xx. */
export interface ErrorEnvelope {
  error: { code: ErrorCode; message: string; details?: Record<string, unknown> };
}

/** A page of a list; as it is documented, with `page`, `page_size`, `total` and `total_pages` as numbers. */
export interface WireList<Item> {
  data: Item[];
  pagination?: Readonly<Record<string, number | string>>;
}

export interface WirePipeline {
  id: string;
  bot_id: string;
  name: string;
  is_default: boolean;
}

export interface WireStage {
  id: string;
  pipeline_id: string;
  name: string;
  order_index: number;
}

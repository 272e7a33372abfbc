/** What Clarky sends (Clarky API, "The contact", "Endpoints that matter here"). Only `id` is relied on; the rest may be missing. */
import { ImporterError } from '../errors.js';

/** A contact as answered: fields as they came, unchecked beyond `id`. */
export interface WireContact extends Readonly<Record<string, unknown>> {
  /** The one field that is relied on. */
  readonly id: string;
}

/** A pipeline as answered. */
export interface WirePipeline extends Readonly<Record<string, unknown>> {
  /** Of the pipeline. */
  readonly id: string;
  /** The bot that it belongs to. */
  readonly bot_id: string;
}

/** A stage of a pipeline as answered. */
export interface WireStage extends Readonly<Record<string, unknown>> {
  /** What a contact's `pipeline_stage_id` holds. */
  readonly id: string;
}

/** What a list says of its pages, as far as it does. */
export interface Pagination {
  /** How many things there are. */
  readonly total: number | undefined;
  /** How many pages. */
  readonly totalPages: number | undefined;
}

/** One page of a list. */
export interface Page<Item> {
  /** What is on the page, in Clarky's order. */
  readonly items: readonly Item[];
  /** Undefined where the answer has none. */
  readonly pagination: Pagination | undefined;
}

/** The error envelope, `{ "error": { code, message, details? } }`. */
export interface WireError {
  /** One of Clarky's, or `other`; undefined where there is no envelope. */
  readonly code: string | undefined;
  /** The server's own words, cut to a length: print them sanitised, they may hold anything. */
  readonly message: string | undefined;
  /** The payload field at fault, by its last path segment. */
  readonly field: string | undefined;
}

/** Filters of the contact list; sent as they are. */
export interface ContactFilters {
  /** A text that is looked for. */
  readonly search?: string | undefined;
  /** Who has these tags, with commas between. */
  readonly tags?: string | undefined;
  /** Who came from there. */
  readonly lead_source?: string | undefined;
  /** Who is in this stage. */
  readonly pipeline_stage_id?: string | undefined;
  /** Who belongs to this bot. */
  readonly bot_id?: string | undefined;
  /** Who was created since, as ISO 8601. */
  readonly created_after?: string | undefined;
  /** Who was created before. */
  readonly created_before?: string | undefined;
  /** Who was changed since. */
  readonly updated_after?: string | undefined;
}

/**
 * A body is sent as it is meant, or not at all: JSON itself would make null of a sum that failed, and drop a function.
 * @throws {ImporterError} `usage` at once: no server can be reached with it
 */
export function requireJson(body: object): void {
  let wrong = '';
  let cause: unknown;
  const look = function (this: object, name: string, value: unknown): unknown {
    if (wrong === '' && isLost(value, this, name)) wrong = name;
    return value;
  };
  try {
    // What is no value at all has no text.
    if (typeof (JSON.stringify(body, look) as unknown) === 'string' && wrong === '') return;
  } catch (error) {
    cause = error;
  }
  const named = wrong === '' ? '' : ` (${JSON.stringify(wrong)})`;
  throw new ImporterError('usage', `What is to be sent can't be written as JSON${named}. Nothing was sent.`, {
    next: 'It is an object of texts, numbers, true, false, null, and lists and objects of those.',
    cause,
  });
}

/** A field that is undefined is not given; in a list it would be null. An invalid date has come here as null already. */
function isLost(value: unknown, holder: object, name: string): boolean {
  if (value === null) return Object.entries(holder).some(([key, held]) => key === name && held instanceof Date);
  if (typeof value === 'number') return !Number.isFinite(value);
  if (value === undefined) return Array.isArray(holder);
  return typeof value === 'function' || typeof value === 'symbol';
}

/** What Clarky sends (Clarky API, "The contact", "Endpoints that matter here"). Only `id` is relied on; the rest may be missing. */

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

/** What Clarky sends (Clarky API, "The contact", "Endpoints that matter here"). Only `id` is relied on; the rest may be missing. */

/** A contact as answered: fields as they came, unchecked beyond `id`. */
export interface WireContact extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

export interface WirePipeline extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly bot_id: string;
}

export interface WireStage extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

/** What a list says of its pages, as far as it does. */
export interface Pagination {
  readonly total: number | undefined;
  readonly totalPages: number | undefined;
}

export interface Page<Item> {
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
  readonly search?: string;
  readonly tags?: string;
  readonly lead_source?: string;
  readonly pipeline_stage_id?: string;
  readonly bot_id?: string;
  readonly created_after?: string;
  readonly created_before?: string;
  readonly updated_after?: string;
}

/** What is wrong with one value or one record. Expected, so a value and never a throw; all of a row's at once. */
export interface Problem {
  /** Stable, for scripts: `invalid_email`, `phone_needs_country`, `wrong_cell_count`… */
  readonly code: string;
  /** The column's header as the file spells it; undefined where the whole record is meant. */
  readonly column?: string;
  /** One sentence: what is wrong, quoting the value where it helps. It may hold personal data: never logged. */
  readonly message: string;
  /** What to do about it, as a sentence or a flag. */
  readonly hint?: string;
}

/** Clarky has made a second contact of it. Sent again, it would make a third, whatever its row says by then. */
export const SECOND_IN_CLARKY = 'second_in_clarky';

/** The code of a phone without its country. */
export const LACKS_COUNTRY = 'phone_needs_country';

/** The code of a value that Clarky was sent and does not show. */
export const DROPPED_BY_CLARKY = 'dropped_by_clarky';

/** The code of a contact that was sent before, and that somebody has deleted in Clarky since. */
export const DELETED_IN_CLARKY = 'deleted_in_clarky';

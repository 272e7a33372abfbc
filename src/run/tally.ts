/** The books of a run: every record is in exactly one of them. */
import type { ImporterError } from '../errors.js';
import type { LeftOutValue } from '../plan/left-out-values.js';
import type { CountryOfFile } from './reading/likely-countries.js';

/** What every command says of how it ended, in the same words wherever it is told. */
export interface Ended {
  /** Where Clarky was: the API's base. */
  readonly api: string;
  /** The bot that the contacts belong to. */
  readonly bot: string;
  /** When it began, as ISO 8601. */
  readonly start: string;
  /** When it ended, as ISO 8601. */
  readonly end: string;
  /** What a command line exits with (docs/unattended.md). */
  readonly exit: number;
  /** Of a run that was stopped: by what, as the code of an `ImporterError`. */
  readonly error?: string;
  /** Of a run that was stopped: by what, as a sentence. */
  readonly message?: string;
}

/** What a run warned of: a code, and a sentence without personal data. */
export interface Warned {
  /** Stable, for programs. */
  readonly code: string;
  /** Without personal data. */
  readonly message: string;
}

/** The summary that `--json` prints (docs/unattended.md). */
export interface Summary extends Ended {
  /** As it was named; `rows` where rows without a name were given. */
  readonly file: string;
  /** Of a workbook: the sheet that was read. */
  readonly sheet?: string;
  /** Of a workbook: the other sheets with contacts of which nothing was sent yet. Absent where there are none. */
  readonly unsentSheets?: readonly string[];
  /** Of several files: the counts of each, which add up to those of all. */
  readonly files?: readonly FileCounts[];
  /** Data records in the file. */
  readonly rows: number;
  /** Distinct contacts among the valid records. */
  readonly contacts: number;
  /** Contacts that Clarky did not have, and has now. */
  readonly created: number;
  /** Contacts that Clarky had, and that were written to. */
  readonly updated: number;
  /** Contacts that need no write: Clarky has them as the file has them. */
  readonly unchanged: number;
  /** Records folded into another record of the same contact. */
  readonly merged: number;
  /** Records that are not sent, or that Clarky rejected, as `reasons` tells. */
  readonly rejected: number;
  /** How many rows were rejected for what, by the codes of their problems: a row with several is counted under each. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Contacts not yet accepted, since the run was stopped early. */
  readonly pending: number;
  /** Of the unchanged: rows that are rejected as they stand, and are in Clarky as they were corrected in the rejects file. */
  readonly correctedRows?: number;
  /** Contacts that went without a value of their row: without which, and why. Absent where there are none. */
  readonly leftOut?: readonly LeftOutValue[];
  /** Of the rejected: rows that `--on-invalid omit` would send, without the values that can't be read. Absent where there are none. */
  readonly omittable?: number;
  /** Of the updated: contacts that no import of the file had sent, and that Clarky had. Absent in a first import, and with `--live`. */
  readonly metThere?: number;
  /** Where phones lack their country: the one that the file speaks for (ISO 3166-1 alpha-2). Absent where there is none. */
  readonly likelyCountry?: string;
  /** Of several files whose phones are not all of one country: those that speak for one. Absent where there are none. */
  readonly likelyCountries?: readonly CountryOfFile[];
  /** Contacts of earlier imports that are not in the file any more: they stay in Clarky. Left out where the run was stopped. */
  readonly absent?: number;
  /** Writes sent, retries included. */
  readonly requests: number;
  /** 429s met. */
  readonly throttled: number;
  /** Writes that were sent again. */
  readonly retries: number;
  /** How long it took; of a plan, how long the writes would take at least. */
  readonly seconds: number;
  /** True where nothing is pending. */
  readonly complete: boolean;
  /** The path of the checkpoint, or `memory`. */
  readonly checkpoint: string;
  /** The path of the rejects file, which is there only where rows were rejected; '' where none of this run stands there. */
  readonly rejects: string;
  /** True where the file is a rejects file itself: what is rejected of it is corrected in it. */
  readonly isRejectsFile?: boolean;
  /** Where rows are rejected: rejects files that were changed, and not imported since: import them to send what was corrected. Absent where there are none. */
  readonly unsentRejects?: readonly string[];
  /** The path of the log; '' where none is written. */
  readonly log: string;
  /** '' where none is written. */
  readonly report: string;
  /** Settings that were not given now and are as the import before had them, such as `--on-invalid omit`; of free text the flag alone. Absent where there are none. */
  readonly kept?: readonly string[];
  /** What was warned of, without personal data. Absent where there was nothing. */
  readonly warnings?: readonly Warned[];
  /** True where `undo` can take back what was written (`--live`). */
  readonly undoable: boolean;
}

export type Outcome = 'created' | 'updated' | 'unchanged' | 'rejected';

/** Counts as they stand at one moment. `pending` is what no other count holds yet. */
export type Counts = Pick<
  Summary,
  | 'rows'
  | 'contacts'
  | 'created'
  | 'updated'
  | 'unchanged'
  | 'merged'
  | 'rejected'
  | 'pending'
  | 'requests'
  | 'throttled'
  | 'retries'
  | 'correctedRows'
>;

/** Of several files, what became of one: each of its rows is in exactly one count; a contact of several rows stands with the last of them. */
export type FileCounts = Pick<Summary, 'file' | 'rows' | Outcome | 'merged' | 'pending' | 'correctedRows'>;

export class Tally {
  readonly #rows: number;
  #contacts: number;
  #created = 0;
  #updated = 0;
  #unchanged = 0;
  #merged = 0;
  #rejected = 0;
  #corrected = 0;
  #held = 0;
  requests = 0;
  throttled = 0;
  retries = 0;

  constructor(total: { rows: number; contacts: number }) {
    this.#rows = total.rows;
    this.#contacts = total.contacts;
  }

  /** How many contacts there are, once more is known of who is who. */
  decided({ contacts }: { readonly contacts: number }): void {
    this.#contacts = contacts;
  }

  /** Counts a contact's end, with the number of records that it was folded from. */
  count(outcome: Outcome, records: number): void {
    // A refused contact takes all its records along: none of them has reached Clarky.
    if (outcome === 'rejected') {
      this.#rejected += records;
      return;
    }
    if (outcome === 'created') this.#created++;
    else if (outcome === 'updated') this.#updated++;
    else this.#unchanged++;
    this.#merged += records - 1;
  }

  /** A row that was to be rejected is a contact all the same. */
  countHeldContact(): void {
    this.#held++;
  }

  /** Rows that nothing is left to do with, since they were corrected before. */
  countCorrected(records: number): void {
    this.#corrected += records;
    this.#unchanged += records;
  }

  /**
   * The counts now.
   * @param stillMerged records merged into contacts that are still pending: those are merged, not pending
   */
  counts(stillMerged = 0): Counts {
    const merged = this.#merged + stillMerged;
    const decided = this.#created + this.#updated + this.#unchanged + merged + this.#rejected;
    return {
      rows: this.#rows,
      contacts: this.#contacts + this.#corrected + this.#held,
      created: this.#created,
      updated: this.#updated,
      unchanged: this.#unchanged,
      merged,
      rejected: this.#rejected,
      pending: this.#rows - decided,
      requests: this.requests,
      throttled: this.throttled,
      retries: this.retries,
      ...(this.#corrected === 0 ? {} : { correctedRows: this.#corrected }),
    };
  }
}

/**
 * Asserts that every record is in exactly one count: an import that can't account for a record must not look well.
 * @throws Error, a bug, where they don't add up
 */
export function assertBooksBalance(counts: Counts): void {
  const { created, updated, unchanged, merged, rejected, pending } = counts;
  const parts = [created, updated, unchanged, merged, rejected, pending];
  const sum = parts.reduce((total, count) => total + count, 0);
  if (sum !== counts.rows || parts.some((count) => count < 0)) {
    throw new Error(`the books don't balance: ${JSON.stringify(counts)}`);
  }
}

/** What came of an import. */
export interface ImportResult {
  /** What `--json` prints. */
  readonly summary: Summary;
  /** What stopped the run before its end, if something did; the rest is pending. */
  readonly stoppedBy: ImporterError | undefined;
  /** `exit` of the summary. */
  readonly exitStatus: number;
}

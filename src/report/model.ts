/** What a report says. Headers, counts, codes, lines and times; what else could be personal data is in `data` alone. */
import { type Place } from '../wording/rows/lines.js';
import type { OutcomeCounts } from './charts/outcome-bar.js';
import type { RejectsTable } from './rejects-table.js';
import type { LeftCounts } from '../wording/left-as-is.js';
import type { LeftOut } from '../wording/left-out.js';
import type { TimelineData } from './timeline.js';

export interface ReportColumn {
  readonly column: string;
  /** A field, or `ignore`, `unmapped`, `undecided`. */
  readonly to: string;
  readonly isSent: boolean;
  readonly reason: string;
  /** 0 to 1. */
  readonly fillRate: number;
  /** Personal data: shown only with `withData`. */
  readonly samples: readonly string[];
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

export interface ImportReport {
  /** The file's name, without its folder; of a workbook with the sheet. */
  readonly file: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly counts: OutcomeCounts;
  readonly requests: number;
  readonly throttled: number;
  readonly retries: number;
  /** Cells and rows of the file that were read as somebody corrected them beside it. */
  readonly corrections: number;
  /** Rows that somebody left out: they are in no other count. */
  readonly rowsLeftOut: number;
  /** What stopped the run before its end. */
  readonly stopped:
    | {
        readonly message: string;
        readonly next: string | undefined;
        /** Somebody stopped it on purpose: no failure. */
        readonly isAsked?: boolean;
      }
    | undefined;
  readonly timeline: TimelineData;
  readonly rejects: RejectsTable;
  /** Contacts that went without a value of their row. */
  readonly leftOut: readonly LeftOut[];
  /** Lines of rows that were held for a phone or an e-mail of different people; the first of them, and how many in all. */
  readonly held: { readonly rows: number; readonly lines: readonly Place[] };
  readonly columns: readonly ReportColumn[];
  readonly settings: readonly Setting[];
  readonly next: readonly NextStep[];
  /** Rejected values, where they are wanted: at most some. */
  readonly data: readonly RejectedValue[] | undefined;
}

/** Personal data. */
export interface RejectedValue {
  readonly place: Place;
  readonly column: string;
  readonly message: string;
}

export interface NextStep {
  readonly words: string;
  /** What to press on the page for the same, as what follows "On the page: "; undefined where it has nothing for it. */
  readonly press?: string | undefined;
  readonly command: string;
}

export interface VerifyReport {
  /** With the sheet, as of the others. */
  readonly file: string;
  /** Of a workbook. */
  readonly sheet?: string | undefined;
  readonly endedAt: string;
  readonly contacts: number;
  readonly checked: number;
  readonly same: number;
  /** Of the same: contacts that went without a value of their row; without which, and why. */
  readonly withoutValues: number;
  readonly leftOut?: readonly LeftOut[];
  /** Rows that were rejected, and are in Clarky as they were corrected. */
  readonly corrected: number;
  /** Cells and rows of the file that were read as somebody corrected them beside it. */
  readonly corrections: number;
  readonly different: number;
  /** Of the different: those that an undo has set back. */
  readonly setBack: number;
  readonly missing: number;
  /** Of the missing: those that no import has sent, or that were taken back. */
  readonly notSent: number;
  readonly takenBack: number;
  readonly unknown: number;
  readonly rejected: number;
  /** By field: how many contacts differ in it. */
  readonly fields: readonly { readonly field: string; readonly contacts: number }[];
  /** Lines of what differs or is missing, the first of them. */
  readonly lines: readonly Place[];
  readonly next: readonly NextStep[];
  /** Old and new values, where they are wanted. Personal data. */
  readonly data:
    | readonly { readonly place: Place; readonly field: string; readonly expected: string; readonly found: string }[]
    | undefined;
}

export interface UndoReport {
  readonly file: string;
  readonly sheet?: string | undefined;
  readonly startedAt: string;
  readonly contacts: number;
  readonly deleted: number;
  readonly setBack: number;
  readonly left: number;
  readonly leftBecause?: LeftCounts | undefined;
  readonly nothingToDo: number;
  readonly pending: number;
  /** Where another undo went before: what all of them have taken back. */
  readonly inAll?: { readonly done: number; readonly of: number } | undefined;
  /** Contacts of the file that are in Clarky and no undo takes back. */
  readonly beyondUndo: number;
  readonly leftLines: readonly Place[];
  readonly next: readonly NextStep[];
}

/** What page and server tell each other. Types alone: all that the page knows of the program. */
import type { LikelyCountryView, SendingChoices } from './wire-choices.js';
import type { Counts, FileEntry, JobsTold, WireError } from './wire-runs.js';

export type * from './wire-choices.js';
export type * from './wire-edits.js';
export type * from './wire-runs.js';

/** Everything that the page shows without asking for it. */
export interface UiState extends JobsTold {
  readonly version: string;
  readonly folder: string;
  readonly demo: boolean;
  /** Enter in the terminal that the program runs in prints another address. */
  readonly hearsEnter: boolean;
  readonly key: {
    readonly isThere: boolean;
    readonly from: 'environment' | 'typed' | 'sandbox' | null;
    /** Another key has another number. */
    readonly nth: number;
    /** Whether Clarky takes it; null where it was not asked yet. */
    readonly isGood: boolean | null;
    /** Why Clarky could not be asked when it was asked last. */
    readonly trouble: WireError | null;
  };
  readonly host: string;
  /** Where Clarky is, whole. */
  readonly address: string;
  /** Addresses of other Clarkies that were used before, whole: those that were typed here, and those that files were sent to. */
  readonly addresses: readonly string[];
  /** Other programs that serve a page of this folder. */
  readonly otherPages: readonly OtherPage[];
  /** The newest of the folder, and those that somebody works on. */
  readonly files: readonly FileEntry[];
  readonly fileCount: number;
  /** Copies of what was dropped, which may go again. */
  readonly removable: readonly string[];
  /** The file to begin with, where one was named. */
  readonly first: string | null;
}

/** Where another program serves a page of the same folder, and its process. */
export interface OtherPage {
  readonly address: string;
  readonly pid: number;
  readonly words: string;
}

/** Files by words of their names: the newest of `total`. */
export interface FoundFiles {
  readonly files: readonly FileEntry[];
  readonly total: number;
}

export interface ReadingView {
  readonly encoding: string;
  readonly isEncodingGuessed: boolean;
  readonly delimiter: string;
  /** 0 where it has none; null where the names of the columns come with the form. */
  readonly headerLine: number | null;
  readonly sheet: string | null;
  /** The sheets to choose from, and those of them that hold contacts. */
  readonly sheets: readonly string[];
  readonly sheetsWithContacts: readonly string[];
  readonly country: string | null;
  /** A column says of each row where it is: its phones are of there. */
  readonly rowsHaveCountries: boolean;
  /** Where the numbers without + are most likely from, where nobody has said it. */
  readonly likelyCountry: LikelyCountryView | null;
  readonly system: string | null;
  readonly notes: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly {
    readonly line: number;
    readonly cells: readonly string[];
    readonly problem: string | null;
    /** Cells, by their place, that somebody corrected: what is read instead. */
    readonly corrected: readonly { readonly at: number; readonly value: string }[];
    /** Somebody left the row out. */
    readonly isLeftOut: boolean;
  }[];
  readonly noHeader: boolean;
  readonly countries: readonly string[];
}

export interface ColumnView {
  readonly index: number;
  readonly header: string;
  readonly to: string;
  /** The field that it is sent as, which may be a custom one that nobody chose; null where it is left out. */
  readonly sentAs: string | null;
  readonly reason: string;
  readonly isUndecided: boolean;
  readonly suggestions: readonly string[];
  readonly samples: readonly SampleView[];
  readonly fillRate: number;
  /** Values that can be read in two ways, and how. */
  readonly open: { readonly kind: 'money' | 'date'; readonly values: number } | null;
  readonly decimal: 'point' | 'comma' | null;
  readonly dates: 'dmy' | 'mdy' | null;
  /** What each way of reading makes of a value of the column; empty where there are no two. */
  readonly ways: readonly {
    readonly way: 'point' | 'comma' | 'dmy' | 'mdy';
    readonly from: string;
    readonly to: string;
  }[];
}

/** A value, and what becomes of it. */
export interface SampleView {
  readonly from: string;
  readonly to: string | null;
  readonly problem: string | null;
}

export interface MappingView {
  readonly columns: readonly ColumnView[];
  readonly fields: readonly string[];
}

/** What a person decided of one column. */
export interface ColumnChoice {
  readonly index: number;
  readonly to: string;
  readonly decimal?: 'point' | 'comma' | null;
  readonly dates?: 'dmy' | 'mdy' | null;
}

export interface ReasonView {
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
  readonly count: number;
  readonly columns: readonly { readonly column: string; readonly count: number }[];
}

/** What keeps no row back, and somebody may want to know all the same. */
export interface RemarkView {
  readonly code: string;
  readonly title: string;
  readonly count: number;
  /** The first few, with what was read or left out. */
  readonly examples: readonly { readonly line: number; readonly message: string }[];
}

/** Doubts of one kind: how many, and the first in words. */
export interface DoubtView {
  readonly title: string;
  readonly count: number;
  readonly examples: readonly string[];
}

export interface PlanView {
  /** The very plan that `plan --json` prints. */
  readonly plan: PlanCounts;
  readonly sentence: string;
  readonly header: readonly string[];
  readonly reasons: readonly ReasonView[];
  /** Where phones that lack their country are most likely from. */
  readonly likelyCountry: LikelyCountryView | null;
  readonly remarks: readonly RemarkView[];
  readonly chosen: SendingChoices;
  /** Contacts that would go without a value of their row, in words. */
  readonly leftOut: readonly string[];
  /** Rows that are sent as one contact though their names may be those of two people. */
  readonly doubts: readonly DoubtView[];
  readonly corrected: number;
  readonly isUndoable: boolean;
  /** No import of the file has begun: whom it would update was sent from another one. */
  readonly isFirst: boolean;
  /** What becomes of each column of `header`. */
  readonly columns: readonly PlannedColumnView[];
  /** What it was made of; given back to send this plan and no other. */
  readonly revision: string;
}

export interface PlannedColumnView {
  readonly isSent: boolean;
  /** Some row has a value in it. */
  readonly isFilled: boolean;
  readonly isUndecided: boolean;
  /** What stands in it where there is no value (n/a, #REF!), and in how many rows; none of a column that is not sent. */
  readonly blanks: readonly { readonly text: string; readonly rows: number }[];
}

export interface PlanCounts extends Counts {
  readonly requests: number;
  readonly seconds: number;
  /** Rows that somebody left out: they are in no other count. */
  readonly rowsLeftOut: number;
  /** True where the workspace was read: only then is it known who is new. */
  readonly live: boolean;
  /** How the file was read, and what of it is no row. */
  readonly notes: readonly string[];
}

/** What would change in contacts that are there. */
export interface ChangesView {
  /** The plan, now that it is known who is there. */
  readonly plan: PlanView;
  /** How many contacts would change; `changes` are the first of them. */
  readonly total: number;
  readonly changes: readonly {
    readonly lines: readonly number[];
    readonly differences: readonly { readonly field: string; readonly from: string; readonly to: string }[];
  }[];
}

/** The bots that the key sees, and the one that gets the contacts; null where nobody has chosen. */
export interface BotsView {
  readonly bots: readonly { readonly id: string; readonly pipelines: readonly string[] }[];
  readonly chosen: string | null;
}

export interface RowView {
  readonly line: number;
  readonly outcome: string;
  readonly cells: readonly string[];
  readonly problems: readonly { readonly code: string; readonly column: string | null; readonly message: string }[];
  /** Of a rejected row: without the values that are wrong, it would be somebody still. */
  readonly canDoWithout: boolean;
  /** Of a merged row: the line of the row that it is sent with. */
  readonly into?: number;
}

export interface RowPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly RowView[];
}

/** Of what page and server tell each other: files, and what runs or has run on them. */
import type { TimelineData } from '../report/timeline.js';
import type { LeftCounts } from '../wording/left-as-is.js';
import type { Counts as RunCounts, Outcome } from '../run/tally.js';

export type JobKind = 'plan' | 'import' | 'verify' | 'undo';

/** An error that stopped something, as the command line would tell it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly next: string | null;
}

export type Counts = Pick<RunCounts, 'contacts' | 'rows' | Outcome | 'merged' | 'pending'>;

/** A spreadsheet of the folder. */
export interface FileEntry {
  /** Opaque; the page never names a path. */
  readonly id: string;
  readonly name: string;
  /** It was renamed or removed while something was under way with it. */
  readonly isGone: boolean;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly hasReport: boolean;
  readonly hasRejects: boolean;
  readonly hasCorrections: boolean;
  readonly lastRun: LastRun | null;
  /** Of a workbook: the newest import of each sheet that was sent, the last one last. */
  readonly sheets: readonly SheetRun[];
  /** What was taken back of the last import. */
  readonly undone: UndoneView | null;
  /** Something is left in the journal of what its last import changed. */
  readonly isUndoable: boolean;
  /** How many contacts undo can take back of it until another import that can be undone sends something. */
  readonly undoEndsFor: number;
  readonly accepted: number;
  /** Contacts that an undo has set back: they are in Clarky as they were before. */
  readonly setBack: number;
  /** All of it was sent, and it is another file since. */
  readonly isChanged: boolean;
  /** How many contacts are to be sent of a file that changed; null where that is not known. */
  readonly toSend: number | null;
  /** Of those in Clarky: how many no undo takes back. */
  readonly beyondUndo: number;
  /** Other Clarkies that it was sent to. */
  readonly sentTo: readonly PlaceView[];
  /** The command line, or another page's program, is at work on it just now: what was sent is told of where that sends it. */
  readonly elsewhere: ElsewhereView | null;
  /** Of the file and what was decided of it: another one means that a plan shown is no more. */
  readonly revision: string;
}

/** Another program that is at work on a file. */
export interface ElsewhereView {
  readonly process: number;
  /** The name of the machine that it runs on. */
  readonly machine: string;
  /** Whether it can be asked from here to stop, or what is in the way; `asked`: it was, by this page. */
  readonly stop: 'here' | 'asked' | 'other_user' | 'other_machine' | 'no_signals';
  /** Where it sends to; null of an earlier version, which does not say. */
  readonly place: PlaceView | null;
  /** That is the Clarky of this page. */
  readonly isHere: boolean;
  readonly bot: string | null;
}

/** A Clarky: its host, or its whole address where there are several on one host. */
export interface PlaceView {
  readonly name: string;
  readonly address: string;
}

export interface SheetRun {
  readonly name: string;
  /** How many sheets of the workbook hold contacts. */
  readonly of: number;
  readonly run: LastRun;
  /** What was taken back of it since. */
  readonly undone: UndoneView | null;
  /** Something is left in the journal of what it changed. */
  readonly isUndoable: boolean;
  /** How many contacts undo can take back of it until another import that can be undone sends something. */
  readonly undoEndsFor: number;
}

/** What all undos of an import have taken back so far. */
export interface UndoneView {
  /** Of so many contacts. */
  readonly of: number;
  readonly done: number;
  /** Left as they are, and how many for each reason. */
  readonly left: number;
  readonly because: LeftCounts;
}

/** The newest import of a file, whoever made it. */
export interface LastRun {
  /** When it began. */
  readonly at: string;
  /** When the newest of what is told here became known: its end, or what was taken back of it since. */
  readonly toldAt: string;
  /** null where it was cut off. */
  readonly counts: Counts | null;
  readonly sentence: string;
  readonly mood: 'good' | 'mixed' | 'stopped';
  /** Of a workbook. */
  readonly sheet: string | null;
}

export interface RunReason {
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
  readonly count: number;
}

/** What runs, or ran last, on each file. */
export interface JobsTold {
  readonly jobs: readonly JobView[];
  /** When this was told, by the clock of the jobs: what is missing was there no more. */
  readonly toldMs: number;
}

/** Something that runs, or has run, on a file. */
export interface JobView {
  readonly file: string;
  /** When this was told, in milliseconds of a clock that is never set: answers and states overtake each other on the way. */
  readonly toldMs: number;
  readonly kind: JobKind;
  /** Of a workbook: the sheet, where it is known. */
  readonly sheet: string | null;
  readonly phase: 'reading' | 'workspace' | 'sending' | 'asking' | 'ended' | 'failed';
  /** null while it goes on. */
  readonly endedAt: string | null;
  /** The sentence of the moment. */
  readonly sentence: string;
  readonly stopping: boolean;
  readonly counts: Counts | null;
  readonly limit: { readonly writes: number | null; readonly windowMs: number } | null;
  /** That the limit is another one than at the start. */
  readonly limitSaid: string | null;
  readonly inWindow: number;
  readonly perMinute: number | null;
  readonly secondsLeft: number | null;
  /** What has to wait, and when it can go out, in milliseconds since the epoch; null where nothing waits. */
  readonly nextOut: { readonly of: 'writes' | 'reads'; readonly atMs: number } | null;
  /** It waits for what was sent with the key before this run, or by others. */
  readonly waitsForEarlier: boolean;
  readonly timeline: TimelineData | null;
  readonly latest: readonly { readonly line: number; readonly outcome: string }[];
  readonly workspace: { readonly known: number; readonly total: number | null } | null;
  readonly error: WireError | null;
  readonly undoPlan: UndoPlanView | null;
  /** How far an undo is that was agreed to. */
  readonly undoing: { readonly done: number; readonly of: number } | null;
  /** Of an import that has ended: why rows were rejected, the workspace's and Clarky's reasons too. */
  readonly reasons: readonly RunReason[];
  /** Of a verify that has ended. */
  readonly found: FoundView | null;
  /** Of an import that has ended: contacts that went without a value of their row, in words. */
  readonly leftOut: readonly string[];
  /** Of an import that has ended: what it met on its way and is told nowhere else. */
  readonly warnings: readonly string[];
  /** How it ended, for the colour of the verdict. */
  readonly mood: 'good' | 'mixed' | 'stopped' | null;
}

/** What a verify found, as the differences file has it. */
export interface FoundView {
  /** The first of them, one for each field that differs. */
  readonly rows: readonly {
    readonly line: string;
    readonly what: string;
    /** Its e-mail, or else its phone. */
    readonly who: string;
    readonly field: string;
    readonly expected: string;
    readonly found: string;
  }[];
  readonly total: number;
  /** All of them are in a file. */
  readonly hasFile: boolean;
  /** Some are not there since they were taken back. */
  readonly hasTakenBack: boolean;
}

/** Of which sheet of a workbook a run was, when it began, and where it went. */
interface RunOfLog {
  readonly at: string;
  readonly sheet: string | null;
  /** The host of Clarky; its whole address where there are several on one host, null where the log does not say it. */
  readonly place: string | null;
  /** It went to the Clarky of now, so far as is known. */
  readonly isHere: boolean;
}

/** What a log tells of an import, or of what was taken back. */
export type PastRun =
  | (RunOfLog & { readonly kind: 'import' } & Readonly<
        Record<'created' | 'updated' | 'unchanged' | 'merged' | 'rejected' | 'pending', number>
      > & {
        /** It was killed: its numbers are those of the contacts that the log tells of. */
        readonly isCutOff: boolean;
      })
  | (RunOfLog & { readonly kind: 'undo' } & Readonly<Record<'deleted' | 'setBack' | 'left' | 'pending', number>> & {
        readonly leftBecause: LeftCounts;
      });

export interface UndoPlanView {
  /** Which import it is: when it began, of a workbook the sheet, and where it went. */
  readonly importedAt: string;
  readonly sheet: string | null;
  readonly host: string;
  readonly contacts: number;
  readonly toDelete: number;
  readonly toSetBack: number;
  readonly left: number;
  readonly leftBecause: LeftCounts;
  /** Sheets whose imports have written since to what is left. */
  readonly laterSheets: readonly string[];
  /** Contacts of the file that no undo takes back. */
  readonly beyondUndo: number;
}

/** The one stream of events of a run. It formats no text: each output is a listener (run/outputs, cli/views). */
import type { UnclearName } from './plan/unclear-names.js';
import type { LeftBecause, UndoCounts } from '../wording/left-as-is.js';
import type { ClientEvent } from '../api/client-event.js';
import type { Problem } from '../problem.js';
import type { WriteRate } from '../settings/times.js';
import type { SourceRecord } from '../source/record.js';
import type { Remark } from '../plan/left-out.js';
import type { Counts, Outcome, Summary } from './tally.js';

export type { LeftBecause, UndoCounts };

/** What a run tells while it works. */
export type ImportEvent =
  /** What is to be imported is read: at once, and of rows that are no file from time to time. */
  | {
      readonly type: 'reading';
      /** How many rows were read so far. */
      readonly rows: number;
    }
  /** The first contact is about to be sent. */
  | {
      readonly type: 'started';
      /** As it was named. */
      readonly file: string;
      /** Of a workbook: the sheet that is read. */
      readonly sheet?: string | undefined;
      /** When the import began, as ISO 8601. */
      readonly start: string;
      /** Where Clarky is: the API's base. */
      readonly api: string;
      /** The bot that the contacts belong to. */
      readonly bot: string;
      /** The counts before the first write. */
      readonly counts: Counts;
      /** The write limit to begin with. */
      readonly limit: WriteRate | 'off';
    }
  /** One contact's end. */
  | {
      readonly type: 'contact';
      /** What became of it. */
      readonly outcome: Outcome;
      /** The records that it was made of: personal data. */
      readonly records: readonly SourceRecord[];
      /** Values that were left out of it, and mere remarks. */
      readonly remarks: readonly Remark[];
      /** Its id in Clarky, where it is there. */
      readonly contactId?: string;
      /** Of the answer that settled it; absent where nothing was sent. */
      readonly status?: number;
      /** How often it was sent. */
      readonly attempts: number;
      /** How long that took. */
      readonly ms: number;
      /** True for one that was updated, though no import of the file had sent it: Clarky had it already. */
      readonly wasThere?: boolean;
      /** Where it was rejected: why. */
      readonly problems: readonly Problem[];
      /** Where it was rejected: true if it has an e-mail or phone left to be sent with, without the values that are wrong. */
      readonly canDoWithout?: boolean;
    }
  /** Contacts that the run has not come to yet, and that need no write: seen while the first ones wait for the window. */
  | {
      readonly type: 'ahead';
      /** How many. */
      readonly contacts: number;
      /** Of how many rows. */
      readonly rows: number;
      /** Whether all of the file was looked at: before that there may be more of them. */
      readonly isWhole: boolean;
    }
  /** Records of one email with different names, or of one phone and the second without a name: sent as one contact. The names are personal data. */
  | {
      readonly type: 'name_doubt';
      /** The lines of the two. */
      readonly lines: readonly [number, number];
      /** Of several files: which each of these lines is of. */
      readonly files?: readonly string[];
      /** Their names: personal data. */
      readonly names: readonly [string, string];
    }
  /** A row is sent as the contact that has its e-mail, under a name in a script that can't be compared with its own. */
  | ({ readonly type: 'unclear_name' } & UnclearName)
  /** What a run waits for, where it is not its file: an answer of Clarky. */
  | {
      readonly type: 'asking';
      /** What the key may do, or which contacts there are. */
      readonly what: 'access' | 'contacts';
    }
  /** Another import, or an undo, is using the checkpoint: its end is waited for. */
  | {
      readonly type: 'locked';
      /** Who has it, as a sentence. */
      readonly message: string;
      /** When it is waited for no longer, in ms since the epoch. */
      readonly untilMs: number;
    }
  /** The workspace is read: contacts known so far, and in all where Clarky says that. */
  | {
      readonly type: 'workspace';
      /** Contacts read so far. */
      readonly known: number;
      /** How many there are, where Clarky says that. */
      readonly total: number | undefined;
    }
  /** What undo did with one contact. `fields` are those set back, or those that somebody changed since. */
  | {
      readonly type: 'undone';
      /** Of the row that it came from. */
      readonly line: number;
      /** Of several files: the one that it is of. */
      readonly file?: string | undefined;
      /** Its id in Clarky. */
      readonly contactId: string | undefined;
      /** What was done with it. */
      readonly outcome: 'deleted' | 'set_back' | 'left' | 'nothing';
      /** The fields set back, or those that somebody changed since. */
      readonly fields: readonly string[];
    }
  /** An undo has ended: what it did with how many contacts. */
  | ({
      readonly type: 'undo_ended';
      /** When it began, as ISO 8601. */
      readonly start: string;
      /** Of a workbook: the sheet whose import it undid. */
      readonly sheet?: string | undefined;
      /** Where Clarky is. */
      readonly api?: string | undefined;
    } & UndoCounts)
  /** The window is spent, or all writes pause after a 429: the next one can go out at `untilMs`, since the epoch. */
  | {
      readonly type: 'waiting';
      /** Writes of this run that are out and not answered yet. */
      readonly underWay?: number;
      /** When the next write can go out, in ms since the epoch. */
      readonly untilMs: number;
    }
  /** What a key may read in a minute is spent: the next read can go out at `untilMs`. */
  | {
      readonly type: 'reads_waiting';
      /** In ms since the epoch. */
      readonly untilMs: number;
    }
  /** An attempt of a request ended: with a status, or without an answer. */
  | ({ readonly type: 'request' } & Omit<Extract<ClientEvent, { type: 'attempt' }>, 'type'>)
  /** Clarky answered 429: all writes pause. */
  | {
      readonly type: 'throttled';
      /** For how long. */
      readonly waitMs: number;
    }
  /** A request got no answer, or one that may pass: it is sent again. */
  | ({
      readonly type: 'retrying';
      /** When the run stops unless something gets through, in ms since the epoch. */
      readonly endsMs: number;
    } & Omit<Extract<ClientEvent, { type: 'retry' }>, 'type' | 'endsInMs'>)
  /** Requests get through again, after what `retrying` has told of. */
  | {
      readonly type: 'answering';
      /** False where nothing had been answered before. */
      readonly again: boolean;
    }
  /** Writes are spaced evenly from here on, or no longer. */
  | {
      readonly type: 'pace';
      /** Whether they are. */
      readonly even: boolean;
      /** Why, as a part of a sentence. */
      readonly reason: string;
    }
  /** The limit in force has changed to this, or a step towards what Clarky announces. */
  | ({ readonly type: 'limit' } & WriteRate)
  /** Another program uses the key. */
  | {
      readonly type: 'other_program';
      /** How many writes of its in the window. */
      readonly writes: number;
    }
  /** Something that is worth knowing, and ends nothing. */
  | {
      readonly type: 'warning';
      /** Stable, for programs: `settings_kept`, `listener_failed`… */
      readonly code: string;
      /** A sentence. */
      readonly message: string;
      /** Of a wait: when it is over at the latest, in ms since the epoch. */
      readonly untilMs?: number;
      /** It quotes the file: for the person who runs it, and not for the log. */
      readonly isPersonal?: boolean;
      /** Of a listener that failed (`listener_failed`): what it threw. */
      readonly cause?: unknown;
      /** The same without what it quotes, for the log and the summary. */
      readonly withoutData?: string;
      /** Of columns that are not sent (`left_out_columns`): each, and why. */
      readonly columns?: readonly { readonly column: string; readonly reason: string }[];
      /** Of settings that go on to hold: which, without personal data. */
      readonly kept?: readonly string[];
    }
  /** The run stops: what is in flight is let finish. */
  | {
      readonly type: 'stopping';
      /** The code of the `ImporterError` that stops it. */
      readonly code: string;
      /** Its sentence. */
      readonly message: string;
    }
  /** The run stops, by itself or since it was asked to, and waits for so many requests that are under way. */
  | {
      readonly type: 'finishing';
      /** How many. */
      readonly requests: number;
      /** Whether it was asked to stop. */
      readonly isAsked: boolean;
      /** The code of the `ImporterError` that stops it. */
      readonly code?: string;
    }
  /** How far it is, from time to time. */
  | {
      readonly type: 'progress';
      /** As they stand. */
      readonly counts: Counts;
    }
  /** The last of a run. */
  | {
      readonly type: 'ended';
      /** What the call gives. */
      readonly summary: Summary;
      /** `exit` of the summary. */
      readonly exitStatus: number;
    };

/** Who is told what a run does; what it throws ends nothing. */
export type ImportListener = (event: ImportEvent) => void;

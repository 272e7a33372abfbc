/** The one stream of events of a run. The runner formats no text: each output is a listener (run/outputs, cli/views). */
import type { LeftBecause, LeftCounts } from '../wording/left-as-is.js';
import type { ClientEvent } from '../api/exchange.js';
import type { Problem } from '../problem.js';
import type { WriteRate } from '../settings/times.js';
import type { SourceRecord } from '../source/record.js';
import type { Remark } from '../plan/planned.js';
import type { Counts, Outcome, Summary } from './tally.js';

export type { LeftBecause };

export type ImportEvent =
  | {
      readonly type: 'started';
      readonly file: string;
      readonly api: string;
      readonly bot: string;
      readonly counts: Counts;
      /** The write limit to begin with. */
      readonly limit: WriteRate | 'off';
    }
  /** One contact's end. */
  | {
      readonly type: 'contact';
      readonly outcome: Outcome;
      readonly records: readonly SourceRecord[];
      readonly remarks: readonly Remark[];
      readonly contactId?: string;
      readonly status?: number;
      readonly attempts: number;
      readonly ms: number;
      /** True for one that was updated, though no import of the file had sent it: Clarky had it already. */
      readonly wasThere?: boolean;
      /** Where it was rejected: why. */
      readonly problems: readonly Problem[];
    }
  /** Records of one email with different names, or of one phone and the second without a name: sent as one contact. The names are personal data. */
  | {
      readonly type: 'name_doubt';
      readonly lines: readonly [number, number];
      readonly names: readonly [string, string];
    }
  /** What a run waits for, where it is not its file: an answer of Clarky. */
  | { readonly type: 'asking'; readonly what: 'access' | 'contacts' }
  /** The workspace is read: contacts known so far, and in all where Clarky says that. */
  | { readonly type: 'workspace'; readonly known: number; readonly total: number | undefined }
  /** What undo did with one contact. `fields` are those set back, or those that somebody changed since. */
  | {
      readonly type: 'undone';
      readonly line: number;
      readonly contactId: string | undefined;
      readonly outcome: 'deleted' | 'set_back' | 'left' | 'nothing';
      readonly fields: readonly string[];
    }
  /** An undo has ended: what it did with how many contacts. */
  | ({
      readonly type: 'undo_ended';
      readonly start: string;
      readonly sheet?: string | undefined;
      /** Where Clarky is. */
      readonly api?: string | undefined;
    } & UndoCounts)
  /** The window is spent, or all writes pause after a 429: the next one can go out at `untilMs`, since the epoch. */
  | { readonly type: 'waiting'; readonly untilMs: number }
  /** An attempt of a request ended: with a status, or without an answer. */
  | ({ readonly type: 'request' } & Omit<Extract<ClientEvent, { type: 'attempt' }>, 'type'>)
  | { readonly type: 'throttled'; readonly waitMs: number }
  | {
      readonly type: 'retrying';
      readonly reason: string;
      readonly attempt: number;
      readonly waitMs: number;
      /** What happened, as a sentence that names the host and what the socket said. */
      readonly message: string;
      /** No request was answered yet, of all. */
      readonly neverAnswered: boolean;
      /** When the run stops unless something gets through, in ms since the epoch. */
      readonly endsMs: number;
    }
  | { readonly type: 'pace'; readonly even: boolean; readonly reason: string }
  | ({ readonly type: 'limit' } & WriteRate)
  | { readonly type: 'other_program'; readonly writes: number }
  | {
      readonly type: 'warning';
      readonly code: string;
      readonly message: string;
      /** Of a wait: when it is over at the latest, in ms since the epoch. */
      readonly untilMs?: number;
      /** It quotes the file: for the person who runs it, and not for the log. */
      readonly isPersonal?: boolean;
      /** Of a listener that failed (`listener_failed`): what it threw. */
      readonly cause?: unknown;
      /** The same without what it quotes, for the log and the summary. */
      readonly withoutData?: string;
      /** Of settings that go on to hold: which, without personal data. */
      readonly kept?: readonly string[];
    }
  /** The run stops: what is in flight is let finish. */
  | { readonly type: 'stopping'; readonly code: string; readonly message: string }
  /** The run stops, by itself or since it was asked to, and waits for so many requests that are under way. */
  | { readonly type: 'finishing'; readonly requests: number; readonly isAsked: boolean }
  | { readonly type: 'progress'; readonly counts: Counts }
  | { readonly type: 'ended'; readonly summary: Summary; readonly exitStatus: number };

/** Contacts by what an undo did with them; `pending` are those that it did not come to. */
export interface UndoCounts {
  readonly deleted: number;
  readonly setBack: number;
  readonly left: number;
  /** How many of the left for each reason. */
  readonly leftBecause?: LeftCounts;
  readonly pending: number;
}

export type ImportListener = (event: ImportEvent) => void;

import type { RateHeaders } from '../rate/rate.js';
import type { Call } from './transport.js';

/** What a client tells while it works. No personal data, no key. */
export type ClientEvent =
  /** An attempt ended: with a status, or without an answer. */
  | {
      readonly type: 'attempt';
      /** Of the request. */
      readonly method: Call['method'];
      /** What was asked, without ids and queries. */
      readonly route: string;
      /** Of the answer; undefined where none came. */
      readonly status: number | undefined;
      /** Which try it was, from 1. */
      readonly attempt: number;
      /** How long it took. */
      readonly ms: number;
      /** How long ago its answer began to arrive, from when on it counts in the window; 0 where none did. */
      readonly sinceAnswerMs: number;
      /** The same moment by the clock of the process that only moves on: whoever hears of it late can still place it. */
      readonly countsAtMs?: number;
      /** Nothing of it left this machine: it is no write, and counts nowhere. */
      readonly isUnsent?: true;
      /** There is an answer, and it can't be read as Clarky's. */
      readonly isUnread?: boolean;
      /** What the answer's headers say of the limit. */
      readonly rate: RateHeaders | undefined;
      /** What they say of the server's clock, in ms since the epoch. */
      readonly serverMs: number | undefined;
    }
  /** The same will be sent again after `waitMs` and whatever the budget asks; or `silent`: it is still waited for. */
  | {
      readonly type: 'retry';
      /** Which try failed, from 1. */
      readonly attempt: number;
      /** What the socket or the server said, as a code. */
      readonly reason: string;
      /** How long until it is sent again. */
      readonly waitMs: number;
      /** What happened, as a sentence that names the host. */
      readonly message: string;
      /** No request has been answered yet, of all. */
      readonly neverAnswered: boolean;
      /** When the run stops, unless something gets through. */
      readonly endsInMs: number;
    }
  /** What the key may read in a minute is spent: it goes on as that comes back. */
  | {
      readonly type: 'reads_spent';
      /** Reads in a minute. */
      readonly limit: number;
      /** How long the next one waits. */
      readonly waitMs: number;
    }
  /** One of several keys: read anew from its file, or refused and done without. */
  | {
      readonly type: 'key';
      /** What became of it. */
      readonly change: 'renewed' | 'dropped';
      /** Of one that is done without: whether Clarky does not take it at all, or not for what was asked. */
      readonly because?: 'not_taken' | 'may_not_read' | 'may_not_write';
      /** Its place among the keys, from 1. */
      readonly number: number;
      /** How many keys there are. */
      readonly of: number;
    };

const ROUTE_WORDS = new Set(['contacts', 'upsert', 'by-email', 'pipelines', 'stages']);

/** What a path asks for, without what it asks for it by: no id or e-mail is anybody's business who looks at a log. */
export function routeOf(path: string): string {
  const [withoutQuery = ''] = path.split('?');
  return withoutQuery
    .split('/')
    .map((part) => (part === '' || ROUTE_WORDS.has(part) ? part : '{id}'))
    .join('/');
}

/** Whether an attempt was a write that left this machine, of whatever method: all of them count as requests, and in the budget. */
export function isWriteThatLeft({ method, isUnsent }: Pick<AttemptEvent, 'method' | 'isUnsent'>): boolean {
  return method !== 'GET' && isUnsent !== true;
}

type AttemptEvent = Extract<ClientEvent, { type: 'attempt' }>;

import type { ErrorCode } from '../errors.js';
import type { SocketTrouble } from './socket-trouble.js';

/** What came of one attempt, as far as it decides what to do next. */
export interface Outcome {
  /** Undefined where no answer came; then `trouble` says why. */
  readonly status?: number;
  /** The error envelope's code. */
  readonly code?: string | undefined;
  /** The field that the error envelope blames. */
  readonly field?: string | undefined;
  readonly trouble?: SocketTrouble;
  /** Whether the body was what this call expects of a success, complete. */
  readonly bodyReadable: boolean;
}

export type Verdict =
  | { readonly kind: 'accepted' }
  /** Clarky won't take this payload, today or ever. */
  | { readonly kind: 'row_fault' }
  /** Clarky has no such thing (`not_found`): an answer where one contact was asked for. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'retry'; readonly because: 'throttled' | 'server' | 'network' | 'unreadable' }
  | { readonly kind: 'stop'; readonly code: ErrorCode };

/** Whether a 404 `not_found` means that the one thing asked for isn't there, or (an upsert, a list) that the URL is wrong. */
export interface Asked {
  readonly forOneThing: boolean;
}

const ACCEPTED: Verdict = { kind: 'accepted' };
const ROW_FAULT: Verdict = { kind: 'row_fault' };
const stop = (code: ErrorCode): Verdict => ({ kind: 'stop', code });
const retry = (because: 'throttled' | 'server' | 'network' | 'unreadable'): Verdict => ({ kind: 'retry', because });

/** Clarky's codes as the statuses that its documentation gives them (Clarky API, "Errors"). */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  bad_request: 400,
  validation_error: 422,
  conflict: 409,
  rate_limited: 429,
  internal_error: 500,
};

/** What Clarky answers where a payload is at fault. */
const ROW_STATUSES = new Set([400, 409, 413, 422]);
/** 202 says that it may be done later, 203 that somebody in between changed the answer. */
const DONE_STATUSES = new Set([200, 201, 204]);

/**
 * The one table of outcomes. Unknown is never accepted; what may pass is tried again (every call here is safe to send
 * twice); only the documented faults of a payload reject its row, never the server's trouble.
 */
export function classify(outcome: Outcome, asked: Asked): Verdict {
  if (outcome.trouble !== undefined || outcome.status === undefined) return retry('network');
  const { status, code, field } = outcome;
  // Clarky asks to branch on the code. A 5xx stays one whatever it holds: it may be a proxy's; and no code makes a row's
  // fault of a status that Clarky doesn't give to one.
  const byCode = code === undefined || status >= 500 ? undefined : STATUS_BY_CODE[code];
  const meant = byCode === undefined || (ROW_STATUSES.has(byCode) && !ROW_STATUSES.has(status)) ? status : byCode;

  if (ROW_STATUSES.has(meant)) {
    // Without the envelope it is not Clarky that speaks, but something in between.
    if (code === undefined) return retry('server');
    return field === 'bot_id' ? stop('wrong_bot') : ROW_FAULT;
  }
  if (meant >= 200 && meant < 300) {
    return outcome.bodyReadable && code === undefined && DONE_STATUSES.has(meant) ? ACCEPTED : retry('unreadable');
  }
  if (meant >= 300 && meant < 400) return stop('wrong_url');
  switch (meant) {
    case 401:
      return stop('unauthorized');
    case 403:
      return stop('forbidden');
    case 404:
    case 410:
      return asked.forOneThing && code === 'not_found' ? { kind: 'missing' } : stop('wrong_url');
    case 405:
      return stop('wrong_url');
    case 407:
      return stop('unreachable');
    case 429:
      return retry('throttled');
    default:
      return retry('server');
  }
}

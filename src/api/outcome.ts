import type { ErrorCode } from '../errors.js';
import { readError, STATUS_BY_CODE } from './read-answer.js';
import type { Call, Reply } from './transport.js';

/** A call, how to read its success, and whether a 404 is an answer to it. */
export interface Question<T> extends Call {
  /** Undefined where the answer is not what was asked for. */
  readonly read: (body: unknown, status: number) => T | undefined;
  /** Whether a 404 `not_found` means that the one thing asked for isn't there, or (an upsert, a list) that the URL is wrong. */
  readonly forOneThing: boolean;
  /** Awaited each time before the request leaves. */
  readonly departing?: (() => Promise<void>) | undefined;
  /** Awaited where it ends without a result, and every attempt was answered by a refusal: nothing of it is under way. */
  readonly turnedDown?: (() => Promise<void>) | undefined;
  /**
   * Awaited before it is sent again where what was sent may still be under way: nobody waits for its answer any more.
   * @param isTimeout true where none came in all the time allowed, false where the connection broke
   */
  readonly outOfSight?: ((isTimeout: boolean) => Promise<void>) | undefined;
}

/** What one attempt came to. */
export type Verdict<T> =
  | { readonly kind: 'accepted'; readonly status: number; readonly value: T }
  /** Clarky won't take this payload, today or ever. */
  | {
      readonly kind: 'rejected';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly field: string | undefined;
    }
  /** Clarky has no such thing (`not_found`): an answer where one contact was asked for. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'retry'; readonly because: 'throttled' | 'server' | 'network' | 'unreadable' }
  | { readonly kind: 'stop'; readonly code: ErrorCode; readonly status: number; readonly message: string | undefined };

/** What Clarky answers where a payload is at fault. */
const ROW_STATUSES = new Set([400, 409, 413, 422]);
/** 202 says that it may be done later, 203 that somebody in between changed the answer. */
const DONE_STATUSES = new Set([200, 201, 204]);

/**
 * The one table of outcomes. Unknown is never accepted; what may pass is tried again (every call here is safe to send
 * twice); only the documented faults of a payload reject its row, never the server's trouble.
 */
export function judge<T>(reply: Reply, question: Question<T>): Verdict<T> {
  const retry = (because: 'throttled' | 'server' | 'network' | 'unreadable'): Verdict<T> => ({
    kind: 'retry',
    because,
  });
  if ('trouble' in reply) return retry('network');
  const { status, body } = reply;
  const { code, message, field } = readError(body);
  const stop = (stopCode: ErrorCode): Verdict<T> => ({ kind: 'stop', code: stopCode, status, message });
  const meant = meantBy(status, code);

  if (ROW_STATUSES.has(meant)) {
    // Without the envelope it is not Clarky that speaks, but something in between.
    if (code === undefined) return retry('server');
    if (field === 'bot_id') return stop('wrong_bot');
    return { kind: 'rejected', status, code, message: message ?? `HTTP ${String(status)}`, field };
  }
  if (meant >= 200 && meant < 300) {
    // Whether one that is changed has become what was meant is read back.
    const mayBeDone = DONE_STATUSES.has(meant) || (meant === 202 && question.method === 'PATCH');
    const value = code === undefined && mayBeDone ? question.read(body, status) : undefined;
    return value === undefined ? retry('unreadable') : { kind: 'accepted', status, value };
  }
  if (meant >= 300 && meant < 400) return stop('wrong_url');
  switch (meant) {
    case 401:
      return stop('unauthorized');
    case 403:
      return stop('forbidden');
    case 404:
    case 410:
      // 410 says by itself that it was there.
      if (question.forOneThing && (code === 'not_found' || (status === 410 && code !== undefined))) {
        return { kind: 'missing' };
      }
      // One thing is asked for after lists were answered: an answer that broke off is no wrong address.
      return question.forOneThing && body === undefined ? retry('unreadable') : stop('wrong_url');
    case 405:
      return stop(question.method === 'PATCH' || question.method === 'DELETE' ? 'not_as_meant' : 'wrong_url');
    case 407:
      return stop('unreachable');
    case 429:
      return retry('throttled');
    default:
      if (isOfOneThing(meant, question) && code !== undefined) {
        return { kind: 'rejected', status, code, message: message ?? `HTTP ${String(status)}`, field };
      }
      return retry('server');
  }
}

/** Statuses that ask for another try, whatever was asked. */
const PASSING_STATUSES = new Set([408, 421, 425]);

/** Where one contact is to be changed or deleted, a refusal in Clarky's form is of that one: locked, paid for, not made for it. */
function isOfOneThing(
  status: number,
  { method, forOneThing }: Pick<Question<unknown>, 'method' | 'forOneThing'>,
): boolean {
  const isRefusal = (status >= 400 && status < 500 && !PASSING_STATUSES.has(status)) || status === 501;
  return forOneThing && (method === 'PATCH' || method === 'DELETE') && isRefusal;
}

/**
 * Clarky asks to branch on the code. A 5xx stays one whatever it holds: it may be a proxy's; and no code makes a row's fault of
 * a status that Clarky doesn't give to one.
 */
function meantBy(status: number, code: string | undefined): number {
  const byCode = code === undefined || status >= 500 ? undefined : STATUS_BY_CODE[code];
  return byCode === undefined || (ROW_STATUSES.has(byCode) && !ROW_STATUSES.has(status)) ? status : byCode;
}

import { describe, expect, test } from 'vitest';
import { judge, type Question } from '../../src/api/outcome.js';
import { stopError } from '../../src/api/stop-error.js';
import type { Reply } from '../../src/api/transport.js';

interface Answer {
  readonly status: number;
  /** The error envelope's code, and the field that it blames. */
  readonly code?: string | undefined;
  readonly field?: string;
  /** The body is what a success of this call holds. */
  readonly bodyReadable?: boolean;
  /** It broke off, or is no JSON. */
  readonly isBroken?: boolean;
}

const question = (forOneThing: boolean, method: Question<true>['method'] = 'POST'): Question<true> => ({
  method,
  path: '/',
  forOneThing,
  read: (body) => (body !== undefined && Object(body) === body && 'id' in (body as object) ? true : undefined),
});
const upsert = question(false);
const DELETED = { host: 'h', location: undefined, done: 'deleted' } as const;

function say(answer: Answer | Extract<Reply, { trouble: unknown }>, asked = upsert): string {
  const verdict = judge('trouble' in answer ? answer : replyOf(answer), asked);
  if (verdict.kind === 'retry') return `retry ${verdict.because}`;
  return verdict.kind === 'stop' ? `stop ${verdict.code}` : verdict.kind;
}

function replyOf({ status, code, field, bodyReadable = false, isBroken = false }: Answer): Reply {
  const error = code === undefined ? {} : { error: { code, message: 'no', details: { field } } };
  if (isBroken) return { status, headers: {}, body: undefined };
  return { status, headers: {}, body: { ...error, ...(bodyReadable ? { id: 'c1' } : {}) } };
}

describe('what an answer to an upsert means', () => {
  test.each([
    [{ status: 200, bodyReadable: true }, 'accepted'],
    [{ status: 201, bodyReadable: true }, 'accepted'],
    [{ status: 200 }, 'retry unreadable'],
    [{ status: 202 }, 'retry unreadable'],
    [{ status: 204 }, 'retry unreadable'],
    [{ status: 202, bodyReadable: true }, 'retry unreadable'],
    [{ status: 203, bodyReadable: true }, 'retry unreadable'],
    [{ status: 200, code: 'validation_error', bodyReadable: true }, 'retry unreadable'],
    [{ status: 200, code: 'whatever', bodyReadable: true }, 'retry unreadable'],
    [{ status: 200, code: 'rate_limited', bodyReadable: true }, 'retry throttled'],
    [{ status: 200, code: 'unauthorized', bodyReadable: true }, 'stop unauthorized'],
    [{ status: 301 }, 'stop wrong_url'],
    [{ status: 304 }, 'stop wrong_url'],
    [{ status: 307 }, 'stop wrong_url'],
    [{ status: 400, code: 'bad_request' }, 'rejected'],
    [{ status: 400 }, 'retry server'],
    [{ status: 402 }, 'retry server'],
    [{ status: 402, code: 'payment_required' }, 'retry server'],
    [{ status: 403, code: 'validation_error' }, 'stop forbidden'],
    [{ status: 402, code: 'validation_error', field: 'bot_id' }, 'retry server'],
    [{ status: 401, code: 'unauthorized' }, 'stop unauthorized'],
    [{ status: 401 }, 'stop unauthorized'],
    [{ status: 403, code: 'forbidden' }, 'stop forbidden'],
    [{ status: 404, code: 'not_found' }, 'stop wrong_url'],
    [{ status: 404 }, 'stop wrong_url'],
    [{ status: 405 }, 'stop wrong_url'],
    [{ status: 407 }, 'stop unreachable'],
    [{ status: 408 }, 'retry server'],
    [{ status: 409, code: 'conflict' }, 'rejected'],
    [{ status: 410 }, 'stop wrong_url'],
    [{ status: 410, code: 'gone' }, 'stop wrong_url'],
    [{ status: 409 }, 'retry server'],
    [{ status: 413 }, 'retry server'],
    [{ status: 413, code: 'too_large' }, 'rejected'],
    [{ status: 421 }, 'retry server'],
    [{ status: 422 }, 'retry server'],
    [{ status: 422, code: 'something_new' }, 'rejected'],
    [{ status: 422, code: 'validation_error', field: 'emails' }, 'rejected'],
    [{ status: 422, code: 'validation_error', field: 'bot_id' }, 'stop wrong_bot'],
    [{ status: 425 }, 'retry server'],
    [{ status: 429, code: 'rate_limited' }, 'retry throttled'],
    [{ status: 429 }, 'retry throttled'],
    [{ status: 403, code: 'rate_limited' }, 'retry throttled'],
    [{ status: 418, code: 'short_and_stout' }, 'retry server'],
    [{ status: 451 }, 'retry server'],
    [{ status: 500, code: 'internal_error' }, 'retry server'],
    [{ status: 500, code: 'validation_error' }, 'retry server'],
    [{ status: 502 }, 'retry server'],
    [{ status: 503 }, 'retry server'],
    [{ status: 504 }, 'retry server'],
    [{ status: 599 }, 'retry server'],
    [{ status: 999 }, 'retry server'],
    [{ status: 101 }, 'retry server'],
    [{ trouble: { kind: 'cut', code: 'ECONNRESET', sent: true } }, 'retry network'],
  ] as const)('%j: %s', (outcome, verdict) => {
    expect(say(outcome)).toBe(verdict);
  });
});

test.each([
  [{ status: 404, code: 'not_found' }, 'missing'],
  [{ status: 404 }, 'stop wrong_url'],
  [{ status: 404, isBroken: true }, 'retry unreadable'],
  [{ status: 410, code: 'gone' }, 'missing'],
  [{ status: 410 }, 'stop wrong_url'],
] as const)('asked for one contact, %j: %s', (outcome, verdict) => {
  expect(say(outcome, question(true))).toBe(verdict);
});

test('nothing is accepted but a 2xx that could be read, whatever else it holds', () => {
  for (let status = 100; status < 1000; status += 1) {
    for (const code of [undefined, 'ok', 'conflict', 'rate_limited']) {
      expect(say({ status, code })).not.toBe('accepted');
      if (status < 200 || status > 299) expect(say({ status, code, bodyReadable: true })).not.toBe('accepted');
    }
  }
});

test('a server that takes no PATCH or DELETE is no wrong address', () => {
  expect(say({ status: 405 }, question(true, 'DELETE'))).toBe('stop not_as_meant');
  expect(say({ status: 405 }, question(true, 'PATCH'))).toBe('stop not_as_meant');
  expect(stopError({ kind: 'stop', code: 'not_as_meant', status: 405, message: undefined }, DELETED).message).toBe(
    "h doesn't let contacts be deleted (HTTP 405).",
  );
});

test('a change that may be done later is one, where it is read so', () => {
  expect(say({ status: 202, bodyReadable: true }, question(true, 'PATCH'))).toBe('accepted');
  expect(say({ status: 202 }, question(true, 'PATCH'))).toBe('retry unreadable');
  expect(say({ status: 202, bodyReadable: true })).toBe('retry unreadable');
});

test('what Clarky will not do to one contact is that one’s matter', () => {
  for (const status of [402, 412, 418, 423, 424, 451, 501]) {
    for (const method of ['PATCH', 'DELETE'] as const) {
      expect(say({ status, code: 'locked' }, question(true, method))).toBe('rejected');
      expect(say({ status }, question(true, method)), "not in Clarky's form").toBe('retry server');
    }
    expect(say({ status, code: 'locked' })).toBe('retry server');
  }
  for (const status of [408, 421, 425, 500, 503]) {
    expect(say({ status, code: 'x' }, question(true, 'DELETE'))).toBe('retry server');
  }
});

import { describe, expect, test } from 'vitest';
import { classify, type Outcome } from '../../src/api/outcome.js';

const upsert = { forOneThing: false };
const one = { forOneThing: true };
const say = (outcome: Partial<Outcome>, asked = upsert): string => {
  const verdict = classify({ bodyReadable: false, ...outcome }, asked);
  if (verdict.kind === 'retry') return `retry ${verdict.because}`;
  return verdict.kind === 'stop' ? `stop ${verdict.code}` : verdict.kind;
};

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
    [{ status: 400, code: 'bad_request' }, 'row_fault'],
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
    [{ status: 409, code: 'conflict' }, 'row_fault'],
    [{ status: 410 }, 'stop wrong_url'],
    [{ status: 409 }, 'retry server'],
    [{ status: 413 }, 'retry server'],
    [{ status: 413, code: 'too_large' }, 'row_fault'],
    [{ status: 421 }, 'retry server'],
    [{ status: 422 }, 'retry server'],
    [{ status: 422, code: 'something_new' }, 'row_fault'],
    [{ status: 422, code: 'validation_error', field: 'emails' }, 'row_fault'],
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
    [{}, 'retry network'],
  ] as const)('%j: %s', (outcome, verdict) => {
    expect(say(outcome)).toBe(verdict);
  });
});

test.each([
  [{ status: 404, code: 'not_found' }, 'missing'],
  [{ status: 404 }, 'stop wrong_url'],
] as const)('asked for one contact, %j: %s', (outcome, verdict) => {
  expect(say(outcome, one)).toBe(verdict);
});

test('nothing is accepted but a 2xx that could be read, whatever else it holds', () => {
  for (let status = 100; status < 1000; status += 1) {
    for (const code of [undefined, 'ok', 'conflict', 'rate_limited']) {
      expect(say({ status, code })).not.toBe('accepted');
      if (status < 200 || status > 299) expect(say({ status, code, bodyReadable: true })).not.toBe('accepted');
    }
  }
});

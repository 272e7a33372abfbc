import { describe, expect, test } from 'vitest';
import {
  readContact,
  readContactPage,
  readError,
  readPipelinePage,
  isPutAway,
  readChanged,
  readWritten,
} from '../../src/api/read-answer.js';

describe('a contact in an answer', () => {
  test.each([
    ['bare', { id: 'c1', emails: [] }],
    ['under data', { data: { id: 'c1' } }],
    ['under contact', { contact: { id: 'c1' } }],
    ['under data.contact', { data: { contact: { id: 'c1' } } }],
  ])('%s', (_, body) => {
    expect(readContact(body)?.id).toBe('c1');
  });

  test('a number as id is read as its text', () => {
    expect(readContact({ id: 17 })?.id).toBe('17');
  });

  test.each([undefined, null, 'c1', 17, [], {}, [{ id: 'c1' }], { id: '' }, { id: null }, { data: [] }, { data: 'x' }])(
    '%j holds none',
    (body) => {
      expect(readContact(body)).toBeUndefined();
    },
  );
});

test.each([
  [200, { data: { id: 'c1' } }, { id: 'c1' }],
  [200, { data: { id: 'c2' } }, undefined],
  [200, { success: true }, 'unseen'],
  [200, {}, 'unseen'],
  [204, undefined, 'unseen'],
  [202, { data: { id: 'c1' } }, 'unseen'],
  [202, { status: 'queued' }, 'unseen'],
  [202, { data: { id: 'c2' } }, undefined],
  [200, undefined, undefined],
  [200, { status: 'queued' }, undefined],
  [202, { success: false }, undefined],
  [200, { id: 'c1', ok: false }, undefined],
])('a change that is answered with %i %j comes to %j', (status, body, read) => {
  expect(readChanged(body, status, 'c1')).toEqual(read);
});

const SENT = { emails: ['a@x.com'], phone_numbers: ['+442079460001'] };

test.each([
  ['a receipt', { id: 'c1', status: 'queued' }],
  ['a receipt around an id', { status: 'accepted', data: { id: 'c1' } }],
  ['a task', { id: 'c1', task_id: 7 }],
  ['a failure that says so', { success: false, id: 'c1' }],
  ['a failure around a contact', { ok: false, data: { id: 'c1', ...SENT } }],
  ['errors beside a contact', { errors: [{ message: 'no' }], data: { id: 'c1', ...SENT } }],
  ['an error without a code', { error: 'quota exceeded', id: 'c1' }],
  ['a failed status around a contact', { status: 'failed', data: { id: 'c1', ...SENT } }],
  ['a status of HTTP that is none of success', { status: 422, data: { id: 'c1', ...SENT } }],
  ['a rehearsal', { data: { id: 'c1', ...SENT }, dry_run: true }],
  ['a rehearsal that shows the contact bare', { id: 'c1', ...SENT, dry_run: true }],
  ['a contact that is yet to come', { data: { id: 'c1', ...SENT }, meta: { status: 'pending' } }],
  ['a preview', { preview: true, data: { id: 'c1', ...SENT } }],
  ['a no in letters', { success: 'false', data: { id: 'c1', ...SENT } }],
  ['the code of an error', { code: 'quota_exceeded', message: 'no', data: { id: 'c1', ...SENT } }],
  ['a code of HTTP that is none of success', { code: 422, message: 'no', data: { id: 'c1', ...SENT } }],
  ['a code that speaks of no success', { code: 'contact_not_created', data: { id: 'c1', ...SENT } }],
  ['a result that failed', { results: [{ error: { code: 'x' } }], data: { id: 'c1', ...SENT } }],
  ['a job that will see to it', { job_id: 'j1', state: 'accepted', data: { id: 'c1', ...SENT } }],
  ['a contact that is to be looked at first', { status: 'pending_review', data: { id: 'c1', ...SENT } }],
  ['nothing', { data: null }],
  ['no id', { data: { ...SENT } }],
])('an upsert is not answered by %s', (_, body) => {
  expect(readWritten(body)).toBeUndefined();
});

test.each([
  ['its id alone', { id: 'c1' }],
  ['the contact', { id: 'c1', ...SENT }],
  ['one with a status of its own', { id: 'c1', status: 'active', ...SENT }],
  ['one of which the phones are not shown', { data: { id: 'c1', emails: ['a@x.com'] } }],
  ['one whose phones were not kept', { data: { id: 'c1', emails: ['a@x.com'], phone_numbers: [] } }],
  ['one that was written without what was sent', { id: 'c1', emails: [], phone_numbers: null }],
  ['one whose own status is pending', { status: 'ok', data: { id: 'c1', status: 'pending', ...SENT } }],
  [
    'one beside codes of success',
    { code: 200, message: 'OK', data: { code: 'CONTACT_CREATED', contact: { id: 'c1' } } },
  ],
  [
    'one beside a code of 0 and no job',
    { code: 0, job: null, results: [{ error: null }], data: { id: 'c1', ...SENT } },
  ],
  ['one beside no errors', { success: true, error: null, errors: [], data: { id: 'c1', ...SENT } }],
])('an upsert is answered by %s', (_, body) => {
  expect(readWritten(body)?.id).toBe('c1');
});

test.each([{ merged_into: 'c77' }, { status: 'pending_review' }, { status: 'Awaiting approval' }, { archived: true }])(
  'nobody sees a contact that says %j',
  (said) => {
    expect(isPutAway({ id: 'c1', ...said })).toBe(true);
    expect(isPutAway({ id: 'c1', merged_into: null, status: 'pending' })).toBe(false);
  },
);

describe('a list', () => {
  const pagination = { page: 1, page_size: 100, total: 3, total_pages: 1 };

  test('with its pagination', () => {
    expect(readContactPage({ data: [{ id: 'a' }], pagination })).toEqual({
      items: [{ id: 'a' }],
      pagination: { total: 3, totalPages: 1 },
    });
  });

  test.each([
    [
      { page: '1', page_size: '100', total: '3', total_pages: '1' },
      { total: 3, totalPages: 1 },
    ],
    [{ total: 3 }, { total: 3, totalPages: undefined }],
    [{ total: 'many', total_pages: 2.5 }, undefined],
    ['next', undefined],
  ])('with what else is said of pages: %j', (said, read) => {
    expect(readContactPage({ data: [], pagination: said })?.pagination).toEqual(read);
  });

  test.each([[{ data: [{ id: 'a' }, {}] }], [{ data: {} }], [{}], ['<html>']])(
    '%j is not taken for a whole one',
    (body) => {
      expect(readContactPage(body)).toBeUndefined();
    },
  );

  test('a pipeline needs its bot', () => {
    expect(readPipelinePage({ data: [{ id: 'p', bot_id: 'b' }] })?.items).toEqual([{ id: 'p', bot_id: 'b' }]);
    expect(readPipelinePage({ data: [{ id: 'p' }] })).toBeUndefined();
  });
});

test.each([
  [{ error: { code: 'validation_error', message: 'no', details: { field: 'bot_id' } } }, 'validation_error', 'bot_id'],
  [
    { error: { code: 'validation_error', message: 'no', details: [{ field: 'body.bot_id' }] } },
    'validation_error',
    'bot_id',
  ],
  [{ error: { code: 'conflict', message: 'no' } }, 'conflict', undefined],
  [{ error: 'no' }, undefined, undefined],
  ['<html>', undefined, undefined],
  [undefined, undefined, undefined],
])('the envelope %j', (body, code, field) => {
  expect(readError(body)).toMatchObject({ code, field });
});

test('codes, ids and messages are bounded: they go into files that hold no personal data', () => {
  const error = (code: unknown, message = 'no', field = 'emails') =>
    readError({ error: { code, message, details: { field } } });
  expect(error('conflict')).toEqual({ code: 'conflict', message: 'no', field: 'emails' });
  expect(error('ann@example.com').code).toBe('other');
  expect(error('toString').code).toBe('other');
  expect(error(17).code).toBeUndefined();
  expect(error('conflict', 'x'.repeat(9999)).message).toHaveLength(500);
  expect(error('conflict', 'no', 'ann@example.com').field).toBeUndefined();
  for (const id of ['ann@example.com', 'Ann Lee', 'x'.repeat(129), '\u200bc1', '[key]', '-c1']) {
    expect(readContact({ id })).toBeUndefined();
  }
  for (const id of ['ct_01', '0b5f7a3e-1', 'contact:17', 'a/b', 'YWJj+=']) expect(readContact({ id })?.id).toBe(id);
});

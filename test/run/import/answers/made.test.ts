import { describe, expect, it, test } from 'vitest';
import type { Contact } from '../../../../src/contact/contact.js';
import { wasMade } from '../../../../src/run/import/answers/made.js';

const ONE_STAMP = { created_at: 'a', updated_at: 'a' };

test.each([
  ['anybody, as it says', 201, true, {}, false, true],
  ['anybody of whom it says nothing', 200, undefined, {}, false, undefined],
  ['a known id alone', 201, true, {}, true, false],
  ['a known id of which it says nothing', 200, undefined, {}, true, false],
  ['a known contact as it was before', 200, true, ONE_STAMP, true, false],
  ['a known contact that was updated', 201, true, { created_at: 'a', updated_at: 'b' }, true, false],
  ['one made in a workspace that was begun anew', 201, true, ONE_STAMP, true, true],
])('%s: HTTP %i', (_, status, created, stamps, isKnownId, made) => {
  expect(wasMade({ created, status, contact: { id: 'ct_1', ...stamps } }, isKnownId, undefined)).toBe(made);
});

describe('an update of somebody new, after an answer that was lost', () => {
  const sent: Contact = { emails: ['ada@x.com'], first_name: 'Ada' };
  const answer = { created: false, status: 200, contact: { id: 'ct_1', ...sent }, mayBeOurs: true };

  it('is of one that the same write had made', () => {
    expect(wasMade(answer, false, sent)).toBe(true);
  });

  it('is none of ours where a reading showed them, where another made them, and where they hold more', () => {
    expect(wasMade(answer, false, undefined)).toBe(false);
    expect(wasMade(answer, true, sent)).toBe(false);
    expect(wasMade({ ...answer, mayBeOurs: false }, false, sent)).toBe(false);
    expect(wasMade({ ...answer, contact: { ...answer.contact, notes: 'of a colleague' } }, false, sent)).toBe(false);
    expect(wasMade({ ...answer, contact: { ...answer.contact, first_name: 'Eve' } }, false, sent)).toBe(false);
  });
});

import { expect, test } from 'vitest';
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
  expect(wasMade({ created, status, contact: { id: 'ct_1', ...stamps } }, isKnownId)).toBe(made);
});

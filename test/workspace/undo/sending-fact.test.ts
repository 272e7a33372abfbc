import { expect, it } from 'vitest';
import { readStored } from '../../../src/workspace/stored.js';
import { changesAnswered } from '../../../src/workspace/undo/sending-fact.js';

const SENT = {
  ...{ first_name: 'Ann', emails: ['ann@x.com'], phone_numbers: ['+442079460001'] },
  ...{ tags: ['vip'], custom_fields: { Plan: 'gold' } },
};
const THERE = { ...SENT, id: 'ct_1' };

/** What an answer shows lost of what was sent as it was, beside notes that are new. */
function lostBy(answer: object): object | undefined {
  const write = { contact: { ...SENT, notes: 'new' }, stored: readStored(THERE), bot: 'b', isProof: false };
  return changesAnswered(write, { ...THERE, notes: 'new', ...answer });
}

it.each([
  ['a phone', { phone_numbers: [] }, { phone_numbers: ['+442079460001'] }, { phone_numbers: null }],
  ['a tag', { tags: ['other'] }, { tags: ['vip'] }, { tags: ['other'] }],
  ['a text', { first_name: 'Cut' }, { first_name: 'Ann' }, { first_name: 'Cut' }],
  ['a custom field', { custom_fields: {} }, { 'custom_fields.Plan': 'gold' }, { 'custom_fields.Plan': null }],
])('%s that the answer shows lost is taken back with what was written', (_, answer, before, wrote) => {
  expect(lostBy(answer)).toMatchObject({ before, wrote: { notes: 'new', ...wrote } });
});

it('nothing is lost by an answer that shows all, shows more, or is of another contact', () => {
  for (const answer of [{}, { tags: ['more', 'vip'] }, { id: 'ct_2', first_name: 'Cut' }])
    expect(lostBy(answer)).toBeUndefined();
});

it('nothing is lost by an answer that leaves fields out', () => {
  const write = { contact: { ...SENT, notes: 'new' }, stored: readStored(THERE), bot: 'b', isProof: false };
  expect(changesAnswered(write, { id: 'ct_1', emails: ['ann@x.com'] })).toBeUndefined();
});

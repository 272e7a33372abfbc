import { expect, test } from 'vitest';
import { heldBy } from '../../src/api/holds-contact.js';

const ANN = { bot_id: 'b', first_name: 'Ann', last_name: 'Lee', emails: ['ann@example.com', 'al@x.org'] };
const BY_PHONE = { bot_id: 'b', first_name: 'Bo', phone_numbers: ['+447911123456'] };

test.each([
  ['as it was sent', ANN, { ...ANN }, 'this_contact'],
  ['in objects, in capitals', ANN, { emails: [{ email: 'ANN@Example.com ', is_primary: true }] }, 'this_contact'],
  ['beside others', ANN, { emails: ['old@x.org', 'ann@example.com'] }, 'this_contact'],
  [
    'with its domain in the other spelling',
    { emails: ['a@bücher.example'] },
    { emails: ['a@xn--bcher-kva.example'] },
    'this_contact',
  ],
  ['by its id alone', ANN, {}, 'this_contact'],
  ['by its id, with what was done', ANN, { created: true }, 'this_contact'],
  ['without contact points', ANN, { first_name: 'Ann', emails: null }, 'this_contact'],
  ['by a phone in the national form', BY_PHONE, { phone_numbers: ['07911 123456'] }, 'this_contact'],
  ['by a phone with blanks', BY_PHONE, { phone_numbers: [{ phone_number: '+44 7911 123 456' }] }, 'this_contact'],
  ['somebody else’s e-mail', ANN, { ...ANN, emails: ['bob@example.com'] }, 'another_contact'],
  ['only the second e-mail', ANN, { emails: ['al@x.org'] }, 'another_contact'],
  ['no e-mail at all', ANN, { ...ANN, emails: [] }, 'another_contact'],
  ['somebody else’s phone', BY_PHONE, { phone_numbers: ['+447911123457'] }, 'another_contact'],
  ['somebody else’s name', ANN, { first_name: 'Bob', last_name: 'Ray' }, 'another_contact'],
  ['a receipt', ANN, { status: 'queued' }, 'no_contact'],
  ['a contact that has a status', ANN, { ...ANN, status: 'active' }, 'this_contact'],
] as const)('an answer that holds %s', (_, sent, answer, held) => {
  expect(heldBy({ id: 'c1', ...answer }, sent)).toBe(held);
});

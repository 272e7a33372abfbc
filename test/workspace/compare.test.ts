import { describe, expect, it } from 'vitest';
import type { Contact, CustomValue } from '../../src/contact/contact.js';
import { differencesOf, isSamePhone, isSameValue } from '../../src/workspace/compare.js';
import { readStored } from '../../src/workspace/stored.js';

const WIRE = {
  id: 'ct_1',
  first_name: 'Ada',
  last_name: 'Lovelace',
  emails: [
    { email: 'other@x.com', is_primary: false },
    { email: 'Ada@X.com', is_primary: true },
  ],
  phone_numbers: ['020 7946 0001'],
  tags: ['VIP', 'press'],
  deal_value: 1250,
  notes: null,
  custom_fields: { size: '42', list: ['a', 'b'] },
};

function found(contact: Contact, wire: unknown = WIRE): string[] {
  const stored = readStored(wire);
  if (!stored) throw new Error('not readable');
  return differencesOf(contact, stored).map(({ field }) => field);
}

describe('what the workspace holds', () => {
  it('is read in strings and in objects, the primary one first', () => {
    expect(readStored(WIRE)?.emails).toEqual(['Ada@X.com', 'other@x.com']);
    expect(readStored({ id: 7, emails: ['a@x.com', 'b@x.com'], deal_value: '12.50' })).toMatchObject({
      id: '7',
      emails: ['a@x.com', 'b@x.com'],
      deal_value: 12.5,
    });
  });

  it.each([[null], ['text'], [{}], [{ emails: ['a@x.com'] }]])('is not understood without an id: %j', (wire) => {
    expect(readStored(wire)).toBeUndefined();
  });

  it.each([
    ' ada@x.com',
    'mailto:Ada@X.com',
    'ada@x.com.',
    'Ada Lovelace <ada@x.com>',
    '\u00a0ada@x.com',
    'ａｄａ＠ｘ．ｃｏｍ',
  ])('is the same where an e-mail is written as %j', (email) => {
    const stored = readStored({ id: 'con', emails: [email] });
    expect(stored && differencesOf({ emails: ['ada@x.com'] }, stored)).toEqual([]);
    expect(stored && differencesOf({ emails: ['ida@x.com'] }, stored)).toHaveLength(1);
  });

  it('is the same in other case, format and order, and with more values than ours', () => {
    const contact: Contact = {
      first_name: 'Ada',
      emails: ['ada@x.com'],
      phone_numbers: ['+442079460001'],
      tags: ['press', 'vip'],
      deal_value: 1250,
      custom_fields: { size: 42, list: ['b'] },
    };
    expect(found(contact)).toEqual([]);
  });

  it.each<[Contact, string[]]>([
    [{ first_name: 'ada' }, ['first_name']],
    [{ notes: 'x' }, ['notes']],
    [{ emails: ['new@x.com', 'ada@x.com'] }, ['emails']],
    [{ phone_numbers: ['+442079460002'] }, ['phone_numbers']],
    [{ tags: ['press', 'lead'] }, ['tags']],
    [{ deal_value: 1250.01 }, ['deal_value']],
    [{ custom_fields: { size: 43, colour: 'red' } }, ['custom_fields.size', 'custom_fields.colour']],
    [{ custom_fields: { list: ['c'] } }, ['custom_fields.list']],
  ])('differs from %j in %j', (contact, fields) => {
    expect(found(contact)).toEqual(fields);
  });

  it.each([
    ['2024-03-05', '2024-03-05T00:00:00.000Z', true],
    ['2024-03-05', '2024-03-05T00:00:00+02:00', true],
    ['2024-03-05', '2024-03-05T08:00:00.000Z', false],
    ['2024-03-05', '2024-03-04T00:00:00.000Z', false],
    ['2024-03-05 10:30', '2024-03-05T10:30:00Z', true],
    ['2024-03-05T10:30:00+02:00', '2024-03-05T08:30:00.000Z', true],
    ['2024-03-05T10:30:00+02:00', '2024-03-05T10:30:00.000Z', false],
    ['en; de', ['de', 'en'], true],
    ['Paris, France', ['Paris, France'], true],
    ['fr', ['fr'], true],
    ['en; de', ['en'], false],
    ['en', ['en', 'de'], false],
    ['', ['en'], false],
    ['007', 7, true],
    ['007', '7', false],
    ['1,200', 1.2, false],
    [true, 'true', true],
    ['5', '2024-03-05', false],
  ])('%j and %j are one value of a custom field: %s', (sent, shown, same) => {
    const differing = (one: CustomValue, other: unknown): string[] =>
      found({ custom_fields: { field: one } }, { id: 'ct', custom_fields: { field: other } });
    expect(differing(sent, shown)).toEqual(same ? [] : ['custom_fields.field']);
    expect(isSameValue('custom_fields.field', shown, sent)).toBe(same);
  });

  it.each([
    ['+442079460001', '+44 (20) 7946-0001', true],
    ['+442079460001', '02079460001', true],
    ['+442079460001', '+112079460001', false],
    ['+442079460001', '60001', false],
    ['+15550100', '+25550100', false],
  ])('%s and %s are one phone: %s', (a, b, same) => {
    expect(isSamePhone(a, b)).toBe(same);
    expect(isSamePhone(b, a)).toBe(same);
  });
});

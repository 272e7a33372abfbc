import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXT_FIELDS, type Contact } from '../../src/contact/contact.js';
import { comparableEmail, digestText } from '../../src/contact/identity.js';
import { FoldedContact } from '../../src/contact/folded.js';
import { payloadDigest, payloadOf } from '../../src/contact/payload.js';

const ADA: Contact = {
  last_name: 'Lovelace',
  first_name: 'Ada',
  emails: ['ada@x.org', 'king@x.org'],
  phone_numbers: ['+442079460958'],
  tags: ['vip'],
  deal_value: 1234.5,
  custom_fields: { b: true, a: ['x', 'y'] },
};

describe('payloadOf', () => {
  it('sends strings', () => {
    expect(JSON.stringify(payloadOf(ADA, 'bot_1', 'strings'))).toBe(
      '{"bot_id":"bot_1","first_name":"Ada","last_name":"Lovelace","emails":["ada@x.org","king@x.org"],' +
        '"phone_numbers":["+442079460958"],"tags":["vip"],"deal_value":1234.5,"custom_fields":{"b":true,"a":["x","y"]}}',
    );
  });

  it('sends objects of which the first is the primary one', () => {
    expect(payloadOf(ADA, 'bot_1', 'objects')).toMatchObject({
      emails: [
        { email: 'ada@x.org', is_primary: true },
        { email: 'king@x.org', is_primary: false },
      ],
      phone_numbers: [{ phone_number: '+442079460958', is_primary: true }],
    });
  });

  it('leaves blank fields out, but not a zero or a no', () => {
    const blank: Contact = { first_name: '', emails: [], tags: [], custom_fields: { a: '', b: [] } };
    expect(payloadOf(blank, 'b', 'strings')).toEqual({ bot_id: 'b' });
    expect(payloadOf({ deal_value: 0, custom_fields: { a: false, b: 0 } }, 'b', 'strings')).toEqual({
      bot_id: 'b',
      deal_value: 0,
      custom_fields: { a: false, b: 0 },
    });
  });
});

const word = fc.constantFrom('', 'a', 'b', 'B', 'ü', '__proto__', '10', '9');
const customValue = fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word, { maxLength: 2 }));
const contact: fc.Arbitrary<Contact> = fc.record(
  {
    ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, word])),
    emails: fc.uniqueArray(word, { maxLength: 3, selector: comparableEmail }),
    phone_numbers: fc.uniqueArray(word, { maxLength: 3 }),
    tags: fc.uniqueArray(word, { maxLength: 3, selector: (tag) => tag.toLowerCase() }),
    deal_value: fc.integer(),
    custom_fields: fc.dictionary(word, customValue, { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);

function shuffled(value: Contact): Contact {
  const reversed = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  return { ...reversed(value), ...(value.custom_fields ? { custom_fields: reversed(value.custom_fields) } : {}) };
}

describe('payloadDigest', () => {
  it('is that of an address however its domain is spelled', () => {
    const spelled = ['jörg@münchen.de', 'jörg@xn--mnchen-3ya.de'];
    const digests = spelled.map((email) => digestText(payloadDigest({ emails: [email] })));
    expect(new Set(digests).size).toBe(1);
    expect(digestText(payloadDigest({ emails: ['jorg@münchen.de'] }))).not.toBe(digests[0]);
  });

  const textOf = (value: Contact) => digestText(payloadDigest(value));

  it('stays as checkpoints have it', () => expect(textOf(ADA)).toBe('Nfi7F7z3n79tMlD3RnAKsQ'));

  it('does not depend on the order in which fields were set', () => {
    fc.assert(
      fc.property(contact, (value) => {
        expect(textOf(shuffled(value))).toBe(textOf(value));
      }),
    );
  });

  it('differs exactly where what is sent differs', () => {
    fc.assert(
      fc.property(contact, contact, (one, other) => {
        const sent = (value: Contact) => {
          const { custom_fields: custom, ...rest } = payloadOf(value, 'b', 'strings');
          return JSON.stringify([rest, Object.entries(custom ?? {}).sort()]);
        };
        expect(textOf(one) === textOf(other)).toBe(sent(one) === sent(other));
      }),
    );
  });

  it.each<[string, Contact]>([
    ['a name', { ...ADA, first_name: 'Eda' }],
    ['the order of emails', { ...ADA, emails: ['king@x.org', 'ada@x.org'] }],
    ['the type of a custom field', { ...ADA, custom_fields: { b: 'true', a: ['x', 'y'] } }],
    ['a field that moved', { ...ADA, first_name: 'Lovelace', last_name: 'Ada' }],
    ['a deal of nothing', { ...ADA, deal_value: 0 }],
  ])('notices %s', (_what, changed) => expect(textOf(changed)).not.toBe(textOf(ADA)));
});

const foldContacts = (one: Contact, other: Contact): Contact => new FoldedContact(one).add(other).contact;

describe('the rows of one contact', () => {
  it('lets later values win and joins lists behind the earlier primary', () => {
    const later: Contact = {
      first_name: 'Augusta',
      last_name: '',
      company: 'Engines',
      emails: ['new@x.org', 'ada@x.org'],
      phone_numbers: ['+14155552671'],
      tags: ['VIP', 'math'],
      custom_fields: { a: '', b: false, c: 1 },
    };
    expect(foldContacts(ADA, later)).toEqual({
      first_name: 'Augusta',
      last_name: 'Lovelace',
      company: 'Engines',
      emails: ['ada@x.org', 'king@x.org', 'new@x.org'],
      phone_numbers: ['+442079460958', '+14155552671'],
      tags: ['vip', 'math'],
      deal_value: 1234.5,
      custom_fields: { a: ['x', 'y'], b: false, c: 1 },
    });
  });

  const sent = (value: Contact) => digestText(payloadDigest(value));

  it('is associative', () => {
    fc.assert(
      fc.property(contact, contact, contact, (one, two, three) => {
        expect(sent(foldContacts(foldContacts(one, two), three))).toBe(
          sent(foldContacts(one, foldContacts(two, three))),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('changes nothing by folding a contact with itself or with a blank one', () => {
    fc.assert(
      fc.property(contact, (value) => {
        expect(sent(foldContacts(value, value))).toBe(sent(value));
        expect(sent(foldContacts(value, {}))).toBe(sent(value));
        expect(sent(foldContacts({}, value))).toBe(sent(value));
      }),
    );
  });

  it('leaves its arguments as they were', () => {
    const before = structuredClone(ADA);
    foldContacts(ADA, { first_name: 'B', emails: ['c@x.org'], custom_fields: { a: 1 } });
    expect(ADA).toEqual(before);
  });

  it('are folded in time that grows with the rows', () => {
    const folded = new FoldedContact({ emails: ['a@x.org'] });
    for (let row = 0; row < 60_000; row += 1) folded.add({ phone_numbers: [`+${row}`], tags: [`t${row}`] });
    expect(folded.contact.phone_numbers).toHaveLength(60_000);
  });
});

import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';

/** What each column of a row becomes: `-` for left out, `?` for asked. */
function columnsOf(row: Readonly<Record<string, string>>): Record<string, string> {
  const { columns } = inferMapping({ header: Object.keys(row), samples: [{ line: 2, cells: Object.values(row) }] });
  return Object.fromEntries(
    columns.map(({ header, target }) => {
      const word = wordOfTarget(target);
      return [header, { undecided: '?', unmapped: '-', ignore: '-' }[word] ?? word];
    }),
  );
}

/** The columns that become parts of the contact's address. */
function addressOf(row: Readonly<Record<string, string>>): string[] {
  return Object.entries(columnsOf({ Name: 'Ada Moss', Email: 'ada@example.com', ...row }))
    .filter(([, to]) => /^(?:address_line[12]|city|state|postal_code|country)$/.test(to))
    .map(([header]) => header);
}

describe('one address a contact, and the contact’s own', () => {
  it.each([
    ['an event’s place is nobody’s', { 'Event Address': '1 Way', 'Event City': 'Reno', 'Event State': 'NV' }, []],
    ['wanted towns', { 'Preferred City': 'Boulder', 'Preferred Zip': '80301' }, []],
    [
      'a preferred address',
      { 'Preferred Address': '1 Way', 'Preferred City': 'Reno' },
      ['Preferred Address', 'Preferred City'],
    ],
    ['venue and town', { 'Venue Address': '1 Way', City: 'Reno', State: 'NV' }, []],
    ['a school’s', { 'School Address': '9 Way', 'School City': 'Reno' }, []],
    ['a landlord’s', { 'Landlord Address': '9 Way', 'Landlord City': 'Reno', City: 'Ely' }, ['City']],
    ['a street and its town', { 'Mailing Address': '9 Way', City: 'Reno' }, ['Mailing Address', 'City']],
    [
      'mailing before property',
      { 'Property Address': '1 Way', 'Property City': 'Ely', 'Mailing Address': '9 Way', 'Mailing City': 'Reno' },
      ['Mailing Address', 'Mailing City'],
    ],
    [
      'home before property',
      { 'Property Address': '1 Way', 'Property City': 'Ely', 'Home Address': '9 Way', 'Home City': 'Reno' },
      ['Home Address', 'Home City'],
    ],
    [
      'a property alone',
      { 'Property Address': '1 Way', 'Property City': 'Ely' },
      ['Property Address', 'Property City'],
    ],
    [
      'a list of houses',
      { Address: '1 Way', City: 'Ely', APN: '11-22', 'Mailing Address': '9 Way', 'Mailing City': 'Reno' },
      ['Mailing Address', 'Mailing City'],
    ],
    [
      'an address before the town looked for',
      { City: 'Boulder', 'Home Street': '9 Way', 'Home City': 'Reno', 'Home Zip': '89501' },
      ['Home Street', 'Home City', 'Home Zip'],
    ],
  ])('%s', (_, row, kept) => {
    expect(addressOf(row)).toEqual(kept);
  });

  it.each(['In progress', 'Active', 'Closed', 'On hold', 'Won', 'In Bearbeitung', 'En cours'])(
    'a state %s is none of a country',
    (state) => {
      expect(addressOf({ City: 'Reno', State: state })).toEqual(['City']);
    },
  );
});

describe('sums and firms', () => {
  it.each([
    ['beside a ticket', { 'Ticket Name': 'Standard' }, '-'],
    ['beside a donation', { 'Donation Date': '2026-01-02' }, '-'],
    ['beside an opportunity', { 'Opportunity Name': 'Ovens', Currency: 'USD' }, 'deal_value'],
    ['beside a stage', { 'Deal Stage': 'Won' }, 'deal_value'],
    ['of a firm’s list', { Company: 'Acme', 'Job Title': 'Cook' }, 'deal_value'],
    ['beside nothing', {}, '?'],
  ])('an amount %s', (_, row, to) => {
    for (const sum of ['Amount', 'Montant', 'Importe', 'Importo', 'Bedrag']) {
      expect(columnsOf({ Email: 'ada@example.com', ...row, [sum]: '20.00' })[sum]).toBe(to);
    }
  });

  it('who carries a parcel is not the contact’s firm', () => {
    expect(columnsOf({ Email: 'ada@example.com', 'Shipping Company': 'UPS' })['Shipping Company']).toBe('?');
    const both = columnsOf({ Email: 'ada@example.com', Company: 'Acme', 'Shipping Company': 'UPS' });
    expect([both['Company'], both['Shipping Company']]).toEqual(['company', '-']);
  });
});

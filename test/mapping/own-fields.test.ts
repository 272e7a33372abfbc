import { describe, expect, it } from 'vitest';
import { splitName } from '../../src/contact/name.js';
import { columnsOf } from './mapping-fixtures.js';

/** The columns that become parts of the contact's address. */
function addressOf(row: Readonly<Record<string, string>>): string[] {
  return Object.entries(columnsOf({ Name: 'Ada Moss', Email: 'ada@example.com', ...row }))
    .filter(([, to]) => /^(?:address_line[12]|city|state|postal_code|country)$/.test(to))
    .map(([header]) => header);
}

describe('one address a contact, and the contact’s own', () => {
  it.each([
    ["an event's place is nobody's", { 'Event Address': '1 Way', 'Event City': 'Reno', 'Event State': 'NV' }, []],
    ['wanted towns', { 'Preferred City': 'Boulder', 'Preferred Zip': '80301' }, []],
    [
      'a preferred address',
      { 'Preferred Address': '1 Way', 'Preferred City': 'Reno' },
      ['Preferred Address', 'Preferred City'],
    ],
    ['venue and town', { 'Venue Address': '1 Way', City: 'Reno', State: 'NV' }, []],
    ["a school's", { 'School Address': '9 Way', 'School City': 'Reno' }, []],
    ["a landlord's", { 'Landlord Address': '9 Way', 'Landlord City': 'Reno', City: 'Ely' }, ['City']],
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
    ["of a firm's list", { Company: 'Acme', 'Job Title': 'Cook' }, 'deal_value'],
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

  it('asks whether whom one deals with is the company, beside a person and no company', () => {
    const row = { Lieferant: 'Müller GmbH', Ansprechpartner: 'Ada Roe', 'E-Mail': 'ada@example.com' };
    expect(columnsOf(row)['Lieferant']).toBe('?');
    expect(columnsOf({ ...row, Firma: 'Acme' })['Lieferant']).toBe('-');
    expect(columnsOf({ ...row, Lieferant: '70012' })['Lieferant']).toBe('-');
    expect(columnsOf({ Supplier: 'Acme Inc', 'First Name': 'Ada', Email: 'ada@example.com' })['Supplier']).toBe('?');
    expect(columnsOf({ Customer: 'Acme Inc', 'Contact Name': 'Ada Roe', Email: 'a@example.com' })['Customer']).toBe(
      '?',
    );
  });
});

describe('names, and whose they are', () => {
  it.each([
    [{ 'First Name': 'Jo', 'Last Name': 'Pratt', Family: 'Pratt, Jo & Al' }, { Family: '-' }],
    [{ First: 'Jo', Family: 'Pratt, Jo & Al' }, { Family: '-' }],
    [{ First: 'Jo', Family: 'Pratt' }, { Family: 'last_name' }],
    [{ 'Lead Name': 'Acme Gardens', 'First Name': 'Jo', 'Last Name': 'Pratt' }, { 'Lead Name': '?' }],
    [{ 'Lead Name': 'Jo Pratt', 'First Name': 'Jo', 'Last Name': 'Pratt' }, { 'Lead Name': 'name' }],
    [
      { 'Lead Name': 'Acme', 'First Name': 'Jo', 'Billing Contact': 'Yes', 'Send SMS': 'No' },
      { 'Lead Name': 'company' },
    ],
    [
      {
        display_name: 'Acme',
        primary_contact_name: 'Jo Pratt',
        primary_contact_primary_email: 'jo@acme.example',
        primary_contact_primary_phone: '+12125550101',
      },
      {
        display_name: 'company',
        primary_contact_name: 'name',
        primary_contact_primary_email: 'emails',
        primary_contact_primary_phone: 'phone_numbers',
      },
    ],
    [{ 'Backer Name': 'Jo Pratt' }, { 'Backer Name': 'name' }],
    [
      { 'Saved Name': 'Jo', 'Public Name': 'Jo Pratt' },
      { 'Saved Name': 'name', 'Public Name': 'name' },
    ],
    [{ Customer: 'Mary Smith', 'Bill To Name': 'Pay Dept' }, { Customer: 'name' }],
    [{ 'First Name': 'Jo', 'Last Name': 'Day', 'Tenant Name': 'Mary Smith' }, { 'Tenant Name': '-' }],
  ])('%j', (row, wanted) => {
    expect(columnsOf({ Phone: '+12125550199', ...row })).toMatchObject(wanted);
  });

  it('a name without an e-mail beside the one to speak to is the firm’s', () => {
    const row = { Name: 'Acme', 'Primary Contact Name': 'Jo Pratt', 'Primary Contact Email': 'jo@acme.example' };
    expect(Object.values(columnsOf(row))).toEqual(['company', 'name', 'emails']);
  });

  it('Spanish and Portuguese surnames stay together', () => {
    expect(
      [
        'Maria dos Santos Souza',
        'Ana Paula dos Santos',
        'Francisca das Chagas Lima',
        'José da Silva Júnior',
        'Ana García López',
      ].map((name) => splitName(name).last_name),
    ).toEqual(['dos Santos Souza', 'dos Santos', 'Lima', 'da Silva Júnior', 'García López']);
  });
});

describe('e-mails and phones under other names', () => {
  it.each([
    ['Subscriber', 'ada@example.com', 'emails'],
    ['Public Email', 'ada@example.com', 'emails'],
    ['Non Primary E-mails', 'ada@example.com', 'emails'],
    ['URN:Mailto', 'ada@example.com', 'emails'],
    ['URN:Tel', '+256772123456', 'phone_numbers'],
    ['And your *email*, {{field:abc}}?', 'ada@example.com', 'emails'],
    ['E-Mail Alternativ', 'ada@example.com', 'emails'],
    ['Affiliate', 'ada@example.com', '-'],
    ...[
      'Organisationsnummer',
      'Org.nr',
      'Handelsregisternummer',
      'KVK nummer',
      'CVR-nr',
      'SIREN',
      'ABN',
      'CNPJ',
      'Y-tunnus',
      'UEN',
    ].map((header): [string, string, string] => [header, '552 100 554', '-']),
  ])('%s', (header, value, to) => {
    expect(columnsOf({ 'Full Name': 'Ada Moss', Mobile: '+12125550199', [header]: value })[header]).toBe(to);
  });

  it('the owner’s address goes before that of the house, in snake case too', () => {
    const row = {
      property_address_line_1: '1 Way',
      property_address_city: 'Ely',
      owner_address_line_1: '9 Way',
      owner_address_city: 'Reno',
    };
    expect(addressOf(row)).toEqual(['owner_address_line_1', 'owner_address_city']);
  });

  it('Yahoo’s Primary is what its values are', () => {
    const yahoo = {
      First: 'Ada',
      Last: 'Moss',
      Email: 'ada@example.com',
      'Distribution Lists': '',
      'Yahoo! Phone': '',
    };
    expect(columnsOf({ ...yahoo, Primary: 'ada@example.com' })['Primary']).toBe('emails');
    expect(columnsOf({ ...yahoo, Primary: '2125550199' })['Primary']).toBe('phone_numbers');
    expect(columnsOf({ ...yahoo, Primary: 'Mobile' })['Primary']).toBe('?');
  });
});

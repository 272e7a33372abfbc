/** Whose name, phone and address a row has: the pupil's, the backer's, never the spouse's. */
import { describe, expect, it } from 'vitest';
import { columnsOf } from './mapping-fixtures.js';

describe('a word for a person over names of persons', () => {
  const EMAIL = { 'Student Email': 'ada@example.com' };

  it.each([
    ['Pupil', { Pupil: 'Ada Moss', ...EMAIL, Class: '5' }, { Pupil: 'name', Class: '-' }],
    ['reversed', { Student: 'Moss, Ada', ...EMAIL, Parent: 'Eve Moss' }, { Student: 'name', Parent: '-' }],
    ['Schüler', { Schüler: 'Ada Moß', ...EMAIL }, { Schüler: 'name' }],
    ['学生', { 学生: '王小明', ...EMAIL }, { 学生: 'name' }],
    ['a firm as well', { Client: 'Acme Paper', ...EMAIL }, { Client: '?' }],
    ['beside a name', { Student: 'Ada Moss', Name: 'Eve Moss', ...EMAIL }, { Student: '-', Name: 'name' }],
    ['over something else', { Student: 'yes', ...EMAIL }, { Student: '-' }],
    ['over numbers', { Member: '1017', ...EMAIL }, { Member: '-' }],
  ])('%s', (_, row, expected) => expect(columnsOf(row)).toMatchObject(expected));
});

describe('an order and whom its parts are for', () => {
  it('is billed to the contact and shipped to somebody else', () => {
    const bill = {
      'Bill First Name': 'Ada',
      'Bill Last Name': 'Moss',
      'Bill Company': 'Acme',
      'Bill Email': 'a@x.org',
    };
    const ship = { 'Ship First Name': 'Sam', 'Ship Last Name': 'Poe', 'Ship Phone': '+12125550191' };
    expect(columnsOf({ ...bill, ...ship })).toMatchObject({
      'Bill First Name': 'first_name',
      'Bill Last Name': 'last_name',
      'Bill Company': 'company',
      'Bill Email': 'emails',
      'Ship First Name': '-',
      'Ship Last Name': '-',
    });
  });

  it('leaves the buyer’s own address with the buyer, beside numbered attendees', () => {
    const one = { 'Attendee 1 Name': 'Ben Ash', 'Attendee 1 Email': 'ben@example.com' };
    const attendee = { ...one, 'Attendee 2 Name': 'Cat Orr', 'Attendee 2 Email': 'cat@example.com' };
    const buyer = { 'Buyer Name': 'Ada Moss', 'Buyer Email': 'ada@example.com' };
    expect(columnsOf({ ...buyer, ...attendee })).toMatchObject({ 'Buyer Name': 'name', 'Buyer Email': 'emails' });
    expect(columnsOf({ ...buyer, ...one })).toMatchObject({ 'Buyer Email': '-', 'Attendee 1 Email': 'emails' });
    expect(columnsOf({ 'Buyer Name': 'Ada Moss', ...attendee })).toMatchObject({
      'Buyer Name': '-',
      'Attendee 1 Name': 'name',
      'Attendee 1 Email': 'emails',
    });
  });
});

describe('a list of accounts', () => {
  const FIRM = { Industry: 'Trade', 'Annual Revenue': '1000', Employees: '5', 'Ticker Symbol': '', 'SIC Code': '' };

  it('has firms’ names, unless it names people', () => {
    const row = { Name: 'Blue Lake', Email: 'office@bluelake.example' };
    expect(columnsOf({ ...row, ...FIRM })).toMatchObject({ Name: 'company' });
    expect(columnsOf({ ...row, Company: 'Acme', ...FIRM })).toMatchObject({ Name: 'name' });
    expect(columnsOf({ ...row, Industry: 'Trade' })).toMatchObject({ Name: 'name' });
  });
});

describe('a spouse’s phone is not the contact’s', () => {
  it.each([
    ...['Eş telefonu', 'Eş Tel', 'Eşinin Telefonu', 'Eş Cep Telefonu', 'Házastárs telefonja', 'Telefon soț'],
    ...['Telefon manžela', 'Telefon manželka', 'Τηλέφωνο συζύγου σύζυγος', 'Telefon supruga', 'Telepon istri'],
    ...['هاتف الزوجة', 'Телефон дружина'],
  ])('%s', (header) => {
    const row = { 'Ad Soyad': 'Ayşe Kaya', Telefon: '+905321234567', [header]: '+905321234568' };
    expect(columnsOf(row)).toMatchObject({ Telefon: 'phone_numbers', [header]: '-' });
  });
});

describe('an address is taken whole', () => {
  it('of Kickstarter: the backer’s shipping address, not the state and country of the card', () => {
    const row = {
      ...{
        'Backer Name': 'Ada Moss',
        Email: 'ada@example.com',
        'Billing State/Province': 'TX',
        'Billing Country': 'US',
      },
      ...{ 'Shipping Address 1': '1 Elm St', 'Shipping City': 'London', 'Shipping Postal Code': 'E1 6AN' },
      ...{ 'Shipping Country Code': 'GB', 'Shipping Phone Number': '020 7946 0123' },
    };
    expect(columnsOf(row)).toMatchObject({
      'Billing State/Province': '-',
      'Billing Country': '-',
      'Shipping Address 1': 'address_line1',
      'Shipping City': 'city',
      'Shipping Country Code': 'country',
      'Shipping Phone Number': 'phone_numbers',
    });
  });

  it.each([
    [
      { İl: 'İstanbul', İlçe: 'Kadıköy' },
      { İl: 'state', İlçe: 'city' },
    ],
    [
      { Ilce: 'Bornova', Sehir: 'İzmir' },
      { Sehir: 'state', Ilce: 'city' },
    ],
    [{ İl: 'İstanbul' }, { İl: 'city' }],
    [{ İlçe: 'Kadıköy' }, { İlçe: 'city' }],
  ])('of Turkey: %j', (place, expected) => {
    expect(columnsOf({ Ad: 'Ayşe', 'E-posta': 'a@example.com', ...place })).toMatchObject(expected);
  });
});

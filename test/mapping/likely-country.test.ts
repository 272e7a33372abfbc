import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { likelyCountry } from '../../src/mapping/likely-country.js';

function guess(header: readonly string[], rows: readonly (readonly string[])[], hint?: string) {
  const samples = rows.map((cells, at) => ({ line: at + 2, cells: [...cells] }));
  return likelyCountry(samples, inferMapping({ header: [...header], samples }), hint);
}

describe('the likely country of numbers without +', () => {
  it.each([
    [
      'ends of e-mails',
      ['Name', 'Email', 'Phone'],
      [
        ['A', 'a@firm.de', '0711 1234567'],
        ['B', 'b@x.com', '030 901820'],
      ],
      'DE',
    ],
    ['.uk', ['Name', 'Email', 'Phone'], [['A', 'a@firm.co.uk', '020 7946 0000']], 'GB'],
    [
      'other numbers',
      ['Name', 'Email', 'Phone'],
      [
        ['A', 'a@x.com', '+33 1 42 68 53 00'],
        ['B', '', '01 42 68 53 01'],
      ],
      'FR',
    ],
    [
      'a country column',
      ['Name', 'Phone', 'Country'],
      [
        ['A', '06 12345678', ''],
        ['B', '06 22345678', 'Nederland'],
      ],
      'NL',
    ],
    ['the header', ['Vorname', 'Nachname', 'Telefon'], [['Ute', 'Weiß', '0711 1234567']], 'DE'],
  ])('is told by %s', (_, header, rows, country) => {
    const numbers = rows.length > 1 && country !== 'DE' ? 1 : rows.length;
    expect(guess(header, rows)).toEqual({ country, numbers, by: 'file' });
  });

  it.each([
    ['GB', 'postal codes', ['Name', 'Phone', 'Zip'], ['A', '020 7946 0123', 'E1 6AN']],
    ['NL', 'postal codes', ['Name', 'Phone', 'Postal Code'], ['A', '06 12345678', '1012 AB']],
    ['PL', 'postal codes', ['Name', 'Phone', 'Postal Code'], ['A', '601 234 567', '00-950']],
    ['GB', 'money', ['Name', 'Phone', 'Price'], ['A', '020 7946 0123', '£12.00']],
    ['IN', 'money', ['Name', 'Phone', 'Fee'], ['A', '98450 00123', '₹ 1,20,000']],
    ['CH', 'money', ['Name', 'Phone', 'Fee'], ['A', '044 668 18 00', "CHF 1'200.50"]],
    ['US', 'states', ['Name', 'Phone', 'State'], ['A', '(212) 555-0147', 'NY']],
    ['AU', 'states', ['Name', 'Phone', 'State'], ['A', '02 9374 4000', 'NSW']],
    ['TR', 'the header', ['Adı', 'Soyadı', 'Cep Telefonu'], ['Ayşe', 'Kaya', '0532 123 45 67']],
    ['JP', 'the header', ['氏名', '電話番号'], ['山田 太郎', '03-1234-5678']],
    ['BR', 'the header', ['Nome', 'Celular', 'Cidade'], ['Ana', '(11) 98765-4321', 'Recife']],
    ['RU', 'the header', ['Имя', 'Фамилия', 'Телефон'], ['Анна', 'Ким', '8 (916) 123-45-67']],
    [
      'DE',
      'a header that shares words with others',
      ['Vorname', 'Nachname', 'Telefon', 'Firma'],
      ['Ute', 'Weiß', '0711 1234567', 'X'],
    ],
    [
      'TR',
      'a header that shares words with others',
      ['Ad', 'Soyad', 'Telefon', 'Firma'],
      ['Ayşe', 'Kaya', '0532 123 45 67', 'X'],
    ],
    [
      undefined,
      'no header in two languages',
      ['Vorname', 'Nachname', 'Telefon', 'Prénom', 'Nom'],
      ['Ute', 'Weiß', '0711 1234567', '', ''],
    ],
    [undefined, 'no dollar', ['Name', 'Phone', 'Price'], ['A', '(212) 555-0147', '$12.00']],
    [undefined, 'no number of an order', ['Name', 'Phone', 'Order'], ['A', '(212) 555-0147', 'GBP-12-9981-x']],
  ])('is %s by %s', (country, _, header, row) => {
    expect(guess(header, [row])?.country).toBe(country);
  });

  it('is the hint only where the file does not speak', () => {
    const rows = [['A', 'a@x.com', '0711 1234567']];
    expect(guess(['Name', 'Email', 'Phone'], rows)).toBeUndefined();
    expect(guess(['Name', 'Email', 'Phone'], rows, 'DE')).toEqual({ country: 'DE', numbers: 1, by: 'hint' });
    expect(guess(['Name', 'Email', 'Phone'], rows, 'xx')).toBeUndefined();
    const british = [['A', 'a@x.uk', '020 7946 0000']];
    expect(guess(['Name', 'Email', 'Phone'], british, 'DE')).toEqual({ country: 'GB', numbers: 1, by: 'file' });
  });

  it.each([
    ['212-555-0147', 'DE', undefined],
    ['(212) 555-0147', 'US', 'US'],
    ['0711 1234567', 'US', undefined],
    ['912 345 678', 'ES', 'ES'],
    ['0171 2345678', 'DE', 'DE'],
  ])('is the hint only where %s is written as one writes it in %s', (phone, hint, country) => {
    expect(guess(['Name', 'Email', 'Phone'], [['A', 'a@x.com', phone]], hint)?.country).toBe(country);
  });

  it.each([
    ['the numbers are of no such country', [['A', 'a@firm.uk', '0711 12']]],
    [
      'two are as likely',
      [
        ['A', 'a@firm.de', '0711 1234567'],
        ['B', 'b@firm.at', '0664 1234567'],
      ],
    ],
    ['each number has its country', [['A', 'a@firm.de', '+49 711 1234567']]],
    ['an address is of anywhere', [['A', 'a@firm.io', '0711 1234567']]],
  ])('is none where %s', (_, rows) => {
    expect(guess(['Name', 'Email', 'Phone'], rows)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKeyOf, sameName, splitName } from '../../src/contact/name.js';

describe('splitName', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    [' Ada   Lovelace ', 'Ada', 'Lovelace'],
    ['Ada', 'Ada', undefined],
    ['Smith,', undefined, 'Smith'],
    ['Juan Carlos de la Vega', 'Juan Carlos', 'de la Vega'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Anna Maria von der Leyen', 'Anna Maria', 'von der Leyen'],
    ['Maria De Luca', 'Maria', 'De Luca'],
    ['Van Morrison', 'Van', 'Morrison'],
    ['José Ortega y Gasset', 'José', 'Ortega y Gasset'],
    ['María José García López', 'María José', 'García López'],
    ['Juan Carlos de la Cruz Martínez', 'Juan Carlos', 'de la Cruz Martínez'],
    ['José Luis Rodríguez Zapatero', 'José Luis', 'Rodríguez Zapatero'],
    ['María del Carmen Ruiz Gómez', 'María del Carmen', 'Ruiz Gómez'],
    ['Gabriel Garcia Marquez', 'Gabriel', 'Garcia Marquez'],
    ['Ana María Pérez', 'Ana María', 'Pérez'],
    ['Maria Garcia Smith', 'Maria Garcia', 'Smith'],
    ['JOHN Smith', 'JOHN', 'Smith'],
    ['ANNA Lee', 'ANNA', 'Lee'],
    ['SMITH John', 'John', 'SMITH'],
    ['THOMAS Julien', 'Julien', 'THOMAS'],
    ['John Smith & Mary', 'John Smith & Mary', undefined],
    ["Joe's Pizza", "Joe's Pizza", undefined],
    ["St. Mary's Church", "St. Mary's Church", undefined],
    ['The Home Depot', 'The Home Depot', undefined],
    ['Acme Roofing & Siding', 'Acme Roofing & Siding', undefined],
    ['Stadt Köln', 'Stadt Köln', undefined],
    ['M. Night Shyamalan', 'M. Night', 'Shyamalan'],
    ['Smith, John Jr.', 'John', 'Smith Jr.'],
    ['Smith, Jr., John', 'John', 'Smith Jr.'],
    ['John Smith III', 'John', 'Smith III'],
    ['Acme, Inc.', 'Acme, Inc.', undefined],
    ['a, b, c', 'a, b, c', undefined],
    ['山田 太郎', '太郎', '山田'],
    ['山田太郎', '山田太郎', undefined],
    ['김 철수', '철수', '김'],
    ['Анна Ахматова', 'Анна', 'Ахматова'],
    ['Иванов Иван Иванович', 'Иван Иванович', 'Иванов'],
    ['Иван Иванович Иванов', 'Иван Иванович', 'Иванов'],
    ['DUPONT Jean', 'Jean', 'DUPONT'],
    ['DE LA CRUZ María', 'María', 'DE LA CRUZ'],
    ['Jean DUPONT', 'Jean', 'DUPONT'],
    ['ADA LOVELACE', 'ADA', 'LOVELACE'],
    ['JP Morgan', 'JP', 'Morgan'],
    ['John Smith & Mary Jones', 'John Smith & Mary Jones', undefined],
    ['John & Mary Smith', 'John & Mary', 'Smith'],
    ['Accounts Dept', 'Accounts Dept', undefined],
    ["St Mary's School", "St Mary's School", undefined],
    ['First Baptist Church', 'First Baptist Church', undefined],
    ['Charlotte Maria Church', 'Charlotte Maria', 'Church'],
    ['Law Offices of Jane Doe', 'Law Offices of Jane Doe', undefined],
    ['The Estate of John Smith', 'The Estate of John Smith', undefined],
    ['Dr.', 'Dr.', undefined],
    ['', undefined, undefined],
  ])('%j is %j and %j', (full, first, last) => {
    const { first_name, last_name, prefix, suffix } = splitName(full);
    expect([first_name, last_name, prefix, suffix]).toEqual([first, last, undefined, undefined]);
  });

  it.each([
    ['Dr. Ada King Lovelace', { prefix: 'Dr.', first_name: 'Ada King', last_name: 'Lovelace' }],
    ['Prof. Dr. Max Muster', { prefix: 'Prof. Dr.', first_name: 'Max', last_name: 'Muster' }],
    ['Mr. Smith', { prefix: 'Mr.', last_name: 'Smith' }],
    ['Dr. med. Anna Muster', { prefix: 'Dr. med.', first_name: 'Anna', last_name: 'Muster' }],
    ['Attn: Jane Doe', { prefix: 'Attn:', first_name: 'Jane', last_name: 'Doe' }],
    ['Jane Doe - Acme Corp', { first_name: 'Jane', last_name: 'Doe', suffix: 'Acme Corp' }],
    ['Ada Lovelace, PhD', { first_name: 'Ada', last_name: 'Lovelace', suffix: 'PhD' }],
    ['Ada Lovelace PhD, MBA', { first_name: 'Ada', last_name: 'Lovelace', suffix: 'PhD, MBA' }],
    ['Lovelace, Dr. Ada, M.A.', { prefix: 'Dr.', first_name: 'Ada', last_name: 'Lovelace', suffix: 'M.A.' }],
    ['Yo-Yo Ma', { first_name: 'Yo-Yo', last_name: 'Ma' }],
    ['山田 太郎 III', { first_name: '太郎', last_name: '山田 III' }],
  ])('%s keeps what stands around the name', (full, expected) => expect(splitName(full)).toEqual(expected));

  it('loses no word', () => {
    const word = fc.constantFrom(
      'Ada',
      'van',
      'de',
      'Dr.',
      'Jr.',
      'PhD',
      'y',
      'MA',
      'Inc.',
      '山田',
      'Mr',
      'III',
      "O'Neil",
      'e',
    );
    const full = fc.array(fc.tuple(word, fc.constantFrom(' ', ', ')), { maxLength: 7 });
    const wordsOf = (text: string) =>
      text
        .split(/[\s,]+/)
        .filter((each) => each !== '')
        .sort();
    fc.assert(
      fc.property(full, (pairs) => {
        const text = pairs.flat().join('');
        expect(wordsOf(Object.values(splitName(text)).join(' '))).toEqual(wordsOf(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('nameKeyOf', () => {
  it.each([
    ['Ada Lovelace', 'lovelace, ada'],
    ['Dr. Ada Lovelace', 'Ada Lovelace, PhD'],
    ['Zoë Müller', 'ZOE MUELLER'],
    ['Jean-Luc Picard', 'Picard Jean Luc'],
    ["Shaquille O'Neil", 'Shaquille ONeil'],
    ['Søren Łukasz', 'Soren Lukasz'],
    ['Straße', 'STRASSE'],
    ['山田 太郎', '山田太郎'],
    ['太郎 山田', '山田太郎'],
    ['Ёлкин Пётр', 'Петр Елкин'],
  ])('of %s and of %s are equal', (one, other) => expect(nameKeyOf(one)).toBe(nameKeyOf(other)));

  it('is blank only without a name', () => {
    expect(nameKeyOf('')).toBe('');
    expect(nameKeyOf(' . ')).toBe('');
    expect(nameKeyOf('Dr.')).toBe('dr');
    expect(nameKeyOf('Ada Lovelace')).toBe('ada lovelace');
    expect(nameKeyOf('Анна')).toBe('анна');
  });

  it('reads names in ASCII as it reads all others', () => {
    const besides = (name: string, word: string): string[] =>
      nameKeyOf(`${name} ${word}`)
        .split(' ')
        .filter((one) => one !== word);
    // A letter that is not of ASCII has the whole name read in the general way.
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), (name) => {
        expect(besides(name, 'qx')).toEqual(besides(name, 'ѳ'));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps a father from his son', () => expect(nameKeyOf('John Smith Jr.')).not.toBe(nameKeyOf('John Smith')));
});

describe('sameName', () => {
  const compared = (one: string, other: string) => sameName(nameKeyOf(one), nameKeyOf(other));

  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Ada Lovelace', ''],
    ['Ada Lovelace', 'Ada'],
    ['Ada King Lovelace', 'Lovelace, Ada'],
    ['A. Lovelace', 'Ada Lovelace'],
    ['A. K. Lovelace', 'Ada King Lovelace'],
    ['Ada L.', 'A. Lovelace'],
  ])('%j may be %j', (one, other) => expect(compared(one, other)).toBe(true));

  it.each([
    ['Ada Lovelace', 'Charles Babbage'],
    ['Ada Lovelace', 'Anne Lovelace'],
    ['A. Anna', 'A. Ava'],
    ['A. A. Milne', 'Ada Milner'],
    ['John Smith Jr.', 'John Smith Sr.'],
    ['王伟', '王小伟'],
    ['Анна Ахматова', 'Марина Цветаева'],
  ])('%j is not %j', (one, other) => expect(compared(one, other)).toBe(false));

  const key = fc
    .array(fc.constantFrom('a', 'b', 'ada', 'anna', 'bob', 'ben', 'lovelace'), { maxLength: 4 })
    .map((words) => nameKeyOf(words.join(' ')));

  it('is symmetric and reflexive', () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(sameName(one, other)).toBe(sameName(other, one));
        expect(sameName(one, one)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

/** Cells as forms and programs fill them: several fields in one, a related page, a text that only says "none". */
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import type { MappedRow } from '../../src/mapping/compile/mapped-row.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import { table } from './mapping-fixtures.js';

function rowOf(header: readonly string[], ...cells: readonly string[]): MappedRow {
  const input = table([[...header], [...cells]]);
  const read = compileMapping(inferMapping(input), {
    set: new Map(),
    unmapped: 'ignore',
    onInvalid: 'reject',
    country: 'US',
  });
  const row = input.samples.map(read)[0];
  if (row === undefined) throw new Error('no row');
  return row;
}

const EMAIL = 'ada@example.com';
const ADDRESS = { address_line1: '1 Elm St', city: 'Austin', state: 'TX', postal_code: '78701' };

describe('what forms write into one cell', () => {
  it.each([
    [
      'lines',
      'Street Address: 1 Elm St\nStreet Address Line 2: Apt 4\nCity: Austin\nState / Province: TX\nPostal / Zip Code: 78701\nCountry: United States',
      { ...ADDRESS, address_line2: 'Apt 4', country: 'United States' },
    ],
    ['one line', 'Street Address: 1 Elm St City: Austin State / Province: TX Postal / Zip Code: 78701', ADDRESS],
    ['no labels', '1 Elm St, c/o City: Hall', { address_line1: '1 Elm St, c/o City: Hall' }],
  ])('an address: %s', (_, cell, expected) => {
    expect(rowOf(['Email', 'Address'], EMAIL, cell).contact).toEqual({ emails: [EMAIL], ...expected });
  });

  it('a name, and a phone with its area code', () => {
    const { contact } = rowOf(
      ['Full Name', 'Phone Number'],
      'First Name: Ada\nLast Name: Moss',
      'Area Code: 212 Phone Number: 555-0147',
    );
    expect(contact).toEqual({ first_name: 'Ada', last_name: 'Moss', phone_numbers: ['+12125550147'] });
  });
});

describe('a related page of Notion', () => {
  const page = (name: string): string => `${name} (https://www.notion.so/${name}-0123456789abcdef?pvs=21)`;

  it('is its name; of several the first one is taken, and said', () => {
    const { contact, notes } = rowOf(
      ['Email', 'Company', 'Tags'],
      EMAIL,
      `${page('Acme')}, ${page('Beta')}`,
      `${page('VIP')}, ${page('Lead')}`,
    );
    expect(contact).toEqual({ emails: [EMAIL], company: 'Acme', tags: ['VIP', 'Lead'] });
    expect(notes.map(({ code }) => code)).toEqual(['first_of_several']);
  });

  it('is not what merely stands in brackets', () => {
    expect(rowOf(['Email', 'Company'], EMAIL, 'Acme (https://acme.example)').contact.company).toBe(
      'Acme (https://acme.example)',
    );
  });
});

describe('no e-mail and no phone', () => {
  it.each(['x', 'X', 'xx', 'no', 'Nein', 'private', '.'])('%j', (cell) => {
    expect(rowOf(['Email', 'Phone', 'Company'], EMAIL, cell, cell)).toMatchObject({
      problems: [],
      contact: { emails: [EMAIL] },
    });
    expect(rowOf(['Email', 'Phone'], cell, '(212) 555-0147')).toMatchObject({ problems: [], placeholders: [] });
  });

  it('but not what may be a mistyped one', () => {
    expect(rowOf(['Email', 'Phone'], 'ada', '(212) 555-0147').problems).toMatchObject([{ code: 'invalid_email' }]);
  });
});

describe('headers as their programs write them', () => {
  it.each([
    ['*First name*', 'first_name'],
    ["Nice to meet you, {{field:01ABC}}! What's your *email*?", 'emails'],
    ["Hi there! What's your **first name**?", 'first_name'],
    ["What's your _company_ called?", 'company'],
  ])('%s', (header, field) => {
    const [column] = inferMapping(
      table([
        [header, 'B'],
        [field === 'emails' ? EMAIL : 'Ada', 'b'],
      ]),
    ).columns;
    expect(column && wordOfTarget(column.target)).toBe(field);
  });

  it('RapidPro calls a number by its URN', () => {
    const { contact } = rowOf(
      ['Contact UUID', 'Name', 'Language', 'URN:Mailto', 'URN:Tel'],
      '6f',
      'Ada Moss',
      'eng',
      EMAIL,
      '+12125550147',
    );
    expect(contact).toMatchObject({ emails: [EMAIL], phone_numbers: ['+12125550147'] });
  });
});

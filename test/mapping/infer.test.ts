import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { describeColumns, wordOfTarget } from '../../src/mapping/propose.js';
import { ANY_TEXT, table } from './mapping-fixtures.js';

/** What each column becomes; several records give its values. */
function mapped(header: string[], ...records: string[][]): Record<string, string> {
  const { columns } = inferMapping(table([header, ...records]));
  return Object.fromEntries(columns.map(({ header: name, target }) => [name, wordOfTarget(target)]));
}

describe('ambiguous names', () => {
  it.each([
    { header: ['Name', 'Email'], name: 'name' },
    { header: ['Name', 'Vorname', 'E-Mail'], name: 'last_name' },
    { header: ['Nom', 'Prénom'], name: 'last_name' },
    { header: ['Nom', 'Email'], name: 'name' },
    { header: ['Nombre', 'Apellidos'], name: 'first_name' },
    { header: ['Nome', 'Cognome'], name: 'first_name' },
    { header: ['Nome', 'E-mail'], name: 'name' },
    { header: ['Имя', 'Фамилия'], name: 'first_name' },
    { header: ['Name', 'Surname'], name: 'first_name' },
    { header: ['Name', 'First Name', 'Last Name'], name: 'name' },
    { header: ['Name', 'Contact Person', 'Contact name'], name: 'undecided' },
  ])('$header: the first is $name', ({ header, name }) => {
    expect(mapped(header)[header[0] ?? '']).toBe(name);
  });

  it.each([
    { header: ['Title', 'Job Title'], values: ['CEO', 'CEO'], title: 'unmapped' },
    { header: ['Title', 'E-mail Address'], values: ['CEO', 'a@example.com'], title: 'unmapped' },
    { header: ['Title', 'Email Address'], values: ['CEO', 'a@example.com'], title: 'job_title' },
    { header: ['Title', 'Salutation'], values: ['', ''], title: 'job_title' },
    { header: ['Title', 'Account Name'], values: ['', ''], title: 'job_title' },
    { header: ['Title', 'Email'], values: ['Mrs.', 'a@example.com'], title: 'unmapped' },
    { header: ['Titel', 'E-Mail'], values: ['Prof. Dr.', 'a@example.com'], title: 'unmapped' },
    { header: ['Title', 'Email'], values: ['', 'a@example.com'], title: 'undecided' },
  ])('$header with $values: Title is $title', ({ header, values, title }) => {
    expect(mapped(header, values)[header[0] ?? '']).toBe(title);
  });

  it('takes the second of two Titre columns for the job', () => {
    const { columns } = inferMapping(table([['Titre', 'Nom', 'Prénom', 'Titre']]));
    expect(columns.map(({ target }) => wordOfTarget(target))).toEqual([
      'unmapped',
      'last_name',
      'first_name',
      'job_title',
    ]);
  });

  it.each([
    { header: 'Email Opt Out' },
    { header: 'HasOptedOutOfEmail' },
    { header: 'Unsubscribed from all email' },
    { header: 'EMAIL_BLACKLISTED' },
    { header: 'Accepts Email Marketing' },
    { header: 'Marketing emails bounced' },
    { header: 'Do Not Call' },
    { header: 'Email Domain' },
    { header: 'Email Status' },
    { header: 'E-mail Display Name' },
    { header: 'Contact owner' },
    { header: 'Lead Owner' },
    { header: 'Owner Email' },
    { header: 'Company ID' },
    { header: 'Account Name.id' },
    { header: 'Spouse Email' },
    { header: "Assistant's Phone" },
    { header: "Manager's Name" },
    { header: 'Home Fax' },
    { header: 'TTY/TDD Phone' },
    { header: 'Pager' },
    { header: 'Phonetic First Name' },
    { header: 'IP City' },
    { header: 'Company Linkedin Url' },
  ])('never maps $header, whatever its values', ({ header }) => {
    for (const value of ['a@example.com', '+442079460018', 'yes', 'Ada', '']) {
      expect(mapped(['Email', header], ['x@example.com', value])[header]).toMatch(/^(?:ignore|unmapped)$/);
    }
  });

  it('never copies secrets and identity numbers, not even as custom fields', () => {
    for (const header of ['Password', 'PESEL', 'Government ID Number', 'IBAN', 'Personnummer', 'Cod. Fisc./P. IVA']) {
      expect(mapped(['Email', header])[header], header).toBe('ignore');
    }
  });

  it.each([
    ['4111 1111 1111 1111', 'a card'],
    ['DE89 3704 0044 0532 0130 00', 'an account'],
    ['078-05-1120', 'a social security number'],
    ['123.456.789-09', 'a CPF'],
  ])('never copies %s, %s, whatever its column is called', (value) => {
    expect(mapped(['Email', 'Ref'], ['x@example.com', value])['Ref']).toBe('ignore');
  });

  it.each(['4111 1111 1111 1112', '+4915123456789', 'DE88370400440532013000', '4915123456789'])(
    '%s is none of them',
    (value) => {
      expect(mapped(['Email', 'Ref'], ['x@example.com', value])['Ref']).not.toBe('ignore');
    },
  );

  it.each([
    ['Status'],
    ['Type'],
    ['Source'],
    ['Stage'],
    ['Category'],
    ['Group'],
    ['Role'],
    ['Monthly Spend'],
    ['Annual Revenue'],
  ])('%s is asked for, with suggestions', (header) => {
    const [, column] = inferMapping(table([['Email', header]])).columns;
    expect(column).toMatchObject({ target: { kind: 'undecided' }, certainty: 'undecided' });
    expect(column?.suggestions.length).toBeGreaterThan(0);
  });

  it('asks for an unknown column by its values and by slips of the pen', () => {
    const { columns } = inferMapping(
      table([
        ['Email', 'Kontakt 2', 'Compnay', 'Favourite colour'],
        ['a@b.de', 'c@d.de', 'X', 'red'],
      ]),
    );
    expect(columns.map(({ suggestions }) => suggestions)).toEqual([[], ['emails', 'name'], ['company'], []]);
    expect(columns.map(({ target }) => target.kind)).toEqual(['field', 'undecided', 'undecided', 'unmapped']);
  });
});

describe('values', () => {
  it('takes a state of a subscription for no state', () => {
    expect(mapped(['Email', 'State'], ['a@b.de', 'active'], ['c@d.de', 'cancelled'])['State']).toBe('unmapped');
    expect(mapped(['Email', 'State'], ['a@b.de', 'NV'])['State']).toBe('state');
  });

  it('takes a link for the profile only where it is one', () => {
    expect(mapped(['Email', 'Website'], ['a@b.de', 'https://example.com'])['Website']).toBe('unmapped');
    expect(mapped(['Email', 'Website'], ['a@b.de', 'http://de.linkedin.com/in/ada'])['Website']).toBe('linkedin_url');
  });

  it('takes yes and no under Email for no address', () => {
    expect(mapped(['E-Mail', 'Email'], ['yes', 'a@b.de'], ['no', 'c@d.de'])['E-Mail']).toBe('unmapped');
  });

  it('takes Contact for a name only where it isn’t a number', () => {
    expect(mapped(['Name', 'Contact'], ['Ada Sample', '+44 20 7946 0018'])['Contact']).toBe('phone_numbers');
    expect(mapped(['Name', 'Contact'], ['Ada Sample', '7946001'])['Contact']).toBe('undecided');
    expect(mapped(['Name', 'Contact'], ['Ada Sample', 'TRUE'])).toEqual({ Name: 'name', Contact: 'unmapped' });
  });
});

describe('addresses', () => {
  const header = ['Email', 'Business Street', 'Business City', 'Home Street', 'Home City'];

  it('takes business before home', () => {
    expect(mapped(header, ['a@b.de', '1 High St', 'London', '2 Low St', 'York'])).toMatchObject({
      'Business Street': 'address_line1',
      'Business City': 'city',
      'Home Street': 'unmapped',
      'Home City': 'unmapped',
    });
  });

  it('takes home where only home is filled', () => {
    expect(mapped(header, ['a@b.de', '', '', '2 Low St', 'York'])).toMatchObject({
      'Business Street': 'unmapped',
      'Business City': 'unmapped',
      'Home Street': 'address_line1',
      'Home City': 'city',
    });
  });

  it('goes by the fill of the whole file where it is known', () => {
    const samples = table([header, ['a@b.de', '1 High St', 'London', '', '']]).samples;
    const { columns } = inferMapping({ header, samples, fill: [1, 0.01, 0.01, 0.9, 0.9] });
    expect(columns.map(({ target }) => wordOfTarget(target)).slice(1)).toEqual([
      'unmapped',
      'unmapped',
      'address_line1',
      'city',
    ]);
  });

  it('takes a block only where there are no parts', () => {
    expect(mapped(['Email', 'Home Address', 'Home Street'])['Home Address']).toBe('ignore');
    expect(mapped(['Email', 'Home Address'])['Home Address']).toBe('address_line1');
    expect(mapped(['Email', 'Address', 'Address 2', 'City'])).toMatchObject({
      Address: 'address_line1',
      'Address 2': 'address_line2',
    });
  });

  it('never takes two groups', () => {
    const groups = ['Business', 'Home', 'Other', 'Mailing', 'Billing', 'Shipping'];
    const wide = [
      'Email',
      ...groups.flatMap((group) => ['Street', 'City', 'Country'].map((part) => `${group} ${part}`)),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', 'x'), { minLength: wide.length, maxLength: wide.length }), (cells) => {
        const all = mapped(wide, cells);
        const taken = wide.filter((name) => /^(?:address_line1|city|country)$/.test(all[name] ?? ''));
        expect(new Set(taken.map((name) => name.split(' ')[0])).size).toBe(1);
      }),
    );
  });
});

describe('several values', () => {
  it('puts primary columns first and a company’s switchboard last', () => {
    const { columns } = inferMapping(
      table([['Company Main Phone', 'Work Phone', 'Primary Phone', 'Secondary Email', 'Primary Email']]),
    );
    expect(columns.map(({ target }) => (target.kind === 'field' ? target.position : target.kind))).toEqual([
      'last',
      undefined,
      'first',
      undefined,
      'first',
    ]);
  });

  it('pairs labels with their values', () => {
    expect(mapped(['E-mail 1 - Label', 'E-mail 1 - Value', 'Phone Type', 'Phone', 'Contact Type'])).toEqual({
      'E-mail 1 - Label': 'ignore',
      'E-mail 1 - Value': 'emails',
      'Phone Type': 'ignore',
      Phone: 'phone_numbers',
      'Contact Type': 'contact_type',
    });
  });

  it('pairs a label with the nearest value, not with one of another file of the list', () => {
    const { columns } = inferMapping({
      header: ['First Name', 'Email Address', 'Company', 'E-Mail-Adresse', 'E-Mail-Typ'],
      samples: [],
    });
    expect(columns.at(-1)?.reason).toBe('the label of "E-Mail-Adresse"');
  });
});

describe('any header', () => {
  it('is mapped without throwing, one column each, and the same every time', () => {
    const cell = fc.oneof(
      ANY_TEXT,
      fc.constantFrom('Name', 'Email', 'Phone - Work', 'Title', '', '__proto__', 'constructor', 'custom:', 'custom:x'),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.array(cell, { maxLength: 12 }), (header, cells) => {
        const input = table([header, cells]);
        const mapping = inferMapping(input);
        expect(mapping.columns.map(({ header: name }) => name)).toEqual(header);
        expect(inferMapping(input)).toEqual(mapping);
        expect(describeColumns(mapping, 'custom')).toHaveLength(header.length);
      }),
    );
  });

  it('says for each column why, with samples and the fill rate', () => {
    const { columns } = inferMapping(
      table([
        ['Email', 'Shoe size'],
        ['a@b.de', '39'],
        ['c@d.de', ''],
        ['e@f.de', '39'],
        ['', '40'],
      ]),
    );
    expect(columns[1]).toMatchObject({
      samples: ['39', '40'],
      fillRate: 0.75,
      reason: 'no field of Clarky has this name',
    });
    expect(describeColumns({ columns })[0]).toEqual({
      column: 'Email',
      field: 'emails',
      reason: 'its name',
      suggestions: [],
      samples: ['a@b.de', 'c@d.de', 'e@f.de'],
    });
  });
});

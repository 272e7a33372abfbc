import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTACT_FIELDS } from '../../src/contact/contact.js';
import { ImporterError } from '../../src/errors.js';
import { compileFirstReading, compileMapping } from '../../src/mapping/compile/compile.js';
import type { MappedRow } from '../../src/mapping/compile/mapped-row.js';
import type { MappingSettings } from '../../src/mapping/compile/settings.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import type { InferredMapping, Target } from '../../src/mapping/mapping.js';
import { createColumnProfile, profiledColumns } from '../../src/mapping/compile/profile.js';
import { ANY_TEXT, table } from './mapping-fixtures.js';

const SETTINGS: MappingSettings = { set: new Map(), unmapped: 'ignore', onInvalid: 'reject' };

/** The rows of a table as the second pass maps them. */
function rowsOf(
  rows: string[][],
  settings: Partial<MappingSettings> = {},
  overrides: Record<string, Target> = {},
): MappedRow[] {
  const { header, samples } = table(rows);
  const inferred = inferMapping({ header, samples });
  const mapping: InferredMapping = {
    ...inferred,
    columns: inferred.columns.map((column) => ({ ...column, target: overrides[column.header] ?? column.target })),
  };
  const all = { ...SETTINGS, ...settings };
  const profile = createColumnProfile(profiledColumns(mapping, all.unmapped));
  samples.forEach(({ cells }, ordinal) => profile.observe(ordinal, cells));
  return samples.map(compileMapping(mapping, all, profile.conventions()));
}

function contactOf(
  rows: string[][],
  settings: Partial<MappingSettings> = {},
  overrides: Record<string, Target> = {},
): MappedRow['contact'] {
  const [row] = rowsOf(rows, settings, overrides);
  expect(row?.problems).toEqual([]);
  return row?.contact ?? {};
}

function errorOf(run: () => unknown): ImporterError {
  try {
    run();
  } catch (error) {
    if (error instanceof ImporterError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a record becomes a contact', () => {
  it('leaves blanks out', () => {
    expect(
      contactOf([
        ['Email', 'First Name', 'Company', 'Tags', 'Amount', 'Phone'],
        ['a@example.com', ' ', '', '', '', '\u00a0'],
      ]),
    ).toEqual({
      emails: ['a@example.com'],
    });
  });

  it('joins emails and phones of several columns, the primary first, each once', () => {
    const header = ['Company Phone', 'Email', 'Work Email', 'Primary Email', 'Mobile', 'Phone'];
    const cells = [
      '+442079460011',
      'B@example.com',
      'c@example.com, b@example.com',
      'a@example.com',
      '+442079460018',
      '+44 20 7946 0018',
    ];
    expect(contactOf([header, cells])).toEqual({
      emails: ['a@example.com', 'b@example.com', 'c@example.com'],
      phone_numbers: ['+442079460018', '+442079460011'],
    });
  });

  it('reads labels: faxes are left out, the starred one comes first', () => {
    const header = [
      'Phone 1 - Label',
      'Phone 1 - Value',
      'Phone 2 - Label',
      'Phone 2 - Value',
      'Phone 3 - Label',
      'Phone 3 - Value',
    ];
    const cells = ['Work Fax', '+442079460011', 'Home', '+442079460012', '* Mobile', '+442079460013'];
    const [row] = rowsOf([header, cells]);
    expect(row?.contact.phone_numbers).toEqual(['+442079460013', '+442079460012']);
    expect(row?.notes).toEqual([
      { code: 'phone_fax_left_out', column: 'Phone 1 - Value', message: 'labelled "Work Fax": not a phone, left out' },
    ]);
  });

  it('leaves an Exchange path out where the type says so', () => {
    const header = ['E-mail Address', 'E-mail Type', 'E-mail 2 Address', 'E-mail 2 Type'];
    const [row] = rowsOf([header, ['/o=Labs/cn=ada', 'EX', 'ada@example.com', 'SMTP']]);
    expect(row).toMatchObject({ problems: [], contact: { emails: ['ada@example.com'] } });
  });

  it.each<[string[], (string | undefined)[]]>([
    [
      ['MI', 'NA', 'RM'],
      ['MI', 'NA', 'RM'],
    ],
    [
      ['NY', 'NA', 'TX'],
      ['NY', undefined, 'TX'],
    ],
    [
      ['NA', 'N/A', '-'],
      [undefined, undefined, undefined],
    ],
  ])('takes NA for Naples among provinces of Italy alone: %j', (states, expected) => {
    const rows = states.map((state, at) => [`a${String(at)}@x.it`, state]);
    const read = rowsOf([['Email', 'Provincia'], ...rows]).map(({ contact }) => contact.state);
    expect(read).toEqual(expected);
  });

  it('takes the row’s country for its phones, else --country', () => {
    const rows = [
      ['Phone', 'Country'],
      ['020 7946 0018', 'United Kingdom'],
      ['030 901820', 'Deutschland'],
      ['030 901820', ''],
    ];
    const phones = rowsOf(rows, { country: 'DE' }).map(({ contact }) => contact.phone_numbers);
    expect(phones).toEqual([['+442079460018'], ['+4930901820'], ['+4930901820']]);
  });

  it('takes the letters that cars bear for countries where all that the column shows are countries', () => {
    const phonesOf = (...countries: string[]): unknown[] => {
      const rows = countries.map((country) => [country === 'A' ? '0664 1234567' : '030 901820', country]);
      return rowsOf([['Telefon', 'Land'], ...rows]).map(({ contact, problems }) => [
        contact.phone_numbers?.[0] ?? problems[0]?.code,
        contact.country,
      ]);
    };
    expect(phonesOf('D', 'Deutschland', 'A', 'CH')).toEqual([
      ['+4930901820', 'D'],
      ['+4930901820', 'Deutschland'],
      ['+436641234567', 'A'],
      ['invalid_phone', 'CH'],
    ]);
    expect(phonesOf('D', 'x')).toEqual([
      ['phone_needs_country', 'D'],
      ['phone_needs_country', 'x'],
    ]);
  });

  it('says of which country a number was taken to be', () => {
    const [row] = rowsOf([
      ['Telefon', 'Land'],
      ['0153', 'A'],
    ]);
    expect(row?.problems[0]?.message).toBe('"0153" is not a valid phone number in Austria.');
  });

  it('splits a full name only where no part has a column with a value', () => {
    const rows = [
      ['Name', 'First Name', 'Last Name', 'Email'],
      ['Ada Sample', '', '', 'a@example.com'],
      ['Ada Sample', 'A.', '', 'a@example.com'],
    ];
    expect(rowsOf(rows).map(({ contact }) => [contact.first_name, contact.last_name])).toEqual([
      ['Ada', 'Sample'],
      ['A.', 'Sample'],
    ]);
  });

  it.each([
    // The Name of one file is what another of the same list calls Nachname.
    [
      ['Vorname', 'Name', 'Nachname'],
      ['Juan', 'Cruz', ''],
      ['Juan', 'Cruz'],
    ],
    [
      ['Vorname', 'Name', 'Nachname'],
      ['Anna', 'Meier-Huber', ''],
      ['Anna', 'Meier-Huber'],
    ],
    [
      ['First name', 'Name', 'Last name'],
      ['Juan', 'de la Cruz', ''],
      ['Juan', 'de la Cruz'],
    ],
    [
      ['First name', 'Name', 'Last name'],
      ['', 'Ann', 'Smith'],
      ['Ann', 'Smith'],
    ],
    [
      ['First name', 'Name', 'Last name'],
      ['Bob', 'Robert Smith', ''],
      ['Bob', 'Smith'],
    ],
    [
      ['First name', 'Name', 'Last name'],
      ['Bob', 'Bob', ''],
      ['Bob', undefined],
    ],
    [
      ['First name', 'Full name', 'Last name'],
      ['Bob', 'Bobby77', ''],
      ['Bob', undefined],
    ],
    [
      ['Vorname', 'Name', 'Nachname'],
      ['Mo', 'Acme GmbH', ''],
      ['Mo', undefined, 'Acme GmbH'],
    ],
    [
      ['Vorname', 'Name', 'Nachname'],
      ['Mo', 'Mo Ali', 'Meier'],
      ['Mo', 'Meier'],
    ],
  ])('of %j and %j nobody loses a name', (header, cells, [first, last, company]) => {
    const { first_name, last_name, ...contact } = contactOf([
      [...header, 'Email'],
      [...cells, 'a@example.com'],
    ]);
    expect([first_name, last_name, contact.company]).toEqual([first, last, company]);
  });

  it('reads last names first where a mapping says so', () => {
    const target: Target = { kind: 'name', lastNameFirst: true };
    expect(
      contactOf(
        [
          ['Name', 'Email'],
          ['Sample Ada', 'a@example.com'],
        ],
        {},
        { Name: target },
      ),
    ).toMatchObject({ first_name: 'Ada', last_name: 'Sample' });
  });

  it('joins address lines, house numbers and Dutch particles', () => {
    const header = ['Email', 'Huisnummer', 'Straat', 'Tussenvoegsel', 'Achternaam', 'Street 2', 'Street 3'];
    const cells = ['a@example.com', '12', 'Teststraat', 'van der', 'Berg', 'Unit 4', 'Floor 2'];
    expect(contactOf([header, cells])).toEqual({
      emails: ['a@example.com'],
      address_line1: 'Teststraat 12',
      address_line2: 'Unit 4, Floor 2',
      last_name: 'van der Berg',
    });
  });

  it('takes the first of two companies and says that the other was not used', () => {
    const [row] = rowsOf([
      ['Email', 'Company Name', 'Associated Company'],
      ['a@example.com', 'A Ltd', 'B Ltd'],
    ]);
    expect(row?.contact.company).toBe('A Ltd');
    expect(row?.notes).toMatchObject([{ code: 'second_value_unused', column: 'Associated Company' }]);
  });

  it('says of a full name that is not sent that first and last name are others, and of the same name nothing', () => {
    const header = ['Email', 'Name', 'First Name', 'Last Name', 'Company'];
    const noted = (full: string) => rowsOf([header, ['a@example.com', full, 'Ann', 'Lee', 'Acme']])[0]?.notes;
    expect(noted('Whole Name')).toMatchObject([
      { code: 'full_name_unused', column: 'Name', message: expect.stringContaining('"Whole Name"') as string },
    ]);
    for (const same of [
      'Ann Lee',
      'ann lee',
      'Lee, Ann',
      'Lee Ann',
      'Dr. Ann B. Lee',
      'A. Lee',
      'Acme',
      'Acme Ltd',
      '',
    ])
      expect([same, noted(same)]).toEqual([same, []]);
  });

  it('sends only LinkedIn addresses as such', () => {
    const rows = [
      ['Email', 'LinkedIn'],
      ['a@example.com', 'see https://linkedin.com/in/ada'],
      ['b@example.com', 'https://example.com'],
    ];
    const [first, second] = rowsOf(rows);
    expect(first?.contact.linkedin_url).toBe('https://linkedin.com/in/ada');
    expect(second).toMatchObject({ problems: [], notes: [{ code: 'no_linkedin_url', column: 'LinkedIn' }] });
  });

  it('reads amounts by the whole column, and refuses what the column leaves open', () => {
    const amounts = (values: string[]): unknown[] =>
      rowsOf([['Email', 'Deal value'], ...values.map((value) => ['a@example.com', value])]).map(
        ({ contact, problems }) => contact.deal_value ?? problems.map(({ code, column }) => `${column}: ${code}`),
      );
    expect(amounts(['1,234', '10.50'])).toEqual([1234, 10.5]);
    expect(amounts(['1,234', '10,50'])).toEqual([1.234, 10.5]);
    expect(amounts(['1,234'])).toEqual([['Deal value: money_ambiguous']]);
    expect(amounts(['1,234', '10,50', '10.50'])).toEqual([['Deal value: money_ambiguous'], 10.5, 10.5]);
  });

  it('passes over undecided amounts while the column is not known', () => {
    const { header, samples } = table([
      ['Email', 'Deal value'],
      ['a@example.com', '1,234'],
      ['a@example.com', 'much'],
    ]);
    const rows = samples.map(compileMapping(inferMapping({ header, samples }), SETTINGS));
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], ['invalid_money']]);
  });

  it('takes Google’s several values apart, in texts the first', () => {
    const header = [
      'First Name',
      'Organization Name',
      'Organization Title',
      'Labels',
      'E-mail 1 - Value',
      'Address 1 - Street',
    ];
    const cells = ['Ada', 'A ::: B', '', '* myContacts ::: Clients ::: starred', 'a@example.com ::: b@example.com', ''];
    expect(contactOf([header, cells])).toEqual({
      first_name: 'Ada',
      company: 'A',
      tags: ['Clients'],
      emails: ['a@example.com', 'b@example.com'],
    });
  });

  it('reads Intercom’s tags that are wrapped in quotes once more', () => {
    const header = ['Name', 'Email', 'User ID', 'Web sessions', 'Last seen (AEDT)', 'Tag'];
    expect(contactOf([header, ['Ada', 'a@example.com', '', '', '', '"watched,sent"']]).tags).toEqual([
      'watched',
      'sent',
    ]);
  });

  it('looks stages up by name', () => {
    const rows = [
      ['Email', 'pipeline_stage'],
      ['a@example.com', ' won '],
      ['b@example.com', 'Lost'],
    ];
    const stageIds = new Map([['Won', 'stage_1']]);
    const [won, lost] = rowsOf(rows, { stageIds });
    expect(won?.contact).toEqual({ emails: ['a@example.com'], pipeline_stage_id: 'stage_1' });
    expect(lost?.problems).toEqual([
      {
        code: 'unknown_stage',
        column: 'pipeline_stage',
        message: 'there is no pipeline stage "Lost"',
        hint: 'Stages: Won.',
      },
    ]);
    expect(rowsOf(rows).map(({ contact }) => Object.keys(contact))).toEqual([['emails'], ['emails']]);
  });

  it('takes the apostrophes of a rejects file off again', () => {
    const header = ['Email', 'Company', 'import_line', 'import_error', 'import_message'];
    expect(
      contactOf([header, ['a@example.com', "'=cmd", '3', 'x', 'y. An apostrophe was put before column 2.']]),
    ).toEqual({
      emails: ['a@example.com'],
      company: '=cmd',
    });
    const moved = [...header.slice(2), 'Company', 'Email'];
    const note = 'y. An apostrophe was put before column "Company".';
    expect(contactOf([moved, ['3', 'x', note, "'=cmd", 'a@example.com']]).company).toBe('=cmd');
    expect(
      contactOf([
        ['Email', 'Company'],
        ['a@example.com', "'=cmd"],
      ]).company,
    ).toBe("'=cmd");
  });
});

describe('custom fields', () => {
  const rows = [
    ['Email', 'Shoe size', 'Shoe size', 'Since', 'Mixed', 'VIP', 'Password'],
    ['a@example.com', '39', '40', '31.12.2024', '04/12/2024', 'yes', 'secret'],
    ['b@example.com', '', '', '04.12.2024', '13/12/2024', 'no', 'secret'],
    ['c@example.com', '', '', '', '12/31/2024', '', 'secret'],
  ];

  it('become of unmapped columns if that is wanted, with dates and yes/no by the whole column', () => {
    expect(rowsOf(rows, { unmapped: 'custom' }).map(({ contact }) => contact.custom_fields)).toEqual([
      { 'Shoe size': '39', 'Shoe size 2': '40', Since: '2024-12-31', Mixed: '04/12/2024', VIP: true },
      { Since: '2024-12-04', Mixed: '13/12/2024', VIP: false },
      { Mixed: '12/31/2024' },
    ]);
    expect(rowsOf(rows).map(({ contact }) => contact.custom_fields)).toEqual([undefined, undefined, undefined]);
  });

  it('have the type that a mapping gives them', () => {
    const custom = (type: 'date' | 'number' | 'boolean' | 'text'): Target => ({ kind: 'custom', key: 'k', type });
    const values = (type: 'date' | 'number' | 'boolean' | 'text', cell: string): unknown => {
      const [row] = rowsOf(
        [
          ['Email', 'X'],
          ['a@example.com', cell],
        ],
        {},
        { X: custom(type) },
      );
      return row?.contact.custom_fields?.['k'] ?? row?.problems[0]?.code;
    };
    expect(values('number', '12.5')).toBe(12.5);
    expect(values('number', '1,5')).toBe('invalid_number');
    expect(values('boolean', 'Ja')).toBe(true);
    expect(values('boolean', 'perhaps')).toBe('invalid_boolean');
    expect(values('date', '31.12.2024')).toBe('2024-12-31');
    expect(values('date', '04/12/2024')).toBe('date_ambiguous');
    expect(values('text', 'yes')).toBe('yes');
  });

  it('may have any name', () => {
    const row = contactOf([
      ['Email', 'custom:__proto__', 'custom:constructor'],
      ['a@example.com', 'x', 'y'],
    ]);
    expect(Object.entries(row.custom_fields ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(row.custom_fields)).toBe(Object.prototype);
  });
});

describe('what is wrong', () => {
  it('names the column of each problem, all of a row at once', () => {
    const [row] = rowsOf([
      ['Email', 'Phone', 'Deal value'],
      ['nobody', '12', 'much'],
    ]);
    expect(row?.problems.map(({ code, column }) => [column, code])).toEqual([
      ['Email', 'invalid_email'],
      ['Phone', expect.stringMatching(/phone/)],
      ['Deal value', 'invalid_money'],
    ]);
  });

  it('leaves unreadable values out with onInvalid omit, and still wants an identity', () => {
    const rows = [
      ['Email', 'Deal value'],
      ['a@example.com', 'much'],
      ['nobody', ''],
    ];
    const [left, nobody] = rowsOf(rows, { onInvalid: 'omit' });
    expect(left).toMatchObject({
      problems: [],
      contact: { emails: ['a@example.com'] },
      omitted: [{ column: 'Deal value' }],
    });
    expect(nobody?.problems.map(({ code }) => code)).toEqual(['no_identity']);
  });

  it('rejects a malformed record with its own problem', () => {
    const { header, samples } = table([['Email'], ['a@example.com']]);
    const problem = { code: 'wrong_cell_count', message: 'x' };
    const row = compileMapping(
      inferMapping({ header, samples }),
      SETTINGS,
    )({ line: 7, cells: ['a@example.com'], problem });
    expect(row).toMatchObject({ line: 7, problems: [problem], contact: {} });
  });

  it('is a mapping without emails and phones', () => {
    const error = errorOf(() =>
      rowsOf([
        ['Name', 'Kontakt 2'],
        ['Ada', 'a@example.com'],
        ['Ben', 'b@example.com'],
      ]),
    );
    expect(error.code).toBe('bad_mapping');
    expect(error.message).toContain('"Kontakt 2" may hold e-mails');
    expect(errorOf(() => rowsOf([['Name'], ['Ada']])).code).toBe('bad_mapping');
  });
});

describe('--set', () => {
  const rows = [
    ['Email', 'Lead Source', 'Tags'],
    ['a@example.com', 'Web', 'x'],
  ];
  const set = (values: Record<string, string>): MappedRow['contact'] =>
    contactOf(rows, { set: new Map(Object.entries(values)) });

  it('wins over the column', () => {
    expect(set({ lead_source: 'Migration', tags: 'a, b', deal_value: '12.50', 'custom:Batch': '7' })).toEqual({
      emails: ['a@example.com'],
      lead_source: 'Migration',
      tags: ['a', 'b'],
      deal_value: 12.5,
      custom_fields: { Batch: '7' },
    });
  });

  it('names the nearest field for an unknown one', () => {
    const error = errorOf(() => set({ lead_sorce: 'x' }));
    expect([error.code, error.next]).toEqual(['usage', 'Did you mean lead_source?']);
  });

  it.each([
    ['emails', 'a@b.de'],
    ['phone_numbers', '+44'],
    ['deal_value', 'much'],
    ['company', ''],
    ['name', 'Ada'],
    ['custom:', 'x'],
  ])('refuses %s=%s', (name, value) => {
    expect(errorOf(() => set({ [name]: value })).code).toBe('usage');
  });

  it('gives a country to phones', () => {
    expect(contactOf([['Phone'], ['020 7946 0018']], { set: new Map([['country', 'UK']]) })).toEqual({
      phone_numbers: ['+442079460018'],
      country: 'UK',
    });
  });
});

describe('any record', () => {
  it('is mapped without throwing, and what is wrong names a column', () => {
    const header = [
      'Email',
      'Phone',
      'Name',
      'Deal value',
      'Tags',
      'LinkedIn',
      'Country',
      'custom:When',
      'Notes',
      'pipeline_stage',
      '',
    ];
    const { samples } = table([header, ['a@b.de', '+442079460018']]);
    const map = compileMapping(inferMapping({ header, samples }), {
      ...SETTINGS,
      unmapped: 'custom',
      stageIds: new Map([['A', 'a']]),
    });
    const cell = fc.oneof(ANY_TEXT, fc.constantFrom('a@b.de', '+44 20 7946 0018', '1,234', '', 'Müller, Ada', '=1+1'));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: header.length + 2 }), fc.nat(), (cells, line) => {
        const row = map({ line, cells });
        expect(row.line).toBe(line);
        for (const { code, column } of row.problems) expect(column !== undefined || code === 'no_identity').toBe(true);
        const { emails = [], phone_numbers: phones = [] } = row.contact;
        expect(row.problems.length > 0 || emails.length + phones.length > 0).toBe(true);
        expect(Object.values(row.contact)).not.toContain('');
      }),
    );
  });
});

describe('the first reading', () => {
  const target = fc.oneof(
    fc.constantFrom(...CONTACT_FIELDS.map((field): Target => ({ kind: 'field', field }))),
    fc.constantFrom<Target>({ kind: 'name' }, { kind: 'unmapped', why: '' }, { kind: 'pipeline_stage' }),
    fc.constantFrom<Target>({ kind: 'custom', key: 'a' }, { kind: 'custom', key: 'a', type: 'number' }),
  );
  const cell = fc.constantFrom(
    '',
    'a@b.de',
    'b@b.de',
    '+44 20 7946 0018',
    '1,234',
    '12',
    'Ada',
    'Byron',
    'B ::: C',
    'x',
  );
  const cases = fc.record({
    targets: fc.array(target, { minLength: 1, maxLength: 8 }),
    cells: fc.array(cell, { minLength: 9, maxLength: 9 }),
    system: fc.constantFrom(undefined, { id: 'google-new', name: 'Google Contacts' }),
    unmapped: fc.constantFrom('ignore' as const, 'custom' as const),
    onInvalid: fc.constantFrom('reject' as const, 'omit' as const),
  });

  it('finds the same people and the same problems as the provisional one', () => {
    fc.assert(
      fc.property(cases, ({ targets, cells, system, unmapped, onInvalid }) => {
        const header = ['E-mail', ...targets.map((_, at) => `Column ${at}`)];
        const inferred = inferMapping({ header, samples: [] });
        const columns = inferred.columns.map((column) => ({
          ...column,
          target: targets[column.index - 1] ?? column.target,
        }));
        const mapping: InferredMapping = system === undefined ? { columns } : { system, columns };
        const settings: MappingSettings = { set: new Map(), unmapped, onInvalid, stageIds: new Map([['A', 'a']]) };
        const record = { line: 2, cells };
        const first = compileFirstReading(mapping, settings)(record);
        const whole = compileMapping(mapping, settings)(record);
        expect({ ...first, contact: identityIn(first) }).toEqual({ ...whole, contact: identityIn(whole) });
      }),
      { numRuns: 250 },
    );
  });

  it('passes over what only adds to a contact', () => {
    const header = ['Email', 'First Name', 'Company', 'Tags', 'Notes', 'City'];
    const map = compileFirstReading(inferMapping({ header, samples: [] }), SETTINGS);
    const { contact } = map({ line: 2, cells: ['a@example.com', 'Ada', 'A Ltd', 'a;b', 'met', 'London'] });
    expect(contact).toEqual({ emails: ['a@example.com'], first_name: 'Ada' });
  });

  function identityIn({ contact }: MappedRow): unknown {
    const { emails, phone_numbers, first_name, last_name } = contact;
    return { emails, phone_numbers, first_name, last_name };
  }
});

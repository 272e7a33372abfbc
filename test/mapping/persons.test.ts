import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/mapping/compile/compile.js';
import { personExpander, personsInWords, type PersonsRule } from '../../src/mapping/compile/persons.js';
import { applyMappingFile, toMappingFile } from '../../src/mapping/file/apply-file.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { describeColumns } from '../../src/mapping/propose.js';
import type { Contact } from '../../src/contact/contact.js';
import { table } from './mapping-fixtures.js';

const SETTINGS = { set: new Map<string, string>(), unmapped: 'ignore', onInvalid: 'reject', country: 'US' } as const;

function contactsOf(rule: PersonsRule, header: string[], ...rows: string[][]): Contact[] {
  const { samples } = table([header, ...rows]);
  const mapping = inferMapping({ header, samples });
  const expand = personExpander(mapping, rule) ?? ((record) => [record]);
  return samples.flatMap(expand).map((record) => compileMapping(mapping, SETTINGS)(record).contact);
}

const FIRM = ['Company', 'Email', 'Contact 1 Name', 'Contact 1 Email', 'Contact 2 Name', 'Contact 2 Email'];
const ACME = ['Acme', 'office@acme.example', 'Ada Moss', 'ada@acme.example', 'Ben Ash', 'ben@acme.example'];
const ADA = {
  company: 'Acme',
  first_name: 'Ada',
  last_name: 'Moss',
  emails: ['ada@acme.example', 'office@acme.example'],
};
const BEN = { company: 'Acme', first_name: 'Ben', last_name: 'Ash', emails: ['ben@acme.example'] };

describe('numbered persons of a row', () => {
  it('are the first alone, or a contact each', () => {
    expect(contactsOf('first', FIRM, ACME)).toEqual([ADA]);
    expect(contactsOf('each', FIRM, ACME)).toEqual([ADA, BEN]);
  });

  it('are told apart by a number behind the fields of their names', () => {
    const fields = ['First Name', 'Last Name', 'Email', 'Phone'];
    const header = ['Company', ...[1, 2].flatMap((number) => fields.map((field) => `${field} ${number}`))];
    const row = ['Acme', 'Ann', 'Lee', 'ann@x.com', '+14155551001', 'Bob', 'Mu', 'bob@x.com', '+14155551002'];
    const ann = {
      company: 'Acme',
      first_name: 'Ann',
      last_name: 'Lee',
      emails: ['ann@x.com'],
      phone_numbers: ['+14155551001'],
    };
    const bob = { ...ann, first_name: 'Bob', last_name: 'Mu', emails: ['bob@x.com'], phone_numbers: ['+14155551002'] };
    expect(contactsOf('first', header, row)).toEqual([ann]);
    expect(contactsOf('each', header, row)).toEqual([ann, bob]);
  });

  it('begin with the one who is there', () => {
    const row = ['Acme', '', '', '', 'Ben Ash', 'ben@acme.example'];
    expect(contactsOf('first', FIRM, row)).toEqual([BEN]);
    expect(contactsOf('each', FIRM, row)).toEqual([BEN]);
  });

  it('stand beside the person of the row itself', () => {
    const header = ['FirstName', 'LastName', 'Email', 'Person1FirstName', 'Person1Email'];
    const row = ['Gavin', 'Marlow', 'gavin@marlow.example', 'Pia', 'pia@marlow.example'];
    const gavin = { first_name: 'Gavin', last_name: 'Marlow', emails: ['gavin@marlow.example'] };
    expect(contactsOf('first', header, row)).toEqual([gavin]);
    expect(contactsOf('each', header, row)).toEqual([gavin, { first_name: 'Pia', emails: ['pia@marlow.example'] }]);
  });

  it.each([
    [
      ['Name', 'Email', 'Name 2', 'Email 2'],
      ['Ada Moss', 'a@x.org', 'Ben Ash', 'b@x.org'],
    ],
    [
      ['Contact1', 'Email1', 'Contact2', 'Email2'],
      ['Ada Moss', 'a@x.org', 'Ben Ash', 'b@x.org'],
    ],
    [
      ['Primary Contact', 'Primary Email', 'Secondary Contact', 'Secondary Email'],
      ['Ada Moss', 'a@x.org', 'Ben Ash', 'b@x.org'],
    ],
    [
      ['Adult 1 Name', 'Adult 1 Email', 'Adult 2 Name', 'Adult 2 Email'],
      ['Ada Moss', 'a@x.org', 'Ben Ash', 'b@x.org'],
    ],
  ])('are told by a second name: %j', (header, row) => {
    const ada = { first_name: 'Ada', last_name: 'Moss', emails: ['a@x.org'] };
    expect(contactsOf('first', header, row)).toEqual([ada]);
    expect(contactsOf('each', header, row)).toEqual([
      ada,
      { first_name: 'Ben', last_name: 'Ash', emails: ['b@x.org'] },
    ]);
  });

  it('are not a second surname, a middle name, or a second e-mail', () => {
    for (const header of [
      ['Nombre', 'Apellido 1', 'Apellido 2', 'Email 1', 'Email 2'],
      ['First name', 'Second name', 'Email', 'Email 2'],
    ]) {
      expect(inferMapping(table([header])).columns.map(({ person }) => person)).toEqual(header.map(() => undefined));
    }
  });

  it('are asked about where nothing says that they are persons', () => {
    const mapping = inferMapping(table([['Name', 'Contact 1 Email', 'Contact 2 Email']]));
    expect(mapping.columns.map(({ certainty }) => certainty)).toEqual(['sure', 'sure', 'undecided']);
  });

  it('are said, and not shown as sent', () => {
    const mapping = inferMapping(table([FIRM, ACME]));
    expect(personsInWords(mapping, 'first')).toContain('--persons each');
    expect(describeColumns(mapping).map(({ field }) => field)).toEqual([
      ...['company', 'emails', 'name', 'emails'],
      null,
      null,
    ]);
    expect(personsInWords(inferMapping(table([['Email 1', 'Email 2', 'User 1']])), 'first')).toBeUndefined();
  });

  it('are kept in a mapping file', () => {
    const at = table([FIRM, ACME]);
    const mapping = inferMapping(at);
    expect(applyMappingFile(toMappingFile(mapping, {}), at).mapping.columns.map(({ person }) => person)).toEqual(
      mapping.columns.map(({ person }) => person),
    );
  });
});

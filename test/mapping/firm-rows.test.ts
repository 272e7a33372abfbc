/** Rows that are firms or households among persons: row by row, and said. */
import { describe, expect, it } from 'vitest';
import type { Contact } from '../../src/contact/contact.js';
import { compileFirstReading, compileMapping } from '../../src/mapping/compile/compile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { table } from './mapping-fixtures.js';

interface Said {
  readonly contact: Partial<Contact>;
  readonly notes: readonly string[];
}

/** What each row becomes without its e-mail, and what is said of it: the same at both readings. */
function rowsOf(rows: string[][], set = new Map<string, string>()): Said[] {
  const withEmails = rows.map((row, at) => [...row, at === 0 ? 'Email' : `p${at}@example.com`]);
  const { header, samples } = table(withEmails);
  const mapping = inferMapping({ header, samples });
  const settings = { set, unmapped: 'ignore' as const, onInvalid: 'reject' as const };
  const first = samples.map(compileFirstReading(mapping, settings)).map(({ notes }) => notes);
  const mapped = samples.map(compileMapping(mapping, settings));
  expect(mapped.map(({ notes }) => notes)).toEqual(first);
  return mapped.map(({ contact: { emails: _, ...contact }, notes, problems }) => {
    expect(problems).toEqual([]);
    return { contact, notes: notes.map(({ code }) => code) };
  });
}

describe('a firm in the place of a name', () => {
  it('is the company, too, and persons beside it are none', () => {
    expect(rowsOf([['Name'], ['Acme Ltd'], ['Ada Moss'], ['Inc'], ['ООО Ромашка']])).toEqual([
      { contact: { first_name: 'Acme Ltd', company: 'Acme Ltd' }, notes: ['firm_as_name'] },
      { contact: { first_name: 'Ada', last_name: 'Moss' }, notes: [] },
      { contact: { first_name: 'Inc' }, notes: [] },
      { contact: { first_name: 'ООО Ромашка', company: 'ООО Ромашка' }, notes: ['firm_as_name'] },
    ]);
  });

  it('is not where a column names another company, or a fixed one is given', () => {
    const rows = [
      ['Name', 'Company'],
      ['Acme Ltd', 'Bolt Inc'],
      ['Acme Ltd', 'n/a'],
    ];
    expect(rowsOf(rows)).toEqual([
      { contact: { first_name: 'Acme Ltd', company: 'Bolt Inc' }, notes: [] },
      { contact: { first_name: 'Acme Ltd', company: 'Acme Ltd' }, notes: ['firm_as_name'] },
    ]);
    expect(rowsOf([['Name'], ['Acme Ltd']], new Map([['company', 'Bolt']]))).toEqual([
      { contact: { first_name: 'Acme Ltd', company: 'Bolt' }, notes: [] },
    ]);
  });

  it('is understood in either column of a name, and over both', () => {
    const rows = [
      ['First Name', 'Last Name'],
      ['', 'Müller GmbH'],
      ['Dupont SARL', ''],
      ['Acme', 'Inc.'],
      ['Rajesh', 'KK'],
      ['Ada', 'Moss'],
    ];
    expect(rowsOf(rows).map(({ contact: { company } }) => company)).toEqual([
      'Müller GmbH',
      'Dupont SARL',
      'Acme Inc.',
      undefined,
      undefined,
    ]);
  });

  it('stands in one column of names, and who is to be spoken to there in another', () => {
    const rows = [
      ['Client Name', 'Contact Name'],
      ['Acme Ltd', 'Ada Moss'],
      ['Ben Roe', ''],
    ];
    expect(rowsOf(rows)).toEqual([
      { contact: { first_name: 'Ada', last_name: 'Moss', company: 'Acme Ltd' }, notes: ['firm_as_name'] },
      { contact: { first_name: 'Ben', last_name: 'Roe' }, notes: [] },
    ]);
  });

  it.each(['Jane Doe - Acme Corp', 'Jane Doe / Acme Corp', 'Jane Doe (Acme Corp)'])(
    'stands behind a person: %s',
    (name) => {
      expect(rowsOf([['Name'], [name]])).toEqual([
        { contact: { first_name: 'Jane', last_name: 'Doe', company: 'Acme Corp' }, notes: ['firm_as_name'] },
      ]);
    },
  );

  it('is none in the middle of a name, and one in a script without blanks', () => {
    expect(rowsOf([['Name'], ['Vin Inc Smith'], ['株式会社山田商店'], ['Ann Lee (work)']])).toEqual([
      { contact: { first_name: 'Vin Inc', last_name: 'Smith' }, notes: [] },
      { contact: { first_name: '株式会社山田商店', company: '株式会社山田商店' }, notes: ['firm_as_name'] },
      { contact: { first_name: 'Ann', last_name: 'Lee' }, notes: [] },
    ]);
  });
});

describe('a column that says who is a firm', () => {
  it('of CiviCRM: organisations by their display name, households said', () => {
    const rows = [
      ['Contact ID', 'Contact Type', 'Individual Prefix', 'Display Name', 'First Name', 'Last Name', 'Household Name'],
      ['1', 'Individual', 'Dr.', 'Dr. Ada Moss', 'Ada', 'Moss', ''],
      ['2', 'Organization', '', 'Helping Hands', '', '', ''],
      ['3', 'Household', '', 'Roe of York', '', '', 'Roe of York'],
      ['4', 'Household', '', '', '', '', 'The Roe household'],
    ];
    expect(rowsOf(rows)).toEqual([
      { contact: { contact_type: 'Individual', first_name: 'Ada', last_name: 'Moss' }, notes: [] },
      {
        contact: { contact_type: 'Organization', first_name: 'Helping Hands', company: 'Helping Hands' },
        notes: ['firm_as_name'],
      },
      { contact: { contact_type: 'Household', first_name: 'Roe of York' }, notes: ['several_people'] },
      { contact: { contact_type: 'Household', first_name: 'The Roe household' }, notes: ['several_people'] },
    ]);
  });

  it('in other words', () => {
    const rows = [
      ['Kontaktart', 'Name'],
      ['Person', 'Ada Moss'],
      ['Unternehmen', 'Blumen Weber'],
      ['Haushalt', 'Familie Roe'],
    ];
    expect(
      rowsOf(rows).map(({ contact: { first_name, last_name, company } }) => [first_name, last_name, company]),
    ).toEqual([
      ['Ada', 'Moss', undefined],
      ['Blumen Weber', undefined, 'Blumen Weber'],
      ['Familie Roe', undefined, undefined],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { requireContactPoint, undecidedIdentity } from '../../src/mapping/contact-point.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { table } from './mapping-fixtures.js';

function saidOf(header: string[], ...rows: string[][]): string {
  try {
    requireContactPoint(inferMapping(table([header, ...rows])));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

describe('a table without e-mails and phones', () => {
  it('says which column looks like what, and why', () => {
    expect(saidOf(['Name', 'Address'], ['Ada Moss', 'ada@example.com'])).toContain(
      '"Address" may hold e-mails (its values are e-mails, though "Address" is its name)',
    );
    expect(saidOf(['Agent Email', 'Agent Phone'])).toMatch(
      /"Agent Email" may hold e-mails .*; "Agent Phone" may hold phones/,
    );
  });

  it('says whose they are, where all are other people’s', () => {
    expect(
      saidOf(['Student', 'Parent 1 Email', 'Emergency Phone'], ['Tim', 'ada@example.com', '+44 20 7946 0000']),
    ).toBe(
      'No column holds emails or phones of the contacts: "Parent 1 Email" has e-mails, but is left out (about another person); ' +
        '"Emergency Phone" has phones, but is left out (about another person).',
    );
  });

  it('says that they stand within JSON', () => {
    const rows = [
      '{"name": "Ada Moss", "email": "ada@example.com"}',
      '{"name": "Ben Ash", "email": "ben@example.com"}',
    ];
    const said = 'No column holds emails or phones by itself: they stand within the JSON in "data".';
    expect(saidOf(['id', 'data'], ...rows.map((json) => ['1', json]))).toBe(said);
    expect(saidOf(['data'], ['{"first_name":"Ada","mobile_phone":"+12125550147"}'])).toBe(said);
    expect(saidOf(['data'], ['{"first_name":"Ada","plan":"gold"}'])).toContain('no values look like them');
  });

  it('asks about long numbers under a word for whoever gets a message', () => {
    expect(saidOf(['recipient', 'x'], ['6591234567', '1'], ['+6591234568', '2'])).toContain(
      '"recipient" may hold phones',
    );
  });

  it('says that no name is known', () => {
    expect(saidOf(['Zorp', 'Blin'], ['1', '2'])).toContain('no name is known ("Zorp", "Blin")');
    expect(saidOf(['Name', 'Title'])).toContain('No column holds emails or phones, so no contact');
  });

  it('is offered no account, tax or fax number as a phone', () => {
    for (const header of [
      'Business Fax',
      'Tax number',
      'Bank account',
      'Registration no.',
      'ABN',
      'Policy ref',
      'Invoice No',
    ]) {
      const [column] = inferMapping(table([[header], ['48 902 337 115']])).columns;
      expect(column?.suggestions, header).toEqual([]);
    }
  });
});

it('a date is no phone, nor with the apostrophe that keeps it as it is', () => {
  for (const date of ['1981-05-12', "'1981-05-12", "'12.05.1981"]) {
    const [column] = inferMapping(table([['Geb.'], [date]])).columns;
    expect(column?.suggestions, date).toEqual([]);
  }
});

describe('an undecided e-mail', () => {
  const undecided = inferMapping(
    table([
      ['Name', 'Phone', 'Kontakt 2'],
      ['Ada', '+44 7700 900123', 'ada@example.com'],
    ]),
  );

  it('stops an import that would go by phones', () => {
    const stop = undecidedIdentity(undecided, 'a.csv');
    expect(stop?.message).toContain('"Kontakt 2" may hold e-mails');
    expect(stop).toMatchObject({ exitStatus: 2, next: 'Decide with: clarky-contacts map a.csv' });
  });

  it('stops nothing beside an e-mail that is sure, or without values', () => {
    const beside = inferMapping(
      table([
        ['Email', 'Kontakt 2'],
        ['b@example.com', 'ada@example.com'],
      ]),
    );
    expect(undecidedIdentity(beside, 'a.csv')).toBeUndefined();
    expect(
      undecidedIdentity(
        inferMapping(
          table([
            ['Phone', 'Kontakt 2'],
            ['+44 7700 900123', ''],
          ]),
        ),
        'a.csv',
      ),
    ).toBeUndefined();
  });
});

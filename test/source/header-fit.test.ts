import { describe, expect, it } from 'vitest';
import { kindOfColumnName, knownHeaderCounter } from '../../src/run/reading/mapping/column-names.js';
import { cellsOf, readBytes } from './reading.js';

const read = (...lines: readonly string[]) =>
  readBytes(`${lines.join('\n')}\n`, { knownHeader: knownHeaderCounter(), kindOfName: kindOfColumnName });

describe('a header with more cells than every row', () => {
  it.each([
    [
      'ends in a column that Excel left out: the cell before it can be no other',
      ['First Name,Last Name,Email,Company', 'Ada,Lovelace,ada@example.com', 'Bob,Smith,bob@example.com'],
      ['Ada', 'Lovelace', 'ada@example.com', ''],
      'Every row has 1 cell fewer than the header: the last column is read as blank ("Company").',
    ],
    [
      'ends in two of them',
      ['Name;Email;Company;City', 'Ada;ada@example.com', 'Bob;bob@example.com'],
      ['Ada', 'ada@example.com', '', ''],
      'Every row has 2 cells fewer than the header: the last columns are read as blank ("Company" and "City").',
    ],
    [
      'ends in phones, of which there are none',
      ['Email,First Name,Last Name,Phone', 'ada@example.com,Ada,Lovelace', 'bob@example.com,Bob,Smith'],
      ['ada@example.com', 'Ada', 'Lovelace', ''],
      'Every row has 1 cell fewer than the header: the last column is read as blank ("Phone").',
    ],
    [
      'ends in notes, which most rows have none of',
      ['Email,Name,City,Notes', 'ada@example.com,Ada,London', 'bob@example.com,Bob,Leeds'],
      ['ada@example.com', 'Ada', 'London', ''],
      'Every row has 1 cell fewer than the header: the last column is read as blank ("Notes").',
    ],
    [
      'holds the delimiter in a name',
      ['Name (last, first),Email', '"Lovelace, Ada",ada@example.com', '"Smith, Bob",bob@example.com'],
      ['Lovelace, Ada', 'ada@example.com'],
      'A name in the header holds the delimiter: "Name (last, first)" is read as one.',
    ],
    [
      'begins with a blank name',
      [',Name,Email', 'Ada,ada@example.com', 'Bob,bob@example.com'],
      ['Ada', 'ada@example.com'],
      'The header begins with 1 cell more than the rows have.',
    ],
  ])('%s', async (_, lines, first, said) => {
    const { dialect, records } = await read(...lines);
    expect(records.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    expect(records[0]?.cells).toEqual(first);
    expect(dialect.warnings).toEqual([{ code: 'header_width', message: said }]);
  });

  it.each([
    [
      'any of the texts',
      ['Email,First Name,Last Name,City', 'ada@example.com,Ada,Lovelace', 'b@example.com,Bob,Smith'],
    ],
    [
      'a text before the phones',
      ['Email,City,Name,Phone', 'a@example.com,Ada,+442071838750', 'b@example.com,Bob,+442071838751'],
    ],
  ])('may lack %s: nothing is guessed, and one sentence says what to do', async (_, lines) => {
    const failure = await read(...lines).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'bad_dialect',
      message: expect.stringContaining(
        ": every row has 3 cells, the header has 4. Which column is the odd one can't be told.",
      ) as string,
      next: 'Take the name that is too many out of the header, or end each row with the missing delimiter.',
    });
    const mended = await read(...lines.map((line, at) => (at === 0 ? line : `${line},`)));
    expect(mended.records.map(({ problem }) => problem)).toEqual([undefined, undefined]);
  });

  it('reads rows that have all cells beside those that have not, and rejects the broken ones', async () => {
    const rows = Array.from({ length: 230 }, (_, at) => `Ada,ada${at}@example.com`);
    const { records } = await read('Name,Email,City', ...rows, 'Bob,bob@example.com,Leeds', 'Cy');
    expect(records[0]?.cells).toEqual(['Ada', 'ada0@example.com', '']);
    expect(cellsOf(records.slice(230))).toEqual([['Bob', 'bob@example.com', 'Leeds'], '233!wrong_cell_count']);
  });
});

describe('rows that all have more cells than the header', () => {
  it.each([
    [
      'end in a column without a name',
      ['First Name,Last Name,Email', 'Ada,Lovelace,ada@example.com,VIP', 'Bob,Smith,bob@example.com,Lead'],
      ['First Name', 'Last Name', 'Email', ''],
      'Every row has 1 cell more than the header: the last column has no name.',
    ],
    [
      'end in a delimiter, and now and then a remark behind it',
      ['Email,Name', 'ada@example.com,Ada,', 'bob@example.com,Bob,call him'],
      ['Email', 'Name', ''],
      'Every row has 1 cell more than the header: the last column has no name.',
    ],
    [
      'begin with their number',
      ['Name,Email,City', '7,Ada,ada@example.com,London', '8,Bob,bob@example.com,Leeds'],
      ['', 'Name', 'Email', 'City'],
      'Every row has 1 cell more than the header: the first column has no name.',
    ],
    [
      'begin with a delimiter',
      ['Name,Email', ',Ada,ada@example.com', ',Bob,bob@example.com'],
      ['', 'Name', 'Email'],
      'Every row has 1 cell more than the header: the first column has no name.',
    ],
  ])('%s', async (_, lines, header, said) => {
    const { dialect, records } = await read(...lines);
    expect(dialect.header).toEqual(header);
    expect(cellsOf(records)).toEqual(lines.slice(1).map((line) => line.split(',')));
    expect(dialect.warnings).toEqual([{ code: 'header_width', message: said }]);
  });

  it('may hold the delimiter in a cell: nothing is guessed, and one sentence says what to do', async () => {
    const failure = await read('Email,Name', 'ada@example.com,Lovelace, Ada', 'bob@example.com,Smith, Bob').catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: 'bad_dialect',
      message: expect.stringContaining(
        ": every row has 3 cells, the header has 2. Which column is the odd one can't be told.",
      ) as string,
      next: 'Name each column in the header; a cell that holds the delimiter must be quoted.',
    });
  });
});

it('one malformed row says nothing of the header', async () => {
  const { records } = await read('Email,Name,City', 'ada@example.com,Ada');
  expect(cellsOf(records)).toEqual(['2!wrong_cell_count']);
});

describe('rows that are all short, each to another cell', () => {
  it('are whole where an address or a number ends them', async () => {
    const rows = ['Dan,Fox', 'Cat,cat@example.com', 'Ada,Moss,ada@example.com', 'Ben,Ash,ben@example.com,212-555-0147'];
    const { records } = await read('First Name,Last Name,Email,Phone,Company,Notes', ...rows);
    expect(cellsOf(records)).toEqual([
      '2!wrong_cell_count',
      '3!wrong_cell_count',
      ['Ada', 'Moss', 'ada@example.com', '', '', ''],
      ['Ben', 'Ash', 'ben@example.com', '212-555-0147', '', ''],
    ]);
  });
});

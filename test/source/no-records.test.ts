import { describe, expect, it } from 'vitest';
import { kindOfColumnName, knownHeaderCounter } from '../../src/run/reading/mapping/column-names.js';
import { cellsOf, readBytes } from './reading.js';

const read = (...lines: readonly string[]) =>
  readBytes(`${lines.join('\n')}\n`, { knownHeader: knownHeaderCounter(), kindOfName: kindOfColumnName });

describe('totals below a table', () => {
  it.each([
    'Total,,300',
    'Total: 2,,',
    'Total,2 contacts,300',
    'TOTAL:,,"$ 1,300.00"',
    'Summe,,300',
    'Somme,,"1 300,00 €"',
    '合計,,300',
    'Grand Total,#REF!,300',
    'Average,,50%',
    'Total,4144367501,300',
  ])('are no contact, and said: %s', async (total) => {
    const rows = ['Ada Lovelace,2125550157,100', 'Bob Smith,2125550158,200'];
    const { records, notes } = await read('Name,Phone,Deal Value', ...rows, total);
    expect(cellsOf(records)).toEqual(rows.map((row) => row.split(',')));
    expect(notes).toContain("The last line is a report's footer, and no record.");
  });

  it.each(['Total,info@total.example,300', 'Total,+33147444546,300', 'Totals Ltd,2125550157,300', 'Total,Sales,300'])(
    'are none where somebody may be meant: %s',
    async (row) => {
      const { records } = await read('Name,Phone,Deal Value', 'Ada Lovelace,2125550157,100', row);
      expect(records).toHaveLength(2);
    },
  );

  it('are records like others where records follow: nothing is lost in the middle', async () => {
    const { records } = await read('Name,Phone,Deal Value', 'Total,,300', 'Ada Lovelace,2125550157,100');
    expect(cellsOf(records)).toEqual([
      ['Total', '', '300'],
      ['Ada Lovelace', '2125550157', '100'],
    ]);
  });
});

describe('a second table in a file', () => {
  it.each([
    ['with the columns in another order', ['Email,Name', 'cy@example.com,Cy Young']],
    ['with other columns', ['', 'Company,E-mail', 'Acme,cy@example.com']],
    ['with more of them', ['', 'Company,Contact,E-mail', 'Acme,Cy Young,cy@example.com']],
  ])("%s: its rows are rejected and never read by the first one's names", async (_, second) => {
    const { records, notes } = await read('Name,Email', 'Ada,ada@example.com', 'Bob,bob@example.com', ...second);
    const line = 2 + second.length;
    expect(cellsOf(records)).toEqual([
      ['Ada', 'ada@example.com'],
      ['Bob', 'bob@example.com'],
      `${line + 1}!other_table`,
    ]);
    expect(records.at(-1)?.problem?.message).toBe(`The row belongs to another table, whose header is on line ${line}.`);
    expect(notes).toContain(`Another table begins on line ${line}: put each into a file or a sheet of its own.`);
  });

  it('ends where the header of the first one comes again', async () => {
    const { records } = await read(
      'Name,Email',
      'Ada,ada@example.com',
      'Email,Name',
      'b@example.com,Bob',
      'name,e-mail',
      'Cy,cy@example.com',
    );
    expect(cellsOf(records)).toEqual([['Ada', 'ada@example.com'], '4!other_table', ['Cy', 'cy@example.com']]);
  });

  it('that is larger is the one that is read; e-mails above it are told of', async () => {
    const { dialect, records } = await read(
      'Host,Email',
      'Hana,host@example.org',
      'Name,Email,Phone',
      'Ada,ada@example.com,',
      'Bob,bob@example.com,',
    );
    expect(records).toHaveLength(2);
    expect(dialect.warnings).toEqual([
      {
        code: 'skipped_lines',
        message: 'The header is on line 3; 2 lines of text before it are skipped, and 1 of them holds an e-mail.',
      },
    ]);
  });
});

it('a header that comes again in other letters is no record', async () => {
  const { records, notes } = await read('Name,Email', 'Ada,ada@example.com', 'NAME,E-Mail', 'Bob,bob@example.com');
  expect(records).toHaveLength(2);
  expect(notes).toContain('1 row repeats the header and is no record.');
});

it('NUL bytes that a file is filled up with are no record', async () => {
  const { records } = await read('Name,Email', 'Ada,ada@example.com', '\0'.repeat(4000));
  expect(records).toHaveLength(1);
});

it('a first line that says another delimiter than the lines have is not believed, and that is said', async () => {
  const { dialect, records } = await read('sep=,', 'Name;Email', 'Ada;ada@example.com', 'Bob;bob@example.com');
  expect(dialect.delimiter).toBe(';');
  expect(records).toHaveLength(2);
  expect(dialect.notes).toEqual(['The first line says sep=,; the lines below it have another delimiter']);
});

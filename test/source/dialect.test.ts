import { describe, expect, it } from 'vitest';
import { readBytes } from './reading.js';

const KNOWN = new Set(['name', 'email', 'first name', 'company']);
const knownHeader = (cells: readonly string[]): number =>
  cells.filter((cell) => KNOWN.has(cell.trim().toLowerCase())).length;

describe('the delimiter', () => {
  it.each([
    ['semicolons with decimal commas', 'Name;Betrag;Ort\nA;1,5;X\nB;2,75;Y\n', ';'],
    ['commas with pipes in cells', 'Name,Email,Tags\nA,a@example.com,x|y\nB,b@example.com,z|w\n', ','],
    ['commas with semicolons in cells', 'Name,Tags\nA,x;y\nB,z\n', ','],
    ['tabs with commas in cells', 'Name\tCity\nA\tLondon, UK\nB\tParis, FR\n', '\t'],
    ['pipes', 'Name|Email\nA|a@example.com\n', '|'],
    ['a header alone', 'First Name;Last Name;Email\n', ';'],
    ['one column with some commas in it', 'Address\n1 Main St\n2 Main St\n3 Main St, Leeds\n4 Main St\n', ''],
  ])('%s', async (_, text, delimiter) => {
    expect((await readBytes(text)).dialect.delimiter).toBe(delimiter);
  });

  it('is none where the only header is a known name and every record has a comma', async () => {
    const { dialect, records } = await readBytes('Name\n"Lovelace, Ada"\nHopper, Grace\nHamilton, Margaret\n', {
      knownHeader,
    });
    expect(dialect.header).toEqual(['Name']);
    expect(records.map(({ cells }) => cells)).toEqual([['Lovelace, Ada'], ['Hopper, Grace'], ['Hamilton, Margaret']]);
  });

  it('and spaces: a properly quoted cell that begins with a space and a quote is no manner of quoting', async () => {
    const { dialect, records } = await readBytes('Column a,Column b,Column c\n\t,x," """\n');
    expect(dialect.spacedQuotes).toBe(false);
    expect(records[0]?.cells).toEqual(['\t', 'x', ' "']);
  });

  it('can be said, by character or name, and also beyond ASCII', async () => {
    for (const [name, character] of [
      ['^', '^'],
      ['tab', '\t'],
      ['\\t', '\t'],
      ['§', '§'],
      ['pipe', '|'],
    ] as const) {
      const text = ['Name', 'Note'].join(character) + '\n' + ['A', `"x${character}""y"""`].join(character) + '\n';
      const { records, dialect } = await readBytes(text, { delimiter: name });
      expect(dialect.delimiter).toBe(character);
      expect(records[0]?.cells).toEqual(['A', `x${character}"y"`]);
    }
  });

  it.each(['', 'ab', '"', '\n'])('is refused where it is %j', async (delimiter) => {
    await expect(readBytes('a,b\n', { delimiter })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('the header', () => {
  it('is outvoted by names that the mapping knows', async () => {
    const text = 'Zone,Section,Part\nName,Email,Company\nAda,ada@example.com,Acme\n';
    expect((await readBytes(text)).dialect.headerLine).toBe(1);
    const { dialect } = await readBytes(text, { knownHeader });
    expect(dialect).toMatchObject({ headerLine: 2, header: ['Name', 'Email', 'Company'] });
    expect(dialect.notes).toEqual(['The header is on line 2; 1 line of text before it is skipped.']);
  });

  it('may hold years, where names beside them are known', async () => {
    const text = 'Name,Email,2023,2024\nAda,ada@example.com,1,2\n';
    await expect(readBytes(text)).rejects.toMatchObject({ code: 'bad_dialect' });
    expect((await readBytes(text, { knownHeader })).dialect.header).toHaveLength(4);
  });

  it('is no row with an address, though the mapping knows a word of it', async () => {
    const names = (cells: readonly string[]): number => cells.filter((cell) => /^(?:mobile|email)$/i.test(cell)).length;
    const { dialect } = await readBytes('Login,Kind\nada@example.com,Mobile\n', { knownHeader: names });
    expect(dialect.headerLine).toBe(1);
    await expect(readBytes('ada@example.com,Mobile\n', { knownHeader: names })).rejects.toMatchObject({
      code: 'bad_dialect',
    });
  });

  it.each([
    ['an address', 'Ada,ada@example.com\n'],
    ['a name with an address', 'Ada <ada@example.com>\nBen <ben@example.com>\n'],
    ['an address among names', 'Ada,Lovelace,Acme,ada@example.com,London\n'],
    ['a phone number', 'Ada,+44 20 7946 0000\n'],
    ['numbers', '1,2,3\n4,5,6\n'],
    ['a date', '2026-01-02,x\n'],
    ['a link', 'Ada,https://example.com/ada\n'],
  ])('is missing where the first record holds %s, whose value no message quotes', async (_, text) => {
    await expect(readBytes(text)).rejects.toMatchObject({
      code: 'bad_dialect',
      message: expect.stringMatching(/line 1 already holds values\.$/) as unknown,
    });
  });

  it('gives a sample of the first 200 records', async () => {
    const { dialect, records } = await readBytes(`Name,Email\n${'Ada,ada@example.com\n'.repeat(300)}`);
    expect(dialect.sampleRecords).toEqual(records.slice(0, 200));
  });

  it('is found below a sep= line and notes, and said', async () => {
    const { dialect } = await readBytes('sep=;\nList of customers\n\nName;Email\nAda;ada@example.com\n');
    expect(dialect).toMatchObject({
      headerLine: 4,
      delimiter: ';',
      notes: ['The first line says sep=;', 'The header is on line 4; 1 line of text before it is skipped.'],
    });
  });
});

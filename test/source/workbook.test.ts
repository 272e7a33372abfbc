import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectDialect, type DialectOptions } from '../../src/source/dialect.js';
import { openSource } from '../../src/source/opening/source.js';
import { readRecords } from '../../src/source/records.js';
import { numberStyle, numberText, plainNumber } from '../../src/source/workbook/workbook-values.js';
import { cellsOf, readAll, temporaryFolder, readBytes } from './reading.js';
import { zipOf } from './zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="4">
  <numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="00000"/>
  <numFmt numFmtId="166" formatCode="&quot;+&quot;0"/><numFmt numFmtId="167" formatCode="[$-409]#,##0.00 &quot;days&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="20"/></cellXfs></styleSheet>`;
const STRINGS = `<sst xmlns="${MAIN}"><si><t>Name</t></si><si><r><rPr><b/></rPr><t>Ada </t></r><r><t xml:space="preserve">Lovelace &amp; Co</t></r><rPh><t>phonetic</t></rPh></si><si><t>two_x000D_
lines</t></si></sst>`;
const HEADER_ROW =
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Phone</t></is></c><c r="C1" t="str"><v>Since</v></c></row>';

interface SheetOf {
  readonly name: string;
  readonly rows: string;
  readonly state?: string;
  /** The whole sheet, where its bytes matter. */
  readonly xml?: Buffer;
}

function workbook(sheets: readonly SheetOf[], workbookPr = ''): Buffer {
  const members: Record<string, string | Buffer> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${workbookPr}<sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${name}" sheetId="${index + 1}" ${state === undefined ? '' : `state="${state}"`} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map((_, index) =>
        relation(`rId${index + 1}`, 'worksheet', index === 0 ? '/xl/worksheets/first.xml' : `worksheets/s${index}.xml`),
      )
      .join(
        '',
      )}${relation('s', 'sharedStrings', 'sharedStrings.xml')}${relation('t', 'styles', 'styles.xml')}</Relationships>`,
    'xl/sharedStrings.xml': STRINGS,
    'xl/styles.xml': STYLES,
  };
  for (const [index, { rows, xml }] of sheets.entries()) {
    members[index === 0 ? 'xl/worksheets/first.xml' : `xl/worksheets/s${index}.xml`] =
      xml ?? `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
  }
  return zipOf(members);
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.dispose());

async function read(bytes: Buffer, options?: DialectOptions) {
  await writeFile(folder.path('book.xlsx'), bytes);
  return readAll(folder.path('book.xlsx'), options);
}

describe('cells', () => {
  it.each([
    ['a shared string, rich text in one', '<c r="A2" t="s"><v>1</v></c>', 'Ada Lovelace & Co'],
    ['an escaped carriage return', '<c r="A2" t="s"><v>2</v></c>', 'two\r\nlines'],
    ['an inline string', '<c r="A2" t="inlineStr"><is><r><t>A</t></r><r><t>da</t></r></is></c>', 'Ada'],
    ['the result of a formula', '<c r="A2" t="str"><f>B2&amp;"x"</f><v>done</v></c>', 'done'],
    ['a blank result of a formula', '<c r="A2" t="str"><f>B2&amp;""</f><v/></c>', ''],
    ['TRUE', '<c r="A2" t="b"><v>1</v></c>', 'TRUE'],
    ['FALSE', '<c r="A2" t="b"><v>0</v></c>', 'FALSE'],
    ['an error as Excel shows it', '<c r="A2" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a phone number stored in scientific notation', '<c r="A2"><v>4.47911123456E11</v></c>', '447911123456'],
    ['a whole number', '<c r="A2"><v>42.0</v></c>', '42'],
    ['a fraction without noise', '<c r="A2"><v>0.30000000000000004</v></c>', '0.3'],
    ['a date', '<c r="A2" s="1"><v>46023</v></c>', '2026-01-01'],
    ['a date with a time', '<c r="A2" s="2"><v>46023.75</v></c>', '2026-01-01T18:00'],
    ['an ISO date', '<c r="A2" t="d"><v>2026-01-01T00:00:00</v></c>', '2026-01-01'],
    ['a time', '<c r="A2" s="6"><v>0.5625</v></c>', '13:30'],
    ['a postal code with its zero', '<c r="A2" s="3"><v>1067</v></c>', '01067'],
    ['a phone number with its plus', '<c r="A2" s="4"><v>447911123456</v></c>', '+447911123456'],
    ['no text where no shared string is named', '<c r="A2" t="s"><v/></c>', ''],
    ['nor where a blank names it', '<c r="A2" t="s"><v> \n</v></c>', ''],
    ['a shared string with blanks around its number', '<c r="A2" t="s"><v> 1 </v></c>', 'Ada Lovelace & Co'],
    ['neither TRUE nor FALSE', '<c r="A2" t="b"><v></v></c>', ''],
    ['a number with a unit in its format', '<c r="A2" s="5"><v>1234.5</v></c>', '1234.5'],
  ])('%s', async (_, cell, expected) => {
    const { records } = await read(
      workbook([{ name: 'A', rows: `${HEADER_ROW}<row r="2">${cell}<c r="C2" t="str"><v>x</v></c></row>` }]),
    );
    expect(cellsOf(records)).toEqual([[expected, '', 'x']]);
  });

  it.each([
    '<c r="A2"><f>1+1</f></c>',
    '<c r="A2"><f>B2&amp;"x"</f><v /></c>',
    '<c r="A2" t="n"><f>B2&amp;"x"</f><v> </v></c>',
  ])('a formula that was never calculated, %s, rejects its row', async (cell) => {
    const { records } = await read(workbook([{ name: 'A', rows: `${HEADER_ROW}<row r="2">${cell}</row>` }]));
    expect(cellsOf(records)).toEqual(['2!formula_without_result']);
  });

  it.each(['9', '-1', '0x1', '1e0', 'abc'])('a text number %s that is none rejects its row', async (index) => {
    const rows = `${HEADER_ROW}<row r="2"><c r="A2" t="s"><v>${index}</v></c></row>`;
    expect(cellsOf((await read(workbook([{ name: 'A', rows }]))).records)).toEqual(['2!broken_cell']);
  });

  it.each([
    ['ISO-8859-1', '<?xml version="1.0" encoding="ISO-8859-1"?>', 'latin1', 'Zoë Müller'],
    ['Windows-1252 for the euro sign', "<?xml version='1.0' encoding='windows-1252'?>", 'latin1', 'Zo\x80 M\x80'],
    ['UTF-16', '\ufeff<?xml version="1.0" encoding="UTF-16"?>', 'utf16le', 'Zoë Müller'],
    ['a declared UTF-8', '<?xml version="1.0" encoding="utf-8" standalone="yes"?>', 'utf8', 'Zoë Müller'],
  ] as const)('XML in %s is read as that', async (_, declaration, encoding, text) => {
    const rows = `${HEADER_ROW}<row r="2"><c r="A2" t="str"><v>${text}</v></c></row>`;
    const sheet = Buffer.from(
      `${declaration}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      encoding,
    );
    const { records } = await read(workbook([{ name: 'A', rows, xml: sheet }]));
    expect(records[0]?.cells[0]).toBe(text.replaceAll('\x80', '€'));
  });

  it.each([
    ['in none that it says', ''],
    ['in another than it says', '<?xml version="1.0" encoding="utf-8"?>'],
    ['in one that nobody knows', '<?xml version="1.0" encoding="klingon-1"?>'],
  ])('XML %s ends with a sentence, not with other letters', async (_, declaration) => {
    const rows = `${HEADER_ROW}<row r="2"><c r="A2" t="str"><v>Zoë</v></c></row>`;
    const xml = Buffer.from(
      `${declaration}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      'latin1',
    );
    await expect(read(workbook([{ name: 'A', rows, xml }]))).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it('dates count from 1904 where the workbook says so', async () => {
    const rows = `${HEADER_ROW}<row r="2"><c r="A2" s="1"><v>44561</v></c></row>`;
    const { records } = await read(workbook([{ name: 'A', rows }], '<workbookPr date1904="1"/>'));
    expect(records[0]?.cells[0]).toBe('2026-01-01');
  });

  it('stand in their columns, and rows keep their numbers, where the sheet has gaps', async () => {
    const rows = `${HEADER_ROW}<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c r="B7"><v>3</v></c></row>`;
    const { records, dialect } = await read(workbook([{ name: 'A', rows }]));
    expect(dialect.header).toEqual(['Name', 'Phone', 'Since']);
    expect(records).toEqual([
      { line: 2, cells: ['1', '2', ''] },
      { line: 7, cells: ['', '3', ''] },
    ]);
  });
});

describe('sheets', () => {
  const row = (text: string): string => `${HEADER_ROW}<row r="2"><c r="A2" t="str"><v>${text}</v></c></row>`;
  const book = workbook([
    { name: 'Old', rows: row('hidden'), state: 'hidden' },
    { name: 'People &amp; firms', rows: row('first') },
    { name: 'More', rows: row('second') },
  ]);

  it('the first visible one is read, and said', async () => {
    const { records, notes, dialect } = await read(book);
    expect(records[0]?.cells[0]).toBe('first');
    expect(dialect.sheet).toBe('People & firms');
    expect(notes).toEqual(['The sheet "People & firms" is read, one of 3; --sheet names another.']);
  });

  it('another by its name, hidden or not', async () => {
    expect((await read(book, { sheet: 'more' })).records[0]?.cells[0]).toBe('second');
    expect((await read(book, { sheet: 'Old' })).records[0]?.cells[0]).toBe('hidden');
  });

  it('where contacts stand on another too, that is said, and loudly where the name is from an import before', async () => {
    const people = workbook([
      { name: 'Customers', rows: row('a@example.com') },
      { name: 'Suppliers', rows: row('b@example.com') },
    ]);
    const { dialect, notes } = await read(people, { sheet: 'Suppliers' });
    expect(dialect.warnings).toEqual([]);
    expect(notes).toEqual(['The sheet "Suppliers" is read; contacts stand on "Customers" too.']);
    const later = await read(people, { before: { sheet: 'Suppliers' } });
    expect(later.dialect.sheet).toBe('Suppliers');
    const message = 'The sheet "Suppliers" is read, as in the import before; contacts stand on "Customers" too.';
    expect(later.dialect.warnings).toEqual([{ code: 'other_sheets', message }]);
  });

  it('are nothing that a text has', async () => {
    const text = readBytes('Name,Email\nAda,a@example.com\n', { sheet: 'Old' });
    await expect(text).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(/has no sheet "Old": it is no workbook/) as unknown,
    });
  });

  it('an unknown name is an error that lists them', async () => {
    await expect(read(book, { sheet: 'Nope' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/has no sheet "Nope"/) as unknown,
      next: 'It has: "Old", "People & firms", "More".',
    });
  });

  it('titles above the header and blank rows are no records', async () => {
    const rows =
      '<row r="1"><c r="A1" t="str"><v>Customers</v></c></row>' +
      HEADER_ROW.replaceAll('1"', '3"') +
      '<row r="5"><c r="A5" t="str"><v>Ada</v></c></row>';
    const { records, dialect } = await read(workbook([{ name: 'A', rows }]));
    expect(dialect).toMatchObject({
      headerLine: 3,
      encoding: 'Excel workbook',
      notes: ['The header is on line 3; 1 line of text before it is skipped.'],
    });
    expect(records).toEqual([{ line: 5, cells: ['Ada', '', ''] }]);
  });

  it('an empty sheet is refused, and so is damaged XML', async () => {
    await expect(read(workbook([{ name: 'A', rows: '' }]))).rejects.toMatchObject({ code: 'bad_dialect' });
    await expect(read(workbook([{ name: 'A', rows: '<row><c></row>' }]))).rejects.toMatchObject({
      code: 'file_unreadable',
    });
  });

  it('is read as a stream, in memory that does not grow with its rows', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, index) => `<row r="${index + 2}"><c r="A${index + 2}" t="inlineStr"><is><t>Name ${index}</t></is></c></row>`,
    );
    await writeFile(folder.path('large.xlsx'), workbook([{ name: 'A', rows: HEADER_ROW + rows.join('') }]));
    const source = await openSource(folder.path('large.xlsx'));
    const dialect = await detectDialect(source);
    let count = 0;
    let largest = 0;
    for await (const batch of readRecords(source, dialect)) {
      count += batch.length;
      largest = Math.max(largest, batch.length);
    }
    expect(count).toBe(10_000);
    expect(largest).toBeLessThanOrEqual(500);
  });
});

describe('numbers', () => {
  it.each([
    [1e20, '100000000000000000000'],
    [123456789012.5, '123456789012.5'],
    [0.1, '0.1'],
    [-1234.5, '-1234.5'],
    [1e-7, '0.0000001'],
    [1.5e22, '15000000000000000000000'],
    [0, '0'],
  ])('%d', (value, expected) => expect(plainNumber(value)).toBe(expected));

  it('formats that show dates are told from those that only look like them', () => {
    const kindOf = (code: string): string => numberStyle(200, code).kind;
    expect(['yyyy-mm-dd', 'd. mmm', '[$-407]dd.mm.yy', 'mmm', 'm/d/yy h:mm'].map(kindOf)).toEqual(
      Array(5).fill('date'),
    );
    expect(['h:mm', '[h]:mm:ss', 'mm:ss'].map(kindOf)).toEqual(Array(3).fill('time'));
    expect(['General', '0.00 "days"', '[Red]0.0', '#,##0 \\d', '@'].map(kindOf)).toEqual(Array(5).fill('plain'));
  });

  it('what is no date stays a number', () => {
    expect(numberText('-5', { kind: 'date' }, false)).toBe('-5');
    expect(numberText('59', { kind: 'date' }, false)).toBe('1900-02-28');
    expect(numberText('61', { kind: 'date' }, false)).toBe('1900-03-01');
  });
});

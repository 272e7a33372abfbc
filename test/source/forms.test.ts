/** Every form of file that is read gives the same rows, and what is no table is named. */
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { utils, write, type BookType } from '@e965/xlsx';
import emptyNumbers from '@e965/xlsx/dist/xlsx.zahl.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownHeaderCounter } from '../../src/run/reading/mapping/column-names.js';
import { longestReadingMs, readWorkbook } from '../../src/source/workbook/sheetjs.js';
import { cellsOf, readAll, temporaryFolder, type ReadFile } from './reading.js';
import { zipOf } from './zip.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.dispose());

const knownHeader = knownHeaderCounter();

/** The same name for every file: only content tells what it is. */
async function read(content: string | Buffer, options: Parameters<typeof readAll>[1] = {}): Promise<ReadFile> {
  await writeFile(folder.path('contacts.csv'), content);
  return readAll(folder.path('contacts.csv'), { knownHeader, ...options });
}

const SINCE = new Date(Date.UTC(2024, 1, 3));
const PEOPLE = [
  ['Name', 'Email', 'Phone', 'Since', 'VIP', 'Code'],
  ['Ada Moss', 'ada@example.com', 447911123456, SINCE, true, { t: 'n', v: 2138, z: '00000' }],
  ['Zoë Ash', 'zoe@example.com', '+44 20 7946 0123', '', false, { t: 'e', v: 0x2a }],
];
const ROWS = [
  ['Ada Moss', 'ada@example.com', '447911123456', '2024-02-03', 'TRUE', '02138'],
  ['Zoë Ash', 'zoe@example.com', '+44 20 7946 0123', '', 'FALSE', '#N/A'],
];

/** The document that SheetJS writes into; its types are those of the CommonJS build. */
const EMPTY_NUMBERS = emptyNumbers as unknown as string;

function book(sheets: Readonly<Record<string, unknown[][]>>, bookType: BookType): Buffer {
  const workbook = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows, { UTC: true }), name);
  }
  return write(workbook, { bookType, type: 'buffer', numbers: EMPTY_NUMBERS }) as Buffer;
}

describe('workbooks of every kind read alike', () => {
  const kinds: readonly (readonly [BookType, string])[] = [
    ['xlsx', 'Excel workbook'],
    ['xlsm', 'Excel workbook'],
    ['xlsb', 'Excel workbook'],
    ['biff8', 'Excel workbook'],
    ['xlml', 'Excel 2003 workbook'],
    ['ods', 'OpenDocument spreadsheet'],
    ['fods', 'OpenDocument spreadsheet'],
  ];
  it.each(kinds)('%s that is cut off is refused, and not read as far as it goes', async (bookType) => {
    const whole = book({ People: PEOPLE }, bookType);
    await expect(read(whole.subarray(0, Math.floor(whole.length * 0.6)))).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/damaged|cut off|can't be read/) as unknown,
    });
  });

  it.each(kinds)('%s', async (bookType, label) => {
    const { dialect, records } = await read(book({ People: PEOPLE }, bookType));
    expect(dialect).toMatchObject({ encoding: label, sheet: 'People', header: PEOPLE[0] });
    const isOpenDocument = bookType === 'ods' || bookType === 'fods';
    // SheetJS writes errors as text of another spelling into OpenDocument, and leaves formats of numbers out.
    const comparable = (row: readonly string[]): readonly string[] => (isOpenDocument ? row.slice(0, 5) : row);
    expect(records.map(({ cells }) => comparable(cells))).toEqual(ROWS.map(comparable));
    expect(records.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('numbers, whose cells know neither errors nor formats', async () => {
    const [header = [], ada = [], zoe = []] = PEOPLE.map((row) => row.slice(0, 3));
    const { dialect, records } = await read(book({ Notes: [['nothing here']], People: [header, ada, zoe] }, 'numbers'));
    expect(dialect).toMatchObject({ encoding: 'Numbers document', sheet: 'People', header });
    expect(records.map(({ cells }) => cells)).toEqual(ROWS.map((row) => row.slice(0, 3)));
    expect(records.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('are given up where they take longer than one of their size can', async () => {
    const old = book({ People: PEOPLE }, 'biff8');
    await expect(readWorkbook(old, { unpackedBytes: old.length, tellsColumns: true }, 1)).rejects.toThrow(
      'it takes too long',
    );
    expect(longestReadingMs(100 * 2 ** 20)).toBeGreaterThan(2 * longestReadingMs(2 ** 20));
  });

  it.each(['gzip', 'zip'])('inside a %s', async (packing) => {
    const xlsx = book({ People: PEOPLE }, 'xlsx');
    const { records } = await read(packing === 'gzip' ? gzipSync(xlsx) : zipOf({ 'export/people.xlsx': xlsx }));
    expect(records.map(({ cells }) => cells)).toEqual(ROWS);
    const old = book({ People: PEOPLE }, 'biff8');
    expect((await read(packing === 'gzip' ? gzipSync(old) : zipOf({ 'people.xls': old }))).records).toHaveLength(2);
  });

  it('OpenDocument: repeated cells and rows, remarks, line breaks, formats of numbers', async () => {
    const cell = (text: string, attributes = ''): string =>
      `<table:table-cell office:value-type="string" ${attributes}><text:p>${text}</text:p></table:table-cell>`;
    const content = `<office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
      <table:table table:name="A"><table:table-row>${cell('Name')}${cell('Tag', 'table:number-columns-repeated="2"')}${cell('Code')}</table:table-row>
      <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><office:annotation><text:p>remark</text:p></office:annotation><text:p>A<text:s text:c="2"/>B</text:p><text:p>C</text:p></table:table-cell>
      <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="501"><text:p>00501</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
      <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      <table:table-row>${cell('last')}</table:table-row></table:table></office:spreadsheet></office:body></office:document>`;
    const { dialect, records } = await read(content);
    expect(dialect.header).toEqual(['Name', 'Tag', 'Tag', 'Code']);
    expect(records).toEqual([
      { line: 2, cells: ['A  B\nC', '', '', '00501'] },
      { line: 3, cells: ['A  B\nC', '', '', '00501'] },
      { line: 1_048_004, cells: ['last', '', '', ''] },
    ]);
  });

  it('Excel 2003: a merged cell takes the place of those that it covers', async () => {
    const cell = (text: string, merged = ''): string => `<Cell${merged}><Data ss:Type="String">${text}</Data></Cell>`;
    const rows = [
      cell('First Name') + cell('Last Name') + cell('Email'),
      cell('Ada', ' ss:MergeAcross="1"') + cell('ada@example.com'),
    ];
    const { records } = await read(
      `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>${rows.map((row) => `<Row>${row}</Row>`).join('')}</Table></Worksheet></Workbook>`,
    );
    expect(cellsOf(records)).toEqual([['Ada', '', 'ada@example.com']]);
  });

  it('HTML tables: entities, spans, line breaks, tables inside cells, the number behind what is shown', async () => {
    const html = `<html><head><title>x</title><style>td{}</style></head><body><p>Export</p><table>
      <tr><th>Name<th>Email<th>Phone<th>Notes</tr>
      <tr><td rowspan=2>Caf&eacute; &amp; Co<td><a href="mailto:a@example.com">a@example.com</a><td x:num="447911123456">4.47911E+11</td><td>one<br>two &#8364;</td></tr>
      <tr><td>b@example.com</td><td>+44&nbsp;20</td><td><table><tr><td>inner</td></tr></table></td></tr>
      </table></body></html>`;
    const { records } = await read(html);
    expect(cellsOf(records)).toEqual([
      ['Café & Co', 'a@example.com', '447911123456', 'one\ntwo €'],
      ['', 'b@example.com', '+44 20', 'inner'],
    ]);
  });
});

describe('the sheet', () => {
  const NONE = [
    ['Item', 'Price'],
    ['Pen', 3],
  ];
  const LIST = (email: string): unknown[][] => [
    ['Name', 'Email'],
    ['Ada', email],
  ];

  it('is the only one with contacts, wherever it stands', async () => {
    const { records, dialect } = await read(book({ Prices: NONE, People: LIST('a@example.com') }, 'xlsx'));
    expect(cellsOf(records)).toEqual([['Ada', 'a@example.com']]);
    expect(dialect.notes).toEqual([
      'The sheet "People" is read, one of 2: the only one with contacts; --sheet names another.',
    ]);
    expect(dialect.warnings).toEqual([]);
  });

  it('is the first of several with contacts, and the others are named in a warning', async () => {
    const sheets = { Old: LIST('a@example.com'), New: LIST('b@example.com'), Prices: NONE };
    const { records, dialect } = await read(book(sheets, 'ods'));
    expect(cellsOf(records)).toEqual([['Ada', 'a@example.com']]);
    const message = 'The sheet "Old" is read, one of 3; contacts stand on "New" too: --sheet names another.';
    expect(dialect.warnings).toEqual([{ code: 'other_sheets', message }]);
  });
});

describe('vCards', () => {
  const CARDS = [
    'BEGIN:VCARD',
    'VERSION:2.1',
    'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.;',
    'TEL;CELL;PREF:+49 170 1234567',
    'TEL;WORK;FAX:+49 30 111111',
    'EMAIL;INTERNET:joerg@example.com',
    'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:first =',
    'line=0D=0Asecond =C3=A9',
    'PHOTO;ENCODING=BASE64;TYPE=JPEG:',
    ' /9j/4AAQSkZJRgABAQAAAQABAAD',
    ' BEGIN:VCARD',
    '',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Moss;Ada;Q.;;',
    'FN:Ada Moss',
    'ORG:Acme\\, Inc.;Sales',
    'item1.EMAIL;type=pref:ada@exam',
    ' ple.com',
    'item2.TEL:+1 212 555 0147',
    'item2.X-ABLabel:_$!<Mobile>!$_',
    'EMAIL;TYPE=HOME:ada@home.example',
    'ADR;TYPE=WORK:;;1 Main St\\nFloor 2;Rome;NY;13440;USA',
    'CATEGORIES:VIP,New York',
    'BDAY:19860430',
    'END:VCARD',
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:Bolt Ltd',
    'ORG:Bolt Ltd',
    'KIND:org',
    'TEL;VALUE=uri;TYPE="voice,work":tel:+44-20-7946-0123',
    'URL:https://www.linkedin.com/company/bolt',
    'END:VCARD',
  ].join('\r\n');

  it('of every version are records with columns', async () => {
    const { dialect, records } = await read(CARDS);
    const byName = records.map(({ cells }) => Object.fromEntries(dialect.header.map((name, at) => [name, cells[at]])));
    const filled = byName.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')));
    expect(dialect.encoding).toBe('vCard');
    expect(records.map(({ line }) => line)).toEqual([1, 14, 28]);
    expect(filled).toEqual([
      {
        'Name Prefix': 'Dr.',
        'First Name': 'Jörg',
        'Last Name': 'Müller',
        'Mobile Phone': '+49 170 1234567',
        Fax: '+49 30 111111',
        Email: 'joerg@example.com',
        Notes: 'first line\r\nsecond é',
      },
      {
        'First Name': 'Ada',
        'Middle Name': 'Q.',
        'Last Name': 'Moss',
        Company: 'Acme, Inc.',
        Department: 'Sales',
        Email: 'ada@example.com',
        'Email 2': 'ada@home.example',
        'Mobile Phone': '+1 212 555 0147',
        'Business Street': '1 Main St\nFloor 2',
        'Business City': 'Rome',
        'Business State': 'NY',
        'Business Postal Code': '13440',
        'Business Country': 'USA',
        Tags: 'VIP;New York',
        Birthday: '1986-04-30',
      },
      { Company: 'Bolt Ltd', 'Work Phone': '+44-20-7946-0123', LinkedIn: 'https://www.linkedin.com/company/bolt' },
    ]);
  });

  it('a card that breaks off is rejected, and the others are read', async () => {
    const card = (name: string): string => `BEGIN:VCARD\nVERSION:3.0\nN:${name};X\nEMAIL:${name}@example.com\n`;
    const { records } = await read(`${card('a')}END:VCARD\n${card('b')}${card('c')}END:VCARD\n${card('d')}`);
    expect(cellsOf(records)).toEqual([
      ['X', 'a', 'a@example.com'],
      '6!broken_card',
      ['X', 'c', 'c@example.com'],
      '15!broken_card',
    ]);
  });

  it('that are groups are nobody, and said', async () => {
    const group = (kind: string): string => `BEGIN:VCARD\nFN:Friends\n${kind}:group\nEND:VCARD\n`;
    const person = 'BEGIN:VCARD\nFN:Ada\nTEL:1\nEND:VCARD\n';
    const { dialect, records } = await read(group('KIND') + person + group('X-ADDRESSBOOKSERVER-KIND'));
    expect(cellsOf(records)).toEqual([['Ada', '1']]);
    expect(dialect.notes).toContain('2 cards are groups and no persons: left out.');
  });
});

describe('JSON', () => {
  it('a list of objects, whatever it is inside of; what is nested becomes columns', async () => {
    const list = [
      {
        name: 'Ada',
        emails: ['a@example.com', 'b@example.com'],
        address: { city: 'Rome' },
        phones: [{ value: '1' }, { value: '2' }],
      },
      { name: null, vip: true, n: 447911123456 },
    ];
    const { dialect, records } = await read(JSON.stringify({ meta: { tags: [{ x: 1 }] }, data: { contacts: list } }));
    expect(dialect.header).toEqual(['name', 'emails', 'address.city', 'phones 1.value', 'phones 2.value', 'vip', 'n']);
    expect(records).toEqual([
      {
        line: 1,
        cells: ['Ada', 'a@example.com; b@example.com', 'Rome', '1', '2', '', ''],
        given: new Map([[1, ['a@example.com', 'b@example.com']]]),
      },
      {
        line: 2,
        cells: ['', '', '', '', '', 'TRUE', '447911123456'],
        given: new Map<number, unknown>([
          [5, true],
          [6, 447911123456],
        ]),
      },
    ]);
    expect(dialect.notes).toEqual(['The list "data.contacts" is read.']);
    const { notes } = await read('{"Für alle":[{"email":"a@example.com"}]}');
    expect(notes).toEqual(['The list "Für alle" is read.']);
  });

  it('lines of objects keep their lines, and a broken one is rejected', async () => {
    const { records } = await read('{"a":"1","b":"x"}\n\n{"a":,}\n{"a":"2","b":"}{"}\n{"a":"3"');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect(cellsOf(records)).toEqual([['1', 'x'], '3!broken_object', ['2', '}{'], '5!broken_object']);
  });

  it('a line that is broken off or no object is rejected alone, and takes no other with it', async () => {
    const text = '{"a":"1"}\n{"a":"2"\n{"a":"3"}\n{"a":"4\n{"a":"5"}\nno object\nnull\n{"a":"6"}\n';
    const { records } = await read(text);
    expect(cellsOf(records)).toEqual([
      ['1'],
      '2!broken_object',
      ['3'],
      '4!broken_object',
      ['5'],
      '6!broken_object',
      ['6'],
    ]);
    const { records: listed } = await read('[{"a":"1"},"stray",null,{"a":"2","l":["x"]}]');
    expect(cellsOf(listed)).toEqual([['1', ''], '2!broken_object', ['2', 'x']]);
    const { records: spread } = await read('{\n"a":"1",\n"b":\n{"c":"2"}\n}\n{\n"a":"3"\n}\n');
    expect(cellsOf(spread)).toEqual([
      ['1', '2'],
      ['3', ''],
    ]);
  });

  it('has the address first that says it is the primary one', async () => {
    const { dialect, records } = await read('[{"emails":[{"email":"b"},{"email":"a","is_primary":true}]}]');
    expect(records[0]?.cells[dialect.header.indexOf('emails 1.email')]).toBe('a');
  });

  it('without a list of objects is refused', async () => {
    await expect(read('[["a"],[["b"]]]')).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(/without a list of objects/) as unknown,
    });
    await expect(read('{}')).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});

describe('what is no table is named, with a way to one', () => {
  const MAIL = 'Return-Path: <a@example.com>\nFrom: a@example.com\nTo: b@example.com\nSubject: Hi\n\nText\n';
  const strangers: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['PDF', '%PDF-1.7\n…', /is a PDF document/],
    ['MHTML', 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n', /is a web archive/],
    ['SYLK', 'ID;PWXL;N;E\nC;Y1;X1;K"Name"\nE\n', /is a table in an old form of spreadsheets \(SYLK\)/],
    ['Word', zipOf({ '[Content_Types].xml': '', 'word/document.xml': '' }), /is a Word document \(\.docx\)/],
    ['Outlook data', Buffer.from('!BDN\0\0\0\0'), /is an Outlook data file \(\.pst\)/],
    ['an e-mail', MAIL, /is an e-mail message/],
    ['a mailbox', `From a@example.com Wed Nov 25 10:00:00 2026\n${MAIL}`, /is an e-mail message/],
    ['SQL', '-- dump\nCREATE TABLE `people` (id INT);\nINSERT INTO people VALUES (1);\n', /is an SQL script/],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), /is a picture \(PNG\)/],
    ['SQLite', Buffer.from('SQLite format 3\0'), /is an SQLite database/],
    ['Avro', Buffer.from('Obj\u0001\u0004\u0014avro.codec'), /is an Avro file/],
    ['Arrow', Buffer.from('ARROW1\0\0'), /is an Arrow or Feather file/],
    ['Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n', /is a pointer of Git LFS/],
    ['an answer', '{"error":"unauthorized"}', /is a server's error message, not the list/],
    ['a login', '<html><form><input type="password" name="p"></form></html>', /is a page for signing in/],
    ['a calendar', 'BEGIN:VCALENDAR\nEND:VCALENDAR\n', /is a calendar/],
    [
      'YAML',
      '- name: Ada\n  email: ada@example.com\n- name: Ben\n  email: ben@example.com\n',
      /lines like "name: value"/,
    ],
    [
      'notes',
      'Name: Ada Moss\nE-mail: ada@example.com\n\nName: Ben\nE-mail: ben@example.com\n',
      /lines like "name: value"/,
    ],
    [
      'fixed width',
      'Name       Email            Phone\nAda Moss   ada@example.com  1\nBen Ash    ben@example.com  2\n',
      /aligned with blanks/,
    ],
    ['LDIF', 'dn: cn=Ada,o=x\ncn: Ada\n', /is a directory export/],
    [
      'a shortcut',
      '{"":"WARNING! DO NOT EDIT","doc_id":"1x","email":"a@example.com"}',
      /shortcut to a Google document/,
    ],
    ['a page without a table', '<!DOCTYPE html><html><body>Sign in</body></html>', /is a web page without a table/],
    ['other XML', '<?xml version="1.0"?><contacts/>', /is an XML file of a kind/],
    ['a text document', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text' }), /is a text document \(\.odt\)/],
    ['a protected workbook', ole('EncryptedPackage'), /protected by a password/],
    ['an old Word document', ole('WordDocument'), /is a Word document \(\.doc\)/],
    ['an Outlook message', ole('__properties_version1.0'), /is an Outlook message/],
    [
      'the shell of a Numbers document',
      zipOf({ 'Index/Document.iwa': 'x' }),
      /is a Numbers document that can't be read/,
    ],
  ];
  it.each(strangers)('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'file_unreadable',
      message: expect.stringMatching(message) as unknown,
      exitStatus: 2,
    });
    await expect(read(content)).rejects.toHaveProperty('next', expect.stringMatching(/\.$/));
  });
});

/** The beginning of an old Office file with a stream of that name. */
function ole(stream: string): Buffer {
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1000),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(500),
  ]);
}

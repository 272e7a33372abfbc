/** Files made to cost more than their bytes are refused in a sentence, or read for what they are. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { spool } from '../../src/source/opening/spool.js';
import { cellsOf, readAll, temporaryFolder, type ReadFile } from './reading.js';
import { zipOf } from './zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const part = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
const cell = (text: string): string => `<c t="str"><v>${text}</v></c>`;
const HEADER = `<row r="1">${cell('Name')}${cell('Email')}</row>`;

function book({ rows = HEADER, strings = '', styles = '' }): Buffer {
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${part('a', 'worksheet', 'a.xml')}${part('b', 'sharedStrings', 'b.xml')}${part('c', 'styles', 'c.xml')}</Relationships>`,
    'xl/a.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    'xl/b.xml': `<sst xmlns="${MAIN}">${strings}</sst>`,
    'xl/c.xml': `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
  });
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.dispose());

async function read(content: string | Buffer): Promise<ReadFile> {
  await writeFile(folder.path('input'), content);
  return readAll(folder.path('input'));
}

describe('refused', () => {
  const LONG = 'x'.repeat(5 * 1024 * 1024);
  const refused: (readonly [string, string | Buffer, RegExp])[] = [
    ['columns without end', `${'c,'.repeat(100_000)}c\nx\n`, /has 100001 columns: at most 4096/],
    ['elements inside elements', book({ rows: HEADER + '<a>'.repeat(100_000) }), /elements more than 128 deep/],
    ['a giant text', book({ rows: `${HEADER}<row r="2">${cell(LONG)}</row>` }), /a text or tag of more than 4 MiB/],
    ['a giant attribute', book({ rows: `${HEADER}<row x="${LONG}"/>` }), /a text or tag of more than 4 MiB/],
    ['a giant comment', book({ rows: `${HEADER}<!--${LONG}-->` }), /a text or tag of more than 4 MiB/],
    [
      'a giant shared text',
      book({ strings: `<si><t>${LONG.slice(0, 300_000)}</t></si>` }),
      /a text of more than 256 KiB/,
    ],
    ['styles without end', book({ styles: `<cellXfs>${'<xf/>'.repeat(65_537)}</cellXfs>` }), /more than 65536 styles/],
    [
      // Half of them cells, half rows: neither alone is too many.
      'blank cells and rows without end',
      book({ rows: HEADER + `<row>${'<c/>'.repeat(10_000)}</row>`.repeat(50) + '<row/>'.repeat(500_001) }),
      /holds more than 1000000 blank cells and rows, too many for its size/,
    ],
    [
      'a row that names its cells again and again',
      book({ rows: `${HEADER}<row r="2">${'<c r="A2"/>'.repeat(20_000)}</row>` }),
      /more than 16384 cells in one row/,
    ],
    [
      'an element with attributes without end',
      book({ rows: `${HEADER}<row r="2" ${Array.from({ length: 2000 }, (_, at) => `a${at}=""`).join(' ')}/>` }),
      /an element of more than 256 attributes/,
    ],
    [
      'a cell of elements without end',
      book({ rows: `${HEADER}<row r="2"><c><is>${'<r/>'.repeat(600_000)}</is></c></row>` }),
      /a cell without end/,
    ],
    [
      'a cell far out',
      book({ rows: `${HEADER}<row r="2"><c r="XFD2" t="str"><v>x</v></c></row>` }),
      /has 16384 columns/,
    ],
    ['a row that is repeated', fods('table:number-rows-repeated="1000000"', ''), /one row 1000000 times/],
    [
      'cells that are repeated along rows that are',
      fods('table:number-rows-repeated="4000"', 'table:number-columns-repeated="4000"'),
      /more than 10000000 cells that repeat others/,
    ],
    ['a cell that is repeated', fods('', 'table:number-columns-repeated="16384"'), /columns: at most 4096/],
    [
      'a cell over all columns',
      '<table><tr><td colspan=999999999>a@example.com</td></tr></table>',
      /columns: at most 4096/,
    ],
    [
      'merged cells without end',
      `<table>${'<tr><td colspan=4000>x'.repeat(300)}</table>`,
      /more merged cells than it has text/,
    ],
    [
      'cells that reach down without end',
      `<table><tr>${'<td rowspan=1000>x'.repeat(4000)}${'<tr><td>x'.repeat(300)}</table>`,
      /more merged cells than it has text/,
    ],
    [
      'names of names in an object',
      `[{"${'k'.repeat(400_000)}":{${Array.from({ length: 30_000 }, (_, at) => `"a${at}":1`).join(',')}}}]`,
      /can't be read: a key is longer than 1000 characters/,
    ],
  ];
  // Each entity stands for eight of the one before it; the last for a billion letters.
  const LAUGHS = `<!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 10 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(8)}">`).join('')}]>`;
  const OUTSIDE = '<!DOCTYPE x [<!ENTITY a10 SYSTEM "file:///etc/hostname">]>';
  const JUST_READ = fods('', '').replace('a@example.com', '&a10;');
  refused.push(
    [
      'a header longer than a record',
      `Email,${'x,'.repeat(600_000)}\na@example.com\n`,
      /no header that can be read\. Line 1: /,
    ],
    [
      'lists in lists',
      `[{"email":"a@example.com","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`,
      /no object that can be read/,
    ],
    ['entities of entities', LAUGHS + JUST_READ, /XML can't be read/],
    ['an entity from outside', OUTSIDE + JUST_READ, /XML can't be read/],
    [
      'an archive in an archive',
      zipOf({ 'a.zip': zipOf({ 'a.csv': 'Name,Email\n' }) }),
      /an archive inside an archive/,
    ],
    ['a member outside of its archive', zipOf({ '../a.csv': 'Name,Email\nAda,a@example.com\n' }), /can't be unpacked/],
    [
      'a sheet outside of its workbook',
      zipOf({
        '[Content_Types].xml': '<Types/>',
        'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships>${part('a', 'worksheet', '../../../etc/passwd')}</Relationships>`,
      }),
      /holds no xl\/\.\.\/\.\.\/\.\.\/etc\/passwd/,
    ],
  );
  it.each(refused)('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toMatchObject({
      exitStatus: 2,
      message: expect.stringMatching(message) as unknown,
    });
  });

  it('an input without end, and one of nothing but NULs', async () => {
    const endless = async function* (block: Buffer): AsyncGenerator<Buffer> {
      for (;;) yield Promise.resolve(block);
    };
    const text = spool(endless(Buffer.alloc(65_536, 'x\n')), { displayName: 'standard input', maxBytes: 2 ** 20 });
    await expect(text).rejects.toMatchObject({
      message: expect.stringMatching(/^standard input does not end within 1 MiB/) as unknown,
    });
    const nuls = spool(endless(Buffer.alloc(65_536)), { displayName: '/dev/zero' });
    await expect(nuls).rejects.toMatchObject({
      message: expect.stringMatching(/^\/dev\/zero gives nothing but NUL bytes/) as unknown,
    });
    const noise = Buffer.from(Array.from({ length: 65_536 }, (_, at) => (Math.imul(at + 1, 2654435761) >>> 13) & 0xff));
    const noText: readonly [Buffer, RegExp][] = [
      [noise, /^\/dev\/urandom gives bytes that are no text/],
      [Buffer.alloc(65_536, 'x'), /^\/dev\/urandom gives 16 MiB without the end of a line/],
      [Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(65_536, 'x\n')]), /^\/dev\/urandom is a PDF/],
    ];
    for (const [block, message] of noText) {
      await expect(spool(endless(block), { displayName: '/dev/urandom' })).rejects.toMatchObject({
        message: expect.stringMatching(message) as unknown,
      });
    }
  });

  it('a text of any encoding and one line of JSON are no input without hope', async () => {
    const texts = [
      Buffer.from('名前,メール\n'.repeat(150_000), 'utf16le'),
      Buffer.from('Имя;Почта\n'.repeat(150_000), 'utf8'),
      Buffer.from(`[${'{"email":"a@example.com"},'.repeat(800_000)}{}]`),
      Buffer.from('a\x1bb\t1\n'.repeat(250_000)),
    ];
    for (const text of texts) {
      const copy = await spool(
        (async function* () {
          for (let at = 0; at < text.length; at += 65_536) yield Promise.resolve(text.subarray(at, at + 65_536));
        })(),
        { displayName: 'standard input' },
      );
      await copy.dispose();
    }
  });
});

function fods(row: string, column: string): string {
  return `<office:document xmlns:office="o" xmlns:table="t" xmlns:text="x" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><table:table table:name="a"><table:table-row ${row}><table:table-cell office:value-type="string" ${column}><text:p>a@example.com</text:p></table:table-cell></table:table-row></table:table></office:document>`;
}

/** What patterns that begin anew at each place would take minutes for. */
const SLOW = [
  `${'@.'.repeat(20_000)} x`,
  `a@${'.'.repeat(50_000)} x`,
  `1234567${' '.repeat(50_000)}!`,
  `${'1'.repeat(50_000)}!`,
  `<a@b${'.'.repeat(50_000)} x`,
  `${'*'.repeat(50_000)}b`,
  `${'(as a '.repeat(20_000)}`,
];

describe('read for what they are', () => {
  it('long cells that look like the beginning of an e-mail, a phone, a number', async () => {
    const rows = SLOW.map((text) => `"${text}",Ada,a@example.com`).join('\n');
    const { records } = await read(`Notes,Name,Email\n${rows}\n${SLOW[0] ?? ''}\n`);
    expect(records.map(({ cells: [notes] }) => notes)).toEqual([...SLOW, SLOW[0]]);
  });

  it.each(SLOW)('a header that is one', async (text) => {
    const { dialect } = await read(`"${text}x",Name,Email\nx,Ada,a@example.com\n`);
    const { columns } = inferMapping({ header: dialect.header, samples: dialect.sampleRecords });
    expect(columns.map(({ target }) => target.kind)).toEqual(['unmapped', 'name', 'field']);
  });

  it.each(SLOW)('a column of one', (text) => {
    const samples = [{ line: 2, cells: [text, 'a@example.com'] }];
    const { columns } = inferMapping({ header: ['Note', 'Email'], samples });
    expect(columns.map(({ target }) => target)).toEqual([
      { kind: 'field', field: 'notes' },
      { kind: 'field', field: 'emails' },
    ]);
  });

  it('a card with parameters without end, elements that nobody closed, brackets in a format', async () => {
    const card = await read(`BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEMAIL${';A'.repeat(50_000)}:a@example.com\nEND:VCARD\n`);
    expect(cellsOf(card.records)).toEqual([['Ada', 'a@example.com']]);
    const page = await read(
      `<table><tr><td>Name<td>Email<tr><td>Ada<td>a@example.com</table>${'<xml>'.repeat(50_000)}`,
    );
    expect(cellsOf(page.records)).toEqual([['Ada', 'a@example.com']]);
    const styles = `<numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(100_000)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`;
    const { records } = await read(
      book({ rows: `${HEADER}<row r="2"><c s="0"><v>7</v></c>${cell('a@example.com')}</row>`, styles }),
    );
    expect(cellsOf(records)).toEqual([['7', 'a@example.com']]);
  });

  it('300,000 blank names at the end of a header', async () => {
    const { dialect, records } = await read(`Name,Email${','.repeat(300_000)}\n${'Ada,a@example.com\n'.repeat(2000)}`);
    expect(dialect.header).toEqual(['Name', 'Email']);
    expect(records).toHaveLength(2000);
  });

  it('a cell over a thousand million rows', async () => {
    const { records } = await read(
      '<table><tr><td>Name<td>Email</tr><tr><td rowspan=1000000000>Ada<td>a@example.com</tr><tr><td>b@example.com</tr></table>',
    );
    expect(cellsOf(records)).toEqual([
      ['Ada', 'a@example.com'],
      ['', 'b@example.com'],
    ]);
  });

  it('keys of objects that are names of properties, and the last of two alike', async () => {
    const { dialect, records } = await read(
      '[{"__proto__":{"email":"x@example.com"},"constructor":"c","email":"a@example.com","email":"b@example.com"}]',
    );
    expect(dialect.header).toEqual(['__proto__.email', 'constructor', 'email']);
    expect(cellsOf(records)).toEqual([['x@example.com', 'c', 'b@example.com']]);
  });

  it('rows numbered 0 or backwards stand where they stand, and a text that is not there rejects its row', async () => {
    const row = (number: string, email: string): string => `<row r="${number}">${cell('Ada')}${cell(email)}</row>`;
    const rows = `<row r="0">${cell('Name')}${cell('Email')}</row>${row('-4', 'a@example.com')}${row('2', 'b@example.com')}<row><c t="s"><v>9</v></c></row>`;
    const { records } = await read(book({ rows }));
    expect(cellsOf(records)).toEqual([['Ada', 'a@example.com'], ['Ada', 'b@example.com'], '4!broken_cell']);
    expect(records.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});

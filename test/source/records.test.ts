import { describe, expect, it } from 'vitest';
import { BATCH_RECORDS, readRecords } from '../../src/source/records.js';
import { MAX_CELL_BYTES } from '../../src/source/text/rows.js';
import { MAX_RECORD_BYTES } from '../../src/source/text/follow.js';
import { detectDialect } from '../../src/source/dialect.js';
import { openSource } from '../../src/source/opening/source.js';
import { writeFile } from 'node:fs/promises';
import { cellsOf, readBytes, readMemory, temporaryFolder } from './reading.js';

const good = (name: string): string => `${name},${name}@example.com,City\n`;
const HEADER = 'Name,Email,City\n';

describe('lines', () => {
  it('are physical, through quoted line breaks, blank lines and every line end', async () => {
    const text = 'Name,Note\r\n"a\nb\r\nc\rd",1\r\n\r\nB,2\rC,"x\n"\n\n\nD,4';
    const { records } = await readBytes(text);
    expect(records.map(({ line }) => line)).toEqual([2, 7, 8, 12]);
  });

  it('are right across blocks, with CRLF and characters cut between them', async () => {
    const row = (index: number): string => `Zoë${index},"é\r\n${'ü'.repeat(index % 97)}",x\r\n`;
    const rows = Array.from({ length: 12_000 }, (_, index) => row(index));
    const { records } = await readBytes(HEADER.replace('\n', '\r\n') + rows.join(''));
    expect(records).toHaveLength(rows.length);
    expect(records.every(({ line, cells }, index) => line === 2 + index * 2 && cells[0] === `Zoë${index}`)).toBe(true);
  });
});

describe('blocks of every size give the same records', () => {
  it.each([
    ['CRLF, cut in two', 'Name,Note\r\nA,1\r\n\r\n"B\r\n""b""",2\r\nC,"3"\r\n', ','],
    ['CR', 'Name,Note\rA,1\r\r"B\r""b""",2\rC,"3"\r', ','],
    ['a delimiter of two bytes behind a quote', 'Name§Note\n"A"§"1"\n"B ""b"""§2\n"C\n"§"3"\n', '§'],
    ['characters of four bytes', 'Name,Note\n🌱,1\n"🌱🌱",2\n', ','],
  ])('%s', async (_, text, delimiter) => {
    const bytes = Buffer.from(text);
    const whole = await readMemory(bytes, { delimiter }, bytes.length);
    expect(whole.records.length).toBeGreaterThan(1);
    for (let size = 1; size < bytes.length; size += 1) {
      expect((await readMemory(bytes, { delimiter }, size)).records).toEqual(whole.records);
    }
  });
});

describe('a malformed record is rejected with its line, and the rest is read on', () => {
  const cases: { name: string; bad: string; expected: string[]; message?: RegExp }[] = [
    { name: 'too few cells', bad: 'x,y\n', expected: ['3!wrong_cell_count'], message: /has 2 cells, the header has 3/ },
    { name: 'too many cells', bad: 'x,y,z,more\n', expected: ['3!wrong_cell_count'], message: /has 4 cells/ },
    { name: 'text behind a closing quote', bad: '"x"y,b,c\n', expected: ['3!bad_quote'], message: /line 3/ },
    {
      name: 'a quote opened and not closed',
      bad: 'x,"y,z\n',
      expected: ['3!unclosed_quote'],
      message: /opens on line 3/,
    },
    {
      name: 'a quote opened on the second line of a record',
      bad: '"x\nx","y,z\n',
      expected: ['3!unclosed_quote'],
      message: /opens on line 4 is never closed/,
    },
    { name: 'NUL behind a quote', bad: '"x"\0,b,c\n', expected: ['3!bad_quote'] },
    {
      name: 'a record that is too long',
      bad: `x,${'y'.repeat(MAX_RECORD_BYTES)},z\n`,
      expected: ['3!record_too_large'],
    },
    {
      name: 'a cell that is too long',
      bad: `x,${'y'.repeat(MAX_CELL_BYTES + 1)},z\n`,
      expected: ['3!record_too_large'],
    },
    {
      name: 'a long line in quotes that never closes',
      bad: `x,"${'y'.repeat(2 * MAX_RECORD_BYTES)},z\n`,
      expected: ['3!record_too_large'],
    },
  ];

  it.each(cases)('$name', async ({ bad, expected, message }) => {
    const linesOfBad = bad.split('\n').length - 1;
    const { records } = await readBytes(HEADER + good('a') + bad + good('b') + good('c'));
    const [first, ...rest] = records;
    expect(first?.cells).toEqual(['a', 'a@example.com', 'City']);
    expect(cellsOf(rest)).toEqual([...expected, ['b', 'b@example.com', 'City'], ['c', 'c@example.com', 'City']]);
    expect(rest.map(({ line }) => line)).toEqual([3, 3 + linesOfBad, 4 + linesOfBad]);
    if (message !== undefined) expect(rest[0]?.problem?.message).toMatch(message);
  });

  it('an unclosed quote far from the end costs only its own record, quoted cells behind it or not', async () => {
    const quoted = (name: string): string => `"${name}","${name}@example.com","a ""b"" c"\n`;
    for (const row of [good, quoted]) {
      const rows = Array.from({ length: 30_000 }, (_, index) => row(`n${index}`));
      rows[10] = 'x,"y,z\n';
      rows[20_000] = '"x,y,z\n';
      const { records } = await readBytes(HEADER + rows.join(''));
      expect(records).toHaveLength(rows.length);
      expect(cellsOf(records.filter(({ problem }) => problem !== undefined))).toEqual([
        '12!unclosed_quote',
        '20002!unclosed_quote',
      ]);
    }
  });

  it('a quote that closes by accident on a later line does not join two records', async () => {
    const { records } = await readBytes(`${HEADER}x,"y,z\na,a@example.com,"City"\n${good('b')}`);
    expect(cellsOf(records)).toEqual([
      '2!unclosed_quote',
      ['a', 'a@example.com', 'City'],
      ['b', 'b@example.com', 'City'],
    ]);
    const joined = await readBytes(`${HEADER}x,"z\na,"",\nb,b@example.com,"\nmore"\n${good('c')}`);
    expect(cellsOf(joined.records).slice(0, 2)).toEqual(['2!unclosed_quote', ['a', '', '']]);
    // Three cells, as they should be; but a quote is left over.
    const leftOver = await readBytes(`${HEADER}x,"y,z\na,", more"\n${good('b')}`);
    expect(cellsOf(leftOver.records)).toEqual([
      '2!unclosed_quote',
      '3!wrong_cell_count',
      ['b', 'b@example.com', 'City'],
    ]);
  });

  it('the tail of a record broken by a quote is not taken for a record', async () => {
    const { records } = await readBytes(`Name,Note\nAda,"one\ntwo "x" three\nfour",five\n${'Bob,hi\n'.repeat(3)}`);
    expect(cellsOf(records).slice(0, 3)).toEqual(['2!unclosed_quote', '3!bad_quote', '4!bad_quote']);
    expect(cellsOf(records).slice(3)).toEqual([
      ['Bob', 'hi'],
      ['Bob', 'hi'],
      ['Bob', 'hi'],
    ]);
  });

  it('shows a broken record in its columns, quotes and all', async () => {
    const { records } = await readBytes(`${HEADER}"Ada"x,ada@example.com,London\n`);
    expect(records[0]?.cells).toEqual(['"Ada"x', 'ada@example.com', 'London']);
  });

  it('hints at quotes escaped by a backslash', async () => {
    const { records } = await readBytes(`${HEADER}"say \\"hi\\"",b,c\n`);
    expect(records[0]?.problem?.hint).toMatch(/backslash/);
  });
});

describe('what is no record', () => {
  it('blank lines, and lines of blank cells', async () => {
    const { records } = await readBytes(`${HEADER}\n${good('a')}\n ,,\t\n,,\n""\n${good('b')}\n\n`);
    expect(records.map(({ line }) => line)).toEqual([3, 8]);
  });

  it('a footer is one only at the end', async () => {
    const { records, notes } = await readBytes(`${HEADER}${good('a')}\nTotal: 1\n${good('b')}\nTotal: 2\nPage 1\n`);
    expect(cellsOf(records)).toEqual([
      ['a', 'a@example.com', 'City'],
      '4!wrong_cell_count',
      ['b', 'b@example.com', 'City'],
    ]);
    expect(notes).toEqual(["The last 2 lines are a report's footer, and no record."]);
  });

  it('lines that are drawn between the rows of a text table', async () => {
    const markdown = '| Name | Email |\n|:---|---:|\n| Ada | ada@example.com |\n';
    const shell = '  name | email\n-------+------\n Ada   | ada@example.com\n(1 row)\n';
    const drawn =
      '+-----+-----------------+\n| name | email |\n+-----+------+\n| Ada | ada@example.com |\n+-----+-----+\n';
    for (const text of [markdown, shell, drawn]) {
      const { records } = await readBytes(text);
      expect(records.map(({ cells }) => cells.join('').trim().replace(/\s+/g, ' '))).toEqual([
        expect.stringMatching(/^Ada ada@example\.com$/),
      ]);
    }
    const { records } = await readBytes(`${HEADER}${good('a')}\n-,-,-\n`);
    expect(records).toHaveLength(2);
  });

  it('an address alone behind a blank line is somebody, and rejected', async () => {
    const { records } = await readBytes(`${HEADER}${good('a')}\nbob@example.com\n`);
    expect(cellsOf(records).at(-1)).toBe('4!wrong_cell_count');
  });
});

describe('a short record with which the file ends', () => {
  const WIDE = 'Name,Email,City,Notes\n';
  const full = (name: string): string => `${name},${name}@example.com,City,n\n`;

  it('is cut off where no line end follows and all others are full', async () => {
    const { records } = await readBytes(`${WIDE}${full('a')}${full('b')}zed,zed@example.co`);
    expect(cellsOf(records).at(-1)).toBe('4!wrong_cell_count');
    expect(records.at(-1)?.problem).toMatchObject({ message: expect.stringContaining('cut off') as string });
  });

  it.each([
    ['ends as the others end', `${WIDE}${full('a')}zed,zed@example.co\n`],
    ['is as short as another', `${WIDE}${full('a')}bob,bob@example.com\n${full('c')}zed,zed@example.co`],
  ])('is whole where it %s', async (_, text) => {
    const { records } = await readBytes(text);
    expect(records.at(-1)).toMatchObject({ cells: ['zed', 'zed@example.co', '', ''] });
    expect(records.every(({ problem }) => problem === undefined)).toBe(true);
  });
});

describe('stray quotes in unquoted cells', () => {
  it('are characters, as spreadsheets read them', async () => {
    const { records } = await readBytes(`${HEADER}Dwayne "The Rock" J,d@example.com,5" nail\n`);
    expect(records[0]?.cells).toEqual(['Dwayne "The Rock" J', 'd@example.com', '5" nail']);
  });

  it('apostrophes are no quotes where only some cells begin with them', async () => {
    const { records } = await readBytes("Name,Phone\nCees 't Hart,'+31612345678\n's-Gravenhage,'+31612345679\n");
    expect(records.map(({ cells }) => cells[1])).toEqual(["'+31612345678", "'+31612345679"]);
  });
});

describe('batches', () => {
  it('hold at most BATCH_RECORDS, and records wait for the reader', async () => {
    const folder = await temporaryFolder();
    await writeFile(folder.path('a.csv'), HEADER + good('a').repeat(40_000));
    const source = await openSource(folder.path('a.csv'));
    let bytesRead = 0;
    const counted = {
      ...source,
      async *readBytes() {
        for await (const chunk of source.readBytes()) {
          bytesRead += chunk.length;
          yield chunk;
        }
      },
    };
    const dialect = await detectDialect(source);
    const sizes: number[] = [];
    const records = readRecords(counted, dialect);
    const first = await records.next();
    if (first.done !== true) sizes.push(first.value.length);
    expect(bytesRead).toBeLessThan(source.size / 2);
    for await (const batch of records) sizes.push(batch.length);
    expect(Math.max(...sizes)).toBe(BATCH_RECORDS);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(40_000);
    await folder.dispose();
  });
});

describe('files that were put one behind the other', () => {
  it('have their header once more: it is no record, and said', async () => {
    const { records, notes } = await readBytes('Name,Email\nAda,ada@example.com\nName,Email\nBen,ben@example.com\n');
    expect(cellsOf(records)).toEqual([
      ['Ada', 'ada@example.com'],
      ['Ben', 'ben@example.com'],
    ]);
    expect(notes).toContain('1 row repeats the header and is no record.');
  });
});

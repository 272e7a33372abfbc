import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DialectOptions } from '../../src/source/dialect.js';
import { cellsOf, fixture, readAll } from './reading.js';

interface Expectation {
  readonly file: string;
  readonly options?: DialectOptions;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly headerLine?: number;
  readonly header?: readonly string[];
  readonly records?: readonly (readonly string[] | string)[];
  readonly note?: RegExp;
  readonly refused?: { readonly code: string; readonly message: RegExp };
}

const EXPECTED: readonly Expectation[] = [
  {
    file: 'semicolon-windows-1252.csv',
    encoding: 'Windows-1252 guessed',
    delimiter: ';',
    records: [
      ['Jürgen', 'Größ', 'juergen@example.com', '1.250,00 €'],
      ['Anaïs', 'O’Dü', 'anais@example.com', '–'],
    ],
    note: /encoding is a guess/,
  },
  { file: 'semicolon-utf8-bom.csv', encoding: 'UTF-8 bom', delimiter: ';', header: ['Vorname', 'E-Mail'] },
  {
    file: 'tab-utf16le-bom.txt',
    encoding: 'UTF-16 LE bom',
    delimiter: '\t',
    records: [['Zoë “Z”', 'zoe@example.com']],
  },
  {
    file: 'comma-utf16be-no-bom.csv',
    encoding: 'UTF-16 BE valid',
    records: [
      ['Łukasz', 'lukasz@example.com', 'Łódź'],
      ['Иван', 'ivan@example.com', 'Москва'],
    ],
  },
  {
    file: 'mac-roman-cr.csv',
    encoding: 'Mac Roman guessed',
    header: ['Prénom', 'Nom', 'E-mail'],
    records: [
      ['Éléonore', 'Garçon', 'eleonore@example.com'],
      ['Noël', 'Hœuf', 'noel@example.com'],
    ],
  },
  { file: 'latin-9-euro.csv', encoding: 'ISO-8859-15 guessed', records: [['Sœur Büro', '12 €']] },
  {
    file: 'shift-jis.csv',
    encoding: 'Shift_JIS guessed',
    header: ['氏名', '会社', 'メール'],
    records: [
      ['山田 太郎', '株式会社サンプル', 'taro@example.com'],
      ['鈴木 花子', '有限会社テスト東京', 'hanako@example.com'],
    ],
  },
  { file: 'windows-1251.csv', encoding: 'Windows-1251 guessed', records: [['Иван', 'Петров', 'ivan@example.com']] },
  {
    file: 'windows-1250.csv',
    encoding: 'Windows-1250 guessed',
    records: [
      ['Łucja', 'Wiśniewska', 'lucja@example.com'],
      ['Żaneta', 'Gołąb', 'zaneta@example.com'],
    ],
  },
  { file: 'broken-utf8-line-3.csv', refused: { code: 'bad_encoding', message: /not valid UTF-8: line 3 / } },
  {
    file: 'sep-line.csv',
    delimiter: '|',
    headerLine: 2,
    records: [['Ada', 'a,b;c']],
    note: /The first line says sep=\|/,
  },
  {
    file: 'title-blank-header.csv',
    headerLine: 4,
    records: [['Ada', 'ada@example.com', 'London']],
    note: /header is on line 4; 1 line of text before it is skipped/,
  },
  { file: 'padded-title.csv', headerLine: 3, header: ['Name', 'Email', 'City'], note: /header is on line 3/ },
  {
    file: 'notes-preamble.csv',
    headerLine: 4,
    header: ['First Name', 'Last Name', 'Email Address'],
    note: /2 lines of text/,
  },
  { file: 'no-header.csv', refused: { code: 'bad_dialect', message: /has no header: line 1 already holds values/ } },
  {
    file: 'no-header.csv',
    options: { header: 'none' },
    headerLine: 0,
    header: ['Column 1', 'Column 2', 'Column 3'],
    records: [
      ['Ada', 'ada@example.com', '+44 20 7946 0000'],
      ['Bob', 'bob@example.com', '+44 20 7946 0001'],
    ],
    note: /There is no header/,
  },
  { file: 'single-column.csv', delimiter: '', header: ['Email'], records: [['ada@example.com'], ['bob@example.com']] },
  {
    file: 'header-with-line-breaks.csv',
    header: ['First\nname', 'E-mail', 'E-mail', '', 'Phone (mobile)'],
    records: [['Ada', 'a@example.com', 'b@example.com', 'x', '']],
  },
  {
    file: 'trailing-delimiters.csv',
    header: ['Name', 'Email', '', ''],
    records: [
      ['Ada', 'ada@example.com', '', ''],
      ['Bob', 'bob@example.com', '', ''],
      ['Cy', 'cy@example.com', '', ''],
    ],
  },
  {
    file: 'apostrophe-quotes.csv',
    records: [
      ['Ada, Countess', 'ada@example.com', "it's"],
      ['Bob', 'bob@example.com', ''],
    ],
    note: /quoted with apostrophes/,
  },
  {
    file: 'spaces-before-quotes.csv',
    header: ['Name', 'Email', 'City'],
    records: [
      ['Lovelace, Ada', 'ada@example.com', 'London, UK'],
      ['Hopper, Grace', 'grace@example.com', 'New York'],
    ],
    note: /Spaces between delimiters and quotes/,
  },
  {
    file: 'unclosed-quote.csv',
    records: [
      ['Ada', 'ada@example.com', 'London'],
      '3!unclosed_quote',
      ['Cy', 'cy@example.com', 'York, UK'],
      ['Di', 'di@example.com', 'Bath'],
    ],
  },
  {
    file: 'stray-quotes.csv',
    records: ['2!bad_quote', ['Bob', 'bob@example.com', '5" nail'], ['Cy', 'cy@example.com', 'York']],
  },
  { file: 'report-footer.csv', records: [['Ada', 'ada@example.com']], note: /The last 3 lines are a report's footer/ },
  {
    file: 'mixed-line-ends.csv',
    records: [
      ['Ada', 'two\nlines'],
      ['Bob', 'x'],
      ['Cy', 'y'],
    ],
  },
  { file: 'header-only.csv', header: ['First Name', 'Email'], records: [] },
  { file: 'empty.csv', refused: { code: 'bad_dialect', message: /is empty/ } },
  { file: 'mark-only.csv', refused: { code: 'bad_dialect', message: /is empty/ } },
];

describe('fixtures, one oddity each', () => {
  it.each(EXPECTED)('$file', async ({ file, options, refused, encoding, note, records, ...dialect }) => {
    const reading = readAll(fixture(file), options);
    if (refused !== undefined) {
      await expect(reading).rejects.toMatchObject({
        code: refused.code,
        message: expect.stringMatching(refused.message) as unknown,
      });
      return;
    }
    const read = await reading;
    expect(read.dialect).toMatchObject(dialect);
    if (encoding !== undefined) expect(`${read.dialect.encoding} ${read.dialect.encodingCertain}`).toBe(encoding);
    if (records !== undefined) expect(cellsOf(read.records)).toEqual(records);
    if (note !== undefined) expect(read.notes.join('\n')).toMatch(note);
    else
      expect(read.notes).toEqual(
        read.dialect.encodingCertain === 'guessed' ? [expect.stringMatching(/is a guess/)] : [],
      );
  });

  it('has an expectation for every fixture', () => {
    expect(new Set(EXPECTED.map(({ file }) => file))).toEqual(new Set(readdirSync(fixture('.'))));
  });

  it('asks for a header line, not a guess, and says how to go on without one', async () => {
    await expect(readAll(fixture('no-header.csv'))).rejects.toMatchObject({
      next: expect.stringMatching(/--no-header/) as unknown,
    });
  });
});

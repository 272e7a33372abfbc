import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DialectOptions } from '../../src/source/dialect.js';
import { cellsOf, readAll, readBytes } from './reading.js';

/** Test data of other projects, beside the repository where it is there. */
const SAMPLES = join(import.meta.dirname, '../../../shared/samples');
const SPECTRUM = join(import.meta.dirname, '../../node_modules/csv-spectrum');

describe('csv-spectrum', () => {
  const names = readdirSync(join(SPECTRUM, 'csvs')).map((name) => name.replace('.csv', ''));

  it.each(names)('%s', async (name) => {
    const bytes = readFileSync(join(SPECTRUM, 'csvs', `${name}.csv`));
    const json: unknown = JSON.parse(readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8'));
    const expected = (Array.isArray(json) ? json : [json]) as Record<string, string>[];
    const { dialect, records } = await readBytes(bytes);
    expect(records.every(({ problem }) => problem === undefined)).toBe(true);
    if (name === 'location_coordinates') {
      // The suite's JSON has another phone number than its CSV, and U+FFFD for the degree sign in both.
      expect(records.map(({ cells }) => cells.slice(1))).toEqual(expected.map((row) => Object.values(row).slice(1)));
      return;
    }
    const rows = records.map(({ cells }): unknown =>
      Object.fromEntries(cells.map((cell, index) => [dialect.header[index], cell])),
    );
    expect(rows).toEqual(expected);
  });

  it('is all there', () => expect(names).toHaveLength(12));
});

type Row = readonly string[] | string;
interface Expectation {
  readonly file: string;
  /** What the project's own test passes to its parser. */
  readonly options?: DialectOptions;
  readonly header?: string;
  readonly rows?: readonly Row[];
  /** For large cells: how many records. */
  readonly count?: number;
  readonly refused?: string;
}

const PLAIN: readonly Row[] = [['1', '2', '3']];
const UNICODE: readonly Row[] = [
  ['1', '2', '3'],
  ['4', '5', 'ʤ'],
];
const LATIN: readonly Row[] = [
  ['1', '2', '3'],
  ['4', '5', '©'],
];
const MULTI_LINE_CR: readonly Row[] = [
  ['1', '2', '3'],
  ['Once upon\ra time', '5', '6'],
];

const CSV_PARSER: readonly Expectation[] = [
  { file: 'backtick.csv', options: { delimiter: '`' }, header: 'pokemon_id|p_desc', count: 2 },
  {
    file: 'bad-data.csv',
    header: '|somejunk|<! />',
    rows: [
      ['', 'nope', ''],
      ['yes', 'yup', 'yeah'],
      ['ok', 'ok', 'ok!'],
    ],
  },
  { file: 'basic.csv', header: 'a|b|c', rows: PLAIN },
  { file: 'comma-in-quote.csv', rows: [['John', 'Doe', '120 any st.', 'Anytown, WW', '08123']] },
  { file: 'comment.csv', header: 'a|b|c', rows: PLAIN },
  {
    file: 'empty-columns.csv',
    options: { header: 'none' },
    rows: [
      ['2007-01-01', '', ''],
      ['2007-01-02', '', ''],
    ],
  },
  {
    file: 'escape-quotes.csv',
    rows: [
      ['1', 'ha "ha" ha'],
      ['2', '""'],
      ['3', '4'],
    ],
  },
  { file: 'geojson.csv', header: 'id|prop0|prop1|geojson', count: 3 },
  // The suite reads its first line as a header; here numbers in it say that there is none.
  { file: 'headers.csv', refused: 'bad_dialect' },
  { file: 'latin.csv', rows: LATIN },
  { file: 'mac-newlines.csv', rows: MULTI_LINE_CR },
  {
    file: 'newlines.csv',
    rows: [
      ['1', '2', '3'],
      ['Once upon \na time', '5', '6'],
      ['7', '8', '9'],
    ],
  },
  // Without headers in the suite as well, where its strict mode refuses the last record.
  {
    file: 'no-headers.csv',
    options: { header: 'none' },
    rows: [['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', '6'], '4!wrong_cell_count'],
  },
  { file: 'option-comment.csv', header: 'a|b|c', rows: PLAIN },
  // Quotes escaped by a backslash need an option there; here they are rejected, with a hint.
  { file: 'option-escape.csv', rows: ['2!bad_quote', '3!bad_quote', ['5', '6', '7']] },
  // Lines that end in "X" need an option there.
  { file: 'option-newline.csv', refused: 'bad_dialect' },
  // Read as the suite's parser does without its options: so few apostrophes are letters.
  {
    file: 'option-quote-escape.csv',
    rows: [
      ['1', String.raw`'some \'escaped\' value'`, '2'],
      ['3', String.raw`'\'\''`, '4'],
      ['5', '6', '7'],
    ],
  },
  {
    file: 'option-quote-many.csv',
    rows: [
      ['1', "'some ''escaped'' value'", '2'],
      ['3', "''''''", '4'],
      ['5', '6', '7'],
    ],
  },
  {
    file: 'option-quote.csv',
    rows: [
      ['1', "'some value'", '2'],
      ['3', '4', '5'],
    ],
  },
  {
    file: 'quotes+newlines.csv',
    rows: [
      ['1', 'ha \n"ha" \nha'],
      ['2', ' \n"" \n'],
      ['3', '4'],
    ],
  },
  { file: 'strict+skipLines.csv', header: 'a|b|c', count: 4 },
  {
    file: 'strict-false-less-columns.csv',
    rows: [
      ['1', '2', '3'],
      ['4', '5', ''],
      ['6', '7', '8'],
    ],
  },
  { file: 'strict-false-more-columns.csv', rows: [['1', '2', '3'], '3!wrong_cell_count', ['8', '9', '10']] },
  { file: 'strict.csv', rows: [['1', '2', '3'], ['4', '5', '6'], '4!wrong_cell_count'] },
  { file: 'utf16-big.csv', rows: UNICODE },
  { file: 'utf16.csv', rows: UNICODE },
  { file: 'utf8.csv', rows: UNICODE },
];

const MIXED: Row = ['0', 'mixed types.... uh oh', '17'];
const CSVKIT: readonly Expectation[] = [
  { file: 'bad.csv', header: 'column_a|column_b|column_c', rows: ['2!wrong_cell_count', '3!wrong_cell_count', MIXED] },
  { file: 'bad_skip_lines.csv', rows: ['5!wrong_cell_count', '6!wrong_cell_count', MIXED] },
  { file: 'blanks.csv', rows: [['', 'NA', 'N/A', 'NONE', 'NULL', '.']] },
  { file: 'mac_newlines.csv', rows: MULTI_LINE_CR },
  { file: 'no_header_row.csv', options: { header: 'none' }, rows: PLAIN },
  { file: 'null_byte.csv', rows: [['\0', '2', '3']] },
  { file: 'optional_quote_characters.csv', rows: PLAIN },
  { file: 'sniff_limit.csv', rows: PLAIN },
  // Blank records are left out.
  {
    file: 'test_empty_columns.csv',
    header: 'a|b|c||',
    rows: [
      ['a', '', '', '', ''],
      ['', '', 'c', '', ''],
    ],
  },
  { file: 'test_empty_columns_long_row.csv', rows: [] },
  { file: 'test_empty_columns_short_row.csv', rows: [] },
  { file: 'test_extra_header.csv', rows: ['2!wrong_cell_count'] },
  { file: 'test_header_newline.csv', rows: [['d', 'e', 'f']] },
  { file: 'test_latin1.csv', rows: LATIN },
  { file: 'test_locale.csv', rows: [['1,7', '200.000.000', '']] },
  { file: 'test_skip_lines.csv', header: 'a|b|c', rows: PLAIN },
  { file: 'test_utf16_big.csv', rows: UNICODE },
  { file: 'test_utf16_little.csv', rows: UNICODE },
  { file: 'test_utf8.csv', rows: UNICODE },
  { file: 'test_utf8_bom.csv', header: 'foo|bar|baz', rows: UNICODE },
];

/** Files whose records the mapping's tests look at; here it matters that they are read without a problem. */
const READ_WHOLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  spreadsheets: {
    'duplicate-and-blank-headers.csv': 1,
    'excel-de-semicolon-cp1252.csv': 2,
    'excel-de-semicolon-utf8bom.csv': 2,
    'excel-mac-comma-macroman-crlf.csv': 2,
    'excel-scientific-phones.csv': 3,
    'excel-sep-comma.csv': 2,
    'excel-sep-semicolon-utf8bom.csv': 2,
    'excel-title-line-then-blank-then-header.csv': 2,
    'excel-trailing-empty-columns-and-rows.csv': 2,
    'excel-unicode-text-utf16le-tab.txt': 2,
    'excel-utf16be-bom-comma.csv': 2,
    'excel-utf16le-nobom-tab.csv': 2,
    'excel-utf8bom-comma.csv': 2,
    'header-only.csv': 0,
  },
  systems: {
    'airtable-grid-view.csv': 1,
    'apple-applescript-cr-macroman.csv': 1,
    'eventbrite-attendees.csv': 2,
    'google-new.csv': 3,
    'google-old.csv': 2,
    'google-outlook-format.csv': 2,
    'hubspot-default-view.csv': 3,
    'intercom-users.csv': 1,
    'linkedin-2013-outlook-style.csv': 1,
    'linkedin-connections-older-no-url.csv': 1,
    'linkedin-connections.csv': 3,
    'outlook-com.csv': 2,
    'outlook-desktop-de.csv': 1,
    'outlook-desktop-en.csv': 1,
    'outlook-desktop-fr.csv': 1,
    'salesforce-contact-report.csv': 1,
    'salesforce-dataloader-contact.csv': 1,
    'salesforce-lead-report.csv': 1,
    'shopify-customers.csv': 1,
    'stripe-customers.csv': 1,
    'thunderbird.csv': 1,
    'zoho-contacts.csv': 1,
  },
};
const REFUSED_SPREADSHEETS = ['bom-only.csv', 'empty.csv'];

describe.runIf(existsSync(SAMPLES))('files of other projects', () => {
  describe.each([
    { folder: 'peers/csv-parser', expectations: CSV_PARSER },
    { folder: 'peers/csvkit', expectations: CSVKIT },
  ])('$folder', ({ folder, expectations }) => {
    it.each(expectations)('$file', async ({ file, options, header, rows, count, refused }) => {
      const reading = readAll(join(SAMPLES, folder, file), options);
      if (refused !== undefined) {
        await expect(reading).rejects.toMatchObject({ code: refused });
        return;
      }
      const { dialect, records } = await reading;
      if (header !== undefined) expect(dialect.header.join('|')).toBe(header);
      if (rows !== undefined) expect(cellsOf(records)).toEqual(rows);
      if (count !== undefined) expect(records.filter(({ problem }) => problem === undefined)).toHaveLength(count);
    });

    it('lists every file', () => {
      expect(expectations.map(({ file }) => file).sort()).toEqual(readdirSync(join(SAMPLES, folder)).sort());
    });
  });

  describe.each(Object.keys(READ_WHOLE))('%s', (folder) => {
    const expected = READ_WHOLE[folder] ?? {};

    it.each(Object.entries(expected))('%s has %i records', async (file, count) => {
      const { records, dialect } = await readAll(join(SAMPLES, folder, file));
      expect(records).toHaveLength(count);
      expect(records.every(({ problem, cells }) => problem === undefined && cells.length === dialect.width)).toBe(true);
    });

    it('lists every file', () => {
      const refused = folder === 'spreadsheets' ? REFUSED_SPREADSHEETS : [];
      expect([...Object.keys(expected), ...refused].sort()).toEqual(readdirSync(join(SAMPLES, folder)).sort());
    });
  });

  it.each(REFUSED_SPREADSHEETS)('%s is refused as empty', async (file) => {
    await expect(readAll(join(SAMPLES, 'spreadsheets', file))).rejects.toMatchObject({ code: 'bad_dialect' });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import type { InferredMapping } from '../../src/mapping/mapping.js';
import { wordOfTarget } from '../../src/mapping/propose.js';
import type { SourceRecord } from '../../src/source/record.js';

const FOLDER = fileURLToPath(new URL('../../fixtures/mapping/', import.meta.url));

export interface Table {
  readonly header: string[];
  readonly samples: SourceRecord[];
}

/** A column and what it becomes: a word of the mapping file, `-` for nothing, `?` for undecided. */
export type ExpectedColumn = readonly [header: string, to: string];

export const EXPECTED = JSON.parse(readFileSync(`${FOLDER}expected.json`, 'utf8')) as Record<
  string,
  { system: string | null; columns: ExpectedColumn[] }
>;

export const FIXTURE_NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.csv'))
  .map((name) => name.replace(/\.csv$/, ''));

export function table(rows: readonly string[][]): Table {
  const [header = [], ...records] = rows;
  return { header, samples: records.map((cells, at) => ({ line: at + 2, cells })) };
}

function readFixture(name: string): Table {
  return table(parse(readFileSync(`${FOLDER}${name}.csv`)));
}

const inferred = new Map<string, Table & { readonly mapping: InferredMapping }>();

/** A fixture and its mapping, inferred once for all tests. */
export function inferredFixture(name: string): Table & { readonly mapping: InferredMapping } {
  const known = inferred.get(name);
  if (known !== undefined) return known;
  const fixture = readFixture(name);
  const made = { ...fixture, mapping: inferMapping(fixture) };
  inferred.set(name, made);
  return made;
}

/** A sample of the shared folder, whatever its encoding, from its header line on. */
export function readSample(path: string): Table {
  const bytes = readFileSync(path);
  const utf8 = bytes.toString('utf8');
  const isMac = path.includes('macroman');
  const encoding = bytes[0] === 0xff ? 'utf16le' : isMac ? 'macroman' : utf8.includes('\ufffd') ? 'win1252' : 'utf8';
  const text = iconv.decode(bytes, encoding).replace(/^\ufeff/, '');
  const rows: string[][] = parse(text, {
    delimiter: path.includes('-fr') ? ';' : ',',
    quote: path.includes('apple') ? "'" : '"',
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const start = rows.findIndex((row) => row.length > 2);
  const width = rows[start]?.length;
  return table(rows.slice(start).filter((row) => row.length === width));
}

const UNUSUAL = [
  'é',
  'e\u0301',
  'İ',
  'ß',
  '名',
  '😀',
  '\ufeff',
  '\u200b',
  '\u00a0',
  '\0',
  '\n',
  '(',
  ')',
  '*',
  ':',
  '@',
  '+',
  '"',
  "'",
];

/** Any text: ASCII, and what has bitten readers of headers and cells. */
export const ANY_TEXT = fc.string({
  unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(...UNUSUAL)),
});

/** What each column of a row becomes: `-` for left out, `?` for asked. */
export function columnsOf(row: Readonly<Record<string, string>>): Record<string, string> {
  const { columns } = inferMapping({ header: Object.keys(row), samples: [{ line: 2, cells: Object.values(row) }] });
  return Object.fromEntries(
    columns.map(({ header, target }) => {
      const word = wordOfTarget(target);
      return [header, { undecided: '?', unmapped: '-', ignore: '-' }[word] ?? word];
    }),
  );
}

import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { DialectOptions } from '../../src/source/dialect.js';
import { readMemory } from './reading.js';

/** Characters of a single-byte encoding that can't be mistaken for controls, for tables that are safe in it. */
function charactersOf(codec: string): string[] {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const usual = Array.from(iconv.decode(bytes, codec)).filter(
    (character) => character >= ' ' && character !== '\ufffd',
  );
  return [...usual.filter((character) => !/[\u007f-\u009f¤]/.test(character)), '\n', '\r', '\t'];
}

const ANY = fc.string({ unit: 'grapheme', maxLength: 12 });
// No apostrophes: three cells between them are a manner of quoting, in a file without other quotes.
const AWKWARD = fc.string({
  unit: fc.constantFrom('"', ',', ';', '|', '\t', '\n', '\r', ' ', 'a', 'é', '€', '='),
  maxLength: 8,
});
const UNICODE = fc.oneof(ANY, AWKWARD);
const singleByte = (codec: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...charactersOf(codec)), maxLength: 12 });

interface Encoding {
  readonly name: string;
  readonly cell: fc.Arbitrary<string>;
  readonly encode: (text: string) => Buffer;
  readonly given?: string;
}

const ENCODINGS: readonly Encoding[] = [
  { name: 'UTF-8', cell: UNICODE, encode: (text) => Buffer.from(text) },
  { name: 'UTF-8 with a mark', cell: UNICODE, encode: (text) => Buffer.from(`\ufeff${text}`) },
  { name: 'UTF-16 LE with a mark', cell: UNICODE, encode: (text) => Buffer.from(`\ufeff${text}`, 'utf16le') },
  { name: 'UTF-16 BE with a mark', cell: UNICODE, encode: (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16() },
  ...['windows-1252', 'macintosh', 'iso-8859-15', 'windows-1251', 'cp850'].map((codec) => ({
    name: codec,
    cell: singleByte(codec),
    encode: (text: string) => iconv.encode(text, codec),
    given: codec,
  })),
  { name: 'latin1', cell: singleByte('latin1'), encode: (text) => Buffer.from(text, 'latin1'), given: 'latin1' },
];

const DELIMITERS = [',', ';', '\t', '|'] as const;
const NEWLINES = ['\n', '\r\n', '\r'] as const;

/** Writes a table as plainly as RFC 4180 allows, or with every cell quoted. */
function write(
  rows: readonly (readonly string[])[],
  delimiter: string,
  newline: string,
  quoteAll: boolean,
  last: boolean,
): string {
  const cell = (text: string): string =>
    quoteAll || /["\r\n\ufeff]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(cell).join(delimiter)).join(newline) + (last ? newline : '');
}

/** A header that is one, and cells that make no blank records. */
const table = (cell: fc.Arbitrary<string>): fc.Arbitrary<{ header: string[]; rows: string[][] }> =>
  fc.integer({ min: 2, max: 5 }).chain((width) =>
    fc.record({
      header: fc.constant(Array.from({ length: width }, (_, index) => `Column ${'abcde'[index]}`)),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    }),
  );

describe('any table comes back equal', () => {
  it.each(ENCODINGS)('in $name', async ({ cell, encode, given }) => {
    const options: DialectOptions = given === undefined ? {} : { encoding: given };
    await fc.assert(
      fc.asyncProperty(
        table(cell),
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom(...NEWLINES),
        fc.boolean(),
        fc.boolean(),
        async ({ header, rows }, delimiter, newline, quoteAll, last) => {
          const text = write([header, ...rows], delimiter, newline, quoteAll, last);
          const { dialect, records } = await readMemory(encode(text), { ...options, delimiter });
          expect(dialect.header).toEqual(header);
          expect(records.map(({ cells }) => cells)).toEqual(
            rows.filter((row) => row.some((value) => value.trim() !== '')),
          );
          expect(records.every(({ problem }) => problem === undefined)).toBe(true);
        },
      ),
      { numRuns: 60, seed: 42 },
    );
  });

  it('with its delimiter detected, where cells hold ordinary text', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeéü 123.@-'), minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        table(word),
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom(...NEWLINES),
        async ({ header, rows }, delimiter, newline) => {
          const { dialect, records } = await readMemory(
            Buffer.from(write([header, ...rows], delimiter, newline, false, true)),
          );
          expect(dialect.delimiter).toBe(delimiter);
          expect(records.map(({ cells }) => cells)).toEqual(
            rows.filter((row) => row.some((value) => value.trim() !== '')),
          );
        },
      ),
      { numRuns: 60, seed: 42 },
    );
  });
});

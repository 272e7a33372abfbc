import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellSplitter } from '../../src/source/text/split-cells.js';
import type { CellFormat } from '../../src/source/text/follow.js';

const format = (delimiter: string, quote: string | undefined): CellFormat => ({
  delimiter: Buffer.from(delimiter),
  quote: quote?.charCodeAt(0),
  spacedQuotes: false,
  loneCrIsText: false,
  linesInQuotes: false,
});

/** As the reader has csv-parse read a record. */
const parsed = (text: string, delimiter: string, quote: string | undefined): string[][] =>
  parse(Buffer.from(text), {
    delimiter,
    quote: quote ?? false,
    escape: quote ?? null,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });

const delimiters = fc.constantFrom(',', ';', '\t', '|', '§');

test('what is split is what csv-parse reads', () => {
  let split = 0;
  fc.assert(
    fc.property(
      delimiters,
      fc.constantFrom('"', "'", undefined),
      fc.array(fc.constantFrom('a', '"', "'", ',', ';', '§', ' ', 'é', '', '""'), { maxLength: 12 }),
      (delimiter, quote, parts) => {
        const text = parts.join('');
        fc.pre(text !== '');
        const cells = cellSplitter(format(delimiter, quote))?.(text);
        if (cells === undefined) return;
        split += 1;
        expect([cells]).toEqual(parsed(text, delimiter, quote));
      },
    ),
    { numRuns: 2000 },
  );
  expect(split).toBeGreaterThan(500);
});

test('whatever cells hold, a record with its quotes in place is split', () => {
  fc.assert(
    fc.property(
      delimiters,
      fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
      (delimiter, cells) => {
        const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
        expect(cellSplitter(format(delimiter, '"'))?.(text)).toEqual(cells);
      },
    ),
  );
});

test.each(['a"b,c', '"a"b,c', '"a', '"a" ,c'])('%s is left to csv-parse', (text) => {
  expect(cellSplitter(format(',', '"'))?.(text)).toBeUndefined();
});

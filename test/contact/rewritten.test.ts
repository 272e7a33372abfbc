import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asWritten, rewrittenIn, withGuardNote, withRewritable } from '../../src/mapping/rejects-note.js';
import { isReformatted, isRewritten, mayBeRewritten } from '../../src/contact/cell/rewritten.js';

it.each([
  ['01067', '1067'],
  ['0351123456', '351123456'],
  ['007', '7'],
  ['491715510001', '4.91716E+11'],
  ['491715510001', '4,9172E+11'],
  ['0491715510001', '491715510001'],
  ['4111111111111111', '4111111111111110'],
  ['4111111111111111', '4.11111E+15'],
  ['12345678901234567890', '12345678901234600000'],
  ['12E4', '120000'],
  ['12E4', '1.20E+05'],
  ['3-4', '03. Apr'],
  ['3-4', '4-Mar'],
  ['3-4', '03.04.2026'],
  ['3-4', '2026-04-03'],
  ['3-4', '46115'],
  ['12-81', 'Dez 81'],
  ['1/2', '02/01/2026'],
  ['12/05/1981', '1981-05-12'],
  ['1981-05-12', '12.05.1981'],
  ['1981-05-12', '5/12/81'],
  ['1981-05-12', '29718'],
  ['1981-05-12 10:30', '12.05.1981 10:30'],
  ['2026-11-24T08:30:00Z', '24.11.2026 8:30'],
  ['12.05', '12. Mai'],
  ['31.12.2025', '31.12.25'],
  ['31.12.25', '31.12.2025'],
  ['31.12.2025', '46022'],
  ['1.234', '1234'],
])('a spreadsheet makes of %s %s', (was, now) => {
  expect(mayBeRewritten(was, true)).toBe(true);
  expect(isRewritten(was, now)).toBe(true);
});

it.each([
  ['1.234,50', '1234,5'],
  ['1.234,50', '1234.5'],
  ['1237,50', '1237,5'],
  ['-1.234.567,00', '-1234567'],
  ['1,234.50', '1234.5'],
  ['99.90', '99.9'],
  ['5,00', '5'],
  ['007,5', '7,5'],
  ['1234,50', '1.234,50'],
])('a spreadsheet writes the amount %s as %s', (was, now) => {
  expect(isReformatted(was)).toBe(true);
  expect(isRewritten(was, now)).toBe(true);
});

it.each(['12,5', '1234,5', '1237', '1.2.3', '12,34,5', '192.168.0.1', '+44 20'])('%s stays as it is', (cell) => {
  expect(isReformatted(cell)).toBe(false);
});

it.each([
  ['1.234,50', '1234,6'],
  ['1.234,50', '123450'],
  ['1.234,50', '12345'],
  ['99,90', '-99,9'],
  ['5,00', '500'],
  ['01067', '01067'],
  ['01067', '1068'],
  ['01067', '01068'],
  ['01067', ''],
  ['0351123456', '0351 123456'],
  ['0351123456', '+49351123456'],
  ['491715510001', '4.81716E+11'],
  ['491715510001', '4.91716E+12'],
  ['4111111111111111', '4111111111111120'],
  ['3-4', '5-4'],
  ['3-4', 'Mai 2026'],
  ['1981-05-12', '13.05.1981'],
  ['1981-05-12', '12.05.1982'],
  ['1981-05-12 10:30', '12.05.1981 11:30'],
  ['1981-05-12 10:30', '12.05.1981'],
  ['12/05/1981', '12 rue de la Paix'],
])('nobody but a person makes of %s %s', (was, now) => {
  expect(isRewritten(was, now)).toBe(false);
});

it('what was noted in the words of earlier versions is put back as well', () => {
  const note = 'It is wrong. What a spreadsheet makes of column "Since" (31.12.2025) is put back.';
  expect(asWritten(['31.12.25', note], 1, ['Since', 'import_message'])[0]).toBe('31.12.2025');
  const again = withRewritable('It is wrong.', [{ column: 0, cell: '31.12.2025', isComplainedOf: false }], ['Since']);
  expect(asWritten(['31.12.25', again], 1, ['Since', 'import_message'])[0]).toBe('31.12.2025');
});

it('a date of two digits a year that was complained of is taken as somebody writes it', () => {
  const said = withRewritable('It is wrong.', [{ column: 0, cell: '31.12.25', isComplainedOf: true }], ['Since']);
  expect(asWritten(['31.12.2025', said], 1, ['Since', 'import_message'])[0]).toBe('31.12.2025');
});

it('what was noted is put back, beside our apostrophes, and what was corrected stays', () => {
  const cells = [
    { column: 0, cell: '01067', isComplainedOf: false },
    { column: 1, cell: '3-4', isComplainedOf: false },
    { column: 2, cell: '5-6', isComplainedOf: true },
    { column: 3, cell: '0171', isComplainedOf: true },
  ];
  const note = withGuardNote(withRewritable('Birthday: "5-6" is no date.', cells, []), [4], []);
  const row = ['1067', '3-5', '2026-06-05', '171', "'=1", note];
  expect(asWritten(row, 5, [])).toEqual(['01067', '3-5', '2026-06-05', '0171', '=1', note]);
  expect(rewrittenIn(row, 5, [])).toEqual([
    { column: 0, was: '01067', now: '1067', isPutBack: true },
    { column: 3, was: '0171', now: '171', isPutBack: true },
    { column: 2, was: '5-6', now: '2026-06-05', isPutBack: false },
  ]);
  expect(asWritten([...row.slice(0, 5), ''], 5, [])).toEqual([...row.slice(0, 5), '']);
});

it('what a cell says within a message is no note of ours', () => {
  const row = ['1067', '"What a spreadsheet makes of column 1 (01067) is put back." is no e-mail.'];
  expect(asWritten(row, 1, [])).toBe(row);
});

it('a file that comes back as it was is read as it was', () => {
  const cell = fc.oneof(fc.constantFrom('01067', '3-4', '12.5', '1981-05-12', '491715510001', 'x'), fc.string());
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const noted = cells.flatMap((text, column) =>
        mayBeRewritten(text, true) ? [{ column, cell: text, isComplainedOf: false }] : [],
      );
      const written = [...cells, withRewritable('It is wrong.', noted, [])];
      expect(asWritten(written, cells.length, [])).toEqual(written);
      expect(rewrittenIn(written, cells.length, [])).toEqual([]);
    }),
  );
});

it('an amount that is wrong as it stands is taken as it is corrected', () => {
  const header = ['Amount', 'import_line', 'import_error', 'import_message'];
  const message = withRewritable(
    'It can be read in two ways.',
    [{ column: 0, cell: '1.234', isComplainedOf: true }],
    header,
  );
  expect(asWritten(['1234', '2', 'money_ambiguous', message], 3, header)[0]).toBe('1234');
});

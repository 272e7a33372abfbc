import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asWritten, keptAsText, withGuardNote, withoutNote, withRewritable } from '../../src/mapping/rejects-note.js';
import { guardCell } from '../../src/source/text/formula.js';

it('what is guarded and noted comes back as it was, whatever it is', () => {
  const cell = fc.string({
    unit: fc.constantFrom("'", '"', '=', '+', '@', ' ', '\u200b', '\u202e', 'a', '1', '\t', ';', '\n', '('),
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
      const guarded = cells.flatMap((text, at) => (guardCell(text) === text ? [] : [at]));
      const written = [...cells.map(guardCell), withGuardNote('It is wrong.', guarded, [])];
      expect(asWritten(written, cells.length, []).slice(0, -1)).toEqual(cells);
    }),
  );
});

it('and from where a spreadsheet has moved the columns to, whatever they are called', () => {
  const text = fc.string({
    unit: fc.constantFrom("'", '"', '=', '@', ' ', '\\', 'a', '1', ';', '\n', '.', ','),
    maxLength: 8,
  });
  const columns = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name.trim(), maxLength: 6 });
  const named = columns.filter((all) => all.every(([name]) => name.trim() !== ''));
  fc.assert(
    fc.property(named, fc.nat(), (all, turns) => {
      const header = [...all.map(([name]) => name), 'import_message'];
      const cells = all.map(([, cell]) => cell);
      const guarded = cells.flatMap((cell, at) => (guardCell(cell) === cell ? [] : [at]));
      const note = guardCell(withGuardNote('It is wrong.', guarded, header));
      const turn = turns % header.length;
      const moved = <T>(row: readonly T[]): T[] => [...row.slice(turn), ...row.slice(0, turn)];
      const written = moved([...cells.map(guardCell), note]);
      const headerNow = moved(header);
      expect(asWritten(written, headerNow.indexOf('import_message'), headerNow)).toEqual(moved([...cells, note]));
    }),
  );
});

it('what was written of a column that is gone is of no other', () => {
  const header = ['Name', 'Notes', 'Zip', 'import_message'];
  const cells = [{ column: 2, cell: '01067', isComplainedOf: false }];
  const note = withGuardNote(withRewritable('It is wrong.', cells, header), [1], header);
  expect(note).toBe(
    'It is wrong. Nothing to do in column "Zip" (01067): what a spreadsheet makes of it is put back. An apostrophe was put before column "Notes".',
  );
  const headerNow = ['Zip', 'Name', 'Company', 'import_message'];
  expect(asWritten(['1067', "'=1", "'=2", note], 3, headerNow).slice(0, 3)).toEqual(['01067', "'=1", "'=2"]);
  expect(withoutNote(note)).toBe('It is wrong.');
});

it('what a spreadsheet would read as a number or a date is kept as text, and comes back as it was', () => {
  const kept = ['01067', '491715510001', '1981-05-12', '1981-05-12 10:30', '3-4', '1/2', '12/05/1981', '12.5'];
  const plain = ['12', '1067', '0171 5510002', '12,5', '1.234,5', 'A-4', '', "'12.5", '1981'];
  const cells = [...kept, ...plain];
  const written = cells.map((cell) => keptAsText(cell, true));
  expect(written).toEqual([...kept.map((cell) => `'${cell}`), ...plain]);
  const noted = withGuardNote(
    'It is wrong.',
    kept.map((_, at) => at),
    [],
  );
  expect(asWritten([...written, noted], cells.length, []).slice(0, -1)).toEqual(cells);
  expect(asWritten(['13,5', noted], 1, [])[0]).toBe('13,5');
  expect(keptAsText('12.5', false)).toBe('12.5');
});

it('an apostrophe that is not noted stays, whatever the header says', () => {
  expect(asWritten(["'=1+1", "'=2", 'It is wrong. An apostrophe was put before column 2.'], 2, []).slice(0, 2)).toEqual(
    ["'=1+1", '=2'],
  );
  expect(asWritten(["'=1+1", 'It is wrong.'], 1, [])[0]).toBe("'=1+1");
});

it.each([
  [';=HYPERLINK("http://x","y")', `;'=HYPERLINK("http://x","y")`],
  ['x;=1+1', "x;'=1+1"],
  ['a\n@SUM(1)', "a\n'@SUM(1)"],
  ['a,"=1', `a,'"=1`],
  ['note; -2+cmd(1)', "note;' -2+cmd(1)"],
])('%j is no formula where a spreadsheet cuts it', (cell, guarded) => {
  expect(guardCell(cell)).toBe(guarded);
  expect(asWritten([guarded, 'It is wrong. An apostrophe was put before column 1.'], 1, [])[0]).toBe(cell);
});

it('phones, lists and addresses within a cell stay as they are', () => {
  for (const cell of [
    'x; +44 (0)20 7946 0101; +49 30 1',
    'a\n- milk\n- bread',
    'ann@x.com, bob@x.com',
    '1;-2',
    'a=b;c=d',
  ]) {
    expect(guardCell(cell)).toBe(cell);
  }
});

it('characters that nobody sees before = do not hide it', () => {
  for (const hidden of ['\u200b', '\ufeff', '\u2060', '\u00ad', '\u202e', '\u3164', '\ufe0f', '\u0000', '\u180e']) {
    expect(guardCell(`${hidden}=HYPERLINK("x")`)).toBe(`'${hidden}=HYPERLINK("x")`);
  }
  expect(guardCell('﹦1')).toBe("'﹦1");
  expect(guardCell('a=1')).toBe('a=1');
});

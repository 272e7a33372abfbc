import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guardCell, withGuardNote, withoutGuards } from '../../src/source/text/formula.js';

it('what is guarded and noted comes back as it was, whatever it is', () => {
  const cell = fc.string({
    unit: fc.constantFrom("'", '"', '=', '+', '@', ' ', '\u200b', '\u202e', 'a', '1', '\t', ';', '\n', '('),
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 6 }), (cells) => {
      const guarded = cells.flatMap((text, at) => (guardCell(text) === text ? [] : [at]));
      const written = [...cells.map(guardCell), withGuardNote('It is wrong.', guarded)];
      expect(withoutGuards(written, cells.length).slice(0, -1)).toEqual(cells);
    }),
  );
});

it('an apostrophe that is not noted stays, whatever the header says', () => {
  expect(withoutGuards(["'=1+1", "'=2", 'It is wrong. An apostrophe was put before column 2.'], 2).slice(0, 2)).toEqual(
    ["'=1+1", '=2'],
  );
  expect(withoutGuards(["'=1+1", 'It is wrong.'], 1)[0]).toBe("'=1+1");
});

it.each([
  [';=HYPERLINK("http://x","y")', `;'=HYPERLINK("http://x","y")`],
  ['x;=1+1', "x;'=1+1"],
  ['a\n@SUM(1)', "a\n'@SUM(1)"],
  ['a,"=1', `a,'"=1`],
  ['note; -2+cmd(1)', "note;' -2+cmd(1)"],
])('%j is no formula where a spreadsheet cuts it', (cell, guarded) => {
  expect(guardCell(cell)).toBe(guarded);
  expect(withoutGuards([guarded, 'It is wrong. An apostrophe was put before column 1.'], 1)[0]).toBe(cell);
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateShape } from '../../src/contact/dates.js';
import { moneyShape } from '../../src/contact/money.js';
import { createColumnProfile, profiledColumns, type ProfiledColumn } from '../../src/mapping/compile/profile.js';
import { inferMapping } from '../../src/mapping/infer/infer.js';
import { table } from './mapping-fixtures.js';

function profileOf(kind: ProfiledColumn['kind'], cells: readonly string[]): ReturnType<typeof createColumnProfile> {
  const profile = createColumnProfile([{ index: 0, kind }]);
  cells.forEach((cell, ordinal) => profile.observe(ordinal, [cell]));
  return profile;
}

const MONEY = fc.constantFrom('', '12', '1,234', '1.234', '10.50', '10,50', '$1,234.50', '1.234,50 €', 'much', '-');
const DATES = fc.constantFrom(
  '',
  '2024-12-31',
  '31.12.2024',
  '12/31/2024',
  '04/12/2024',
  '4.12.2024',
  'soon',
  '1 Jan 2024',
);

describe('a column of amounts', () => {
  it.each([
    { cells: ['10.50', '1,234'], decimal: 'point' },
    { cells: ['10,50', '1,234'], decimal: 'comma' },
    { cells: ['1,234'], decimal: undefined },
    { cells: ['10.50', '10,50'], decimal: undefined },
    { cells: ['12', ''], decimal: undefined },
  ])('$cells: $decimal', ({ cells, decimal }) => {
    expect(profileOf('money', cells).conventions().decimals.get(0)).toBe(decimal);
  });

  it('decides and counts as a look at all of its values does', () => {
    fc.assert(
      fc.property(fc.array(MONEY, { maxLength: 60 }), (cells) => {
        const shapes = cells.map(moneyShape);
        const decided = shapes.includes('point') !== shapes.includes('comma');
        const either = shapes.flatMap((shape, ordinal) => (shape === 'either' ? [ordinal] : []));
        const profile = profileOf('money', cells);
        const expected = decided ? (shapes.includes('point') ? 'point' : 'comma') : undefined;
        expect(profile.conventions().decimals.get(0)).toBe(expected);
        expect([...profile.ambiguousOrdinals()]).toEqual(decided ? [] : either);
        expect(profile.ambiguousCount(0)).toBe(decided ? 0 : either.length);
      }),
    );
  });
});

describe('a column of dates', () => {
  it('decides and counts as a look at all of its values does', () => {
    fc.assert(
      fc.property(fc.array(DATES, { maxLength: 60 }), (cells) => {
        const shapes = cells.map(dateShape);
        const proved = (['dmy', 'mdy'] as const).filter((order) => shapes.includes(order));
        // What is written with dots begins with the day, unless the column proves otherwise.
        const expected = proved.length === 0 && shapes.includes('dotted') ? 'dmy' : proved[1] ? undefined : proved[0];
        const decided = expected !== undefined;
        const either = shapes.flatMap((shape, ordinal) => (/either|dotted/.test(shape) ? [ordinal] : []));
        const profile = profileOf('date', cells);
        expect(profile.conventions().dateOrders.get(0)).toBe(expected);
        expect([...profile.ambiguousOrdinals()]).toEqual(decided ? [] : either);
      }),
    );
  });
});

describe('a custom column', () => {
  it('of which it was decided how its dates are written is one of dates where each may be read in two ways', () => {
    const profile = createColumnProfile([{ index: 0, kind: 'custom', dateOrder: 'mdy' }]);
    profile.observe(0, ['04/12/2024']);
    expect(profile.conventions()).toMatchObject({
      dateOrders: new Map([[0, 'mdy']]),
      customKinds: new Map([[0, 'date']]),
    });
  });

  it.each([
    { cells: ['31.12.2024', '04.12.2024'], kind: 'date' },
    { cells: ['2024-12-31', ''], kind: 'date' },
    { cells: ['04/12/2024'], kind: undefined },
    { cells: ['04.12.2024'], kind: 'date' },
    { cells: ['04.12.24'], kind: undefined },
    { cells: ['31.12.2024', 'soon'], kind: undefined },
    { cells: ['yes', 'No', ''], kind: 'boolean' },
    { cells: ['true', 'perhaps'], kind: undefined },
    { cells: ['1', '0', 'x'], kind: undefined },
    { cells: ['', ' '], kind: undefined },
  ])('$cells: $kind', ({ cells, kind }) => {
    expect(profileOf('custom', cells).conventions().customKinds.get(0)).toBe(kind);
  });

  it('makes no row unreadable', () => {
    expect([...profileOf('custom', ['04/12/2024', '5/6/2024']).ambiguousOrdinals()]).toEqual([]);
  });
});

describe('several columns', () => {
  it('give each ordinal once, ascending', () => {
    const profile = createColumnProfile([
      { index: 0, kind: 'money' },
      { index: 1, kind: 'money' },
    ]);
    const cells = Array.from({ length: 100 }, (_, ordinal) => [ordinal % 2 === 0 ? '1,234' : '', '2,345']);
    cells.forEach((row, ordinal) => profile.observe(ordinal, row));
    expect([...profile.ambiguousOrdinals()]).toEqual(Array.from({ length: 100 }, (_, ordinal) => ordinal));
  });
});

describe('a column that a fixed value stands in for', () => {
  it('is not looked at, and rejects nobody', () => {
    const mapping = inferMapping(
      table([
        ['Email', 'Deal value', 'custom:Since'],
        ['ada@example.com', '1,234', '04/12/2024'],
      ]),
    );
    const kindsWith = (set: Map<string, string>): string[] =>
      profiledColumns(mapping, 'ignore', set).map(({ kind }) => kind);
    expect(kindsWith(new Map())).toEqual(['money', 'custom']);
    expect(kindsWith(new Map([['deal_value', '500']]))).toEqual(['custom']);
    expect(kindsWith(new Map([['custom:Since', 'x']]))).toEqual(['money']);
  });
});

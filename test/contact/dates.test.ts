import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateShape, readDate, type DateShape } from '../../src/contact/dates.js';

describe('a date', () => {
  it.each<[string, DateShape, string]>([
    ['2024-03-12', 'iso', '2024-03-12'],
    ['2024-3-2', 'iso', '2024-03-02'],
    ['2024/03/12', 'iso', '2024-03-12'],
    ['2024-03-12 10:11:12', 'iso', '2024-03-12T10:11:12'],
    ['2024-03-12T10:11Z', 'iso', '2024-03-12T10:11Z'],
    ['2024-03-12 10:11 UTC', 'iso', '2024-03-12T10:11Z'],
    ['2024-03-12T10:11:12.5+0100', 'iso', '2024-03-12T10:11:12.5+01:00'],
    ['31.12.2024', 'dmy', '2024-12-31'],
    ['31-12-2024', 'dmy', '2024-12-31'],
    ['31. 12. 2024', 'dmy', '2024-12-31'],
    ['31.12.24', 'dmy', '2024-12-31'],
    ['31.12.99', 'dmy', '1999-12-31'],
    ['29.02.2024', 'dmy', '2024-02-29'],
    ['12/31/2024', 'mdy', '2024-12-31'],
    ['12/31/2024 1:05 PM', 'mdy', '2024-12-31T13:05'],
    ['12/31/2024 12:05 am', 'mdy', '2024-12-31T00:05'],
    ['12 Mar 2024', 'text-month', '2024-03-12'],
    ['7-Feb-22', 'text-month', '2022-02-07'],
    ['12. März 2024', 'text-month', '2024-03-12'],
    ['March 12th, 2024', 'text-month', '2024-03-12'],
    ['Mar 12, 2024', 'text-month', '2024-03-12'],
    ['12 de marzo de 2024', 'text-month', '2024-03-12'],
    ['1er août 2024', 'text-month', '2024-08-01'],
    ['3 maggio 2024', 'text-month', '2024-05-03'],
    ['3 out. 2024', 'text-month', '2024-10-03'],
    ['3 mrt 2024', 'text-month', '2024-03-03'],
  ])('%s is %s and %s, whatever its column has', (cell, shape, value) => {
    expect(dateShape(cell)).toBe(shape);
    for (const order of [undefined, 'dmy', 'mdy'] as const) expect(readDate(cell, order)).toEqual({ value });
  });

  it('is read in the order of its column where both are possible', () => {
    expect(dateShape('04/12/2024')).toBe('either');
    expect(readDate('04/12/2024', 'dmy')).toEqual({ value: '2024-12-04' });
    expect(readDate('04/12/2024', 'mdy')).toEqual({ value: '2024-04-12' });
    expect(readDate('04/12/2024', undefined).problem?.code).toBe('date_ambiguous');
    expect(dateShape('04.12.2024')).toBe('dotted');
    expect(readDate('04.12.2024', 'mdy')).toEqual({ value: '2024-04-12' });
    expect(readDate('04.12.2024', undefined).problem?.code).toBe('date_ambiguous');
    expect(readDate('05.05.2024', undefined)).toEqual({ value: '2024-05-05' });
  });

  it.each(['31.12.31', '1 Jan 69'])('%s may be of either century', (cell) => {
    expect(readDate(cell, 'dmy').problem?.code).toBe('date_year_ambiguous');
  });

  it.each(['0/0/00', '00/00/0000', '0000-00-00', '0000-00-00 00:00:00', '', '-'])('%j is blank', (cell) => {
    expect(dateShape(cell)).toBe('blank');
    expect(readDate(cell, undefined)).toEqual({});
  });

  it.each(
    '--03-14|31.02.2024|29.02.2023|29.02.2100|13/13/2024|0/5/2024|45123|Mar 2024|2024|12 Foo 2024|1.2/2024|2024-03-12 25:00|12/31/2024 13:00 PM|tomorrow'.split(
      '|',
    ),
  )('%s is none', (cell) => {
    expect(dateShape(cell)).toBe('invalid');
    expect(readDate(cell, 'dmy').problem?.code).toBe('invalid_date');
  });

  const day = fc.date({
    min: new Date(Date.UTC(1970, 0, 1)),
    max: new Date(Date.UTC(2099, 11, 31)),
    noInvalidDate: true,
  });

  it.each(['en-US', 'en-GB', 'de', 'fr', 'es', 'pt', 'it', 'nl'])(
    'comes back as it was written out in %s',
    (locale) => {
      for (const month of ['long', 'short'] as const) {
        const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
        fc.assert(
          fc.property(day, (date) => {
            expect(readDate(format.format(date), undefined)).toEqual({ value: date.toISOString().slice(0, 10) });
          }),
        );
      }
    },
  );

  it('is the same once it is read, and proves an order only where the other is impossible', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('/', '.', '-'), (date, mark) => {
        const iso = date.toISOString().slice(0, 10);
        const [year = '', month = '', dayOfMonth = ''] = iso.split('-');
        expect(readDate(iso, undefined)).toEqual({ value: iso });
        const cell = [dayOfMonth, month, year].join(mark);
        expect(readDate(cell, 'dmy')).toEqual({ value: iso });
        const inBoth = mark === '.' ? 'dotted' : 'either';
        expect(dateShape(cell)).toBe(Number(dayOfMonth) > 12 ? 'dmy' : inBoth);
      }),
    );
  });
});

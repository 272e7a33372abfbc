import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moneyShape, readMoney, type MoneyShape } from '../../src/contact/money.js';

describe('an amount', () => {
  it.each<[string, MoneyShape, number]>([
    ['1234', 'plain', 1234],
    ['$1,234.50', 'point', 1234.5],
    ['1.234,50 €', 'comma', 1234.5],
    ["1'234.50", 'point', 1234.5],
    ["CHF 1'234.50", 'point', 1234.5],
    ['1 234,50', 'comma', 1234.5],
    ['1\u202f234,500', 'comma', 1234.5],
    ['1 234 567', 'plain', 1234567],
    ['(1,234.50)', 'point', -1234.5],
    ['-5', 'plain', -5],
    ['5-', 'plain', -5],
    ['−5', 'plain', -5],
    ['$-5', 'plain', -5],
    ['-$5', 'plain', -5],
    ['DKK1,234.50', 'point', 1234.5],
    ['USD 5', 'plain', 5],
    ['5 eur', 'plain', 5],
    ['US$5', 'plain', 5],
    ['R$ 1.000,00', 'comma', 1000],
    ['kr. 500', 'plain', 500],
    ['5 kr', 'plain', 5],
    ['Rs. 1,00,000', 'point', 100000],
    ['12,34,567.00', 'point', 1234567],
    ['1.234.567', 'comma', 1234567],
    ['1,234,567', 'point', 1234567],
    ['12,5', 'comma', 12.5],
    ['1234,567', 'comma', 1234.567],
    ['0,125', 'comma', 0.125],
    ['0.125', 'point', 0.125],
    ['$.50', 'point', 0.5],
    ['5,-', 'comma', 5],
    ['5.--', 'point', 5],
    ['0', 'plain', 0],
    ['-0', 'plain', 0],
  ])('%s is %s and %d, whatever its column has', (cell, shape, value) => {
    expect(moneyShape(cell)).toBe(shape);
    for (const decimal of [undefined, 'point', 'comma'] as const) expect(readMoney(cell, decimal)).toEqual({ value });
  });

  it('is the same with white space around it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^-?\d{1,17}([.,]\d{1,4})?$/),
        fc.constantFrom(undefined, 'point', 'comma'),
        (cell, mark) => {
          expect(moneyShape(cell)).toBe(moneyShape(`${cell} `));
          expect(readMoney(cell, mark).value).toBe(readMoney(`${cell} `, mark).value);
        },
      ),
    );
  });

  it.each([
    ['1,234', 1234, 1.234],
    ['1.234', 1.234, 1234],
    ['€ 999,999', 999999, 999.999],
  ])('%s is %d with a decimal point and %d with a decimal comma', (cell, withPoint, withComma) => {
    expect(moneyShape(cell)).toBe('either');
    expect(readMoney(cell, 'point')).toEqual({ value: withPoint });
    expect(readMoney(cell, 'comma')).toEqual({ value: withComma });
    expect(readMoney(cell, undefined).problem?.code).toBe('money_ambiguous');
  });

  it.each([
    '1.2k',
    '10%',
    '1e5',
    'free',
    '1,23,4',
    '1.234.56',
    '12 34',
    '--5',
    '-5-',
    '5 EUR USD',
    '(5',
    '5.',
    'EUR.50',
    '$',
    '5 and 6',
  ])('%s is none', (cell) => {
    expect(moneyShape(cell)).toBe('invalid');
    expect(readMoney(cell, 'point').problem?.code).toBe('invalid_money');
  });

  it.each(['', ' ', '-', 'n/a'])('%j is blank', (cell) => {
    expect(moneyShape(cell)).toBe('blank');
    expect(readMoney(cell, undefined)).toEqual({});
  });

  it('is refused where a number could not hold it', () => {
    expect(readMoney('12345678901234567', undefined).problem?.code).toBe('money_too_precise');
    expect(readMoney('0.1234567890123456', undefined).problem?.code).toBe('money_too_precise');
    expect(readMoney('1'.repeat(5000), undefined).problem?.code).toBe('invalid_money');
  });

  const cents = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

  it.each(['en-US', 'de-DE', 'fr-FR', 'de-CH', 'en-IN', 'pt-BR', 'es-ES', 'it-IT', 'nl-NL', 'sv-SE'])(
    'comes back as it was formatted in %s',
    (locale) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
      fc.assert(
        fc.property(cents, (amount) => {
          expect(readMoney(format.format(amount / 100), undefined)).toEqual({ value: amount / 100 + 0 });
        }),
      );
    },
  );

  it('has the same value once it is read', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        const { value } = readMoney(String(amount / 100), 'point');
        expect(value === undefined ? undefined : readMoney(String(value), 'point').value).toBe(amount / 100 + 0);
      }),
    );
  });
});

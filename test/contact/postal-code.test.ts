import { expect, it } from 'vitest';
import { shortPostalCode } from '../../src/contact/postal-code.js';

it.each([
  ['1067', 'DE', true],
  ['501', 'US', true],
  ['01067', 'DE', false],
  ['8001', 'CH', false],
  ['1067', undefined, false],
  ['D-1067', 'DE', false],
] as const)('%s in %s lacks its zero: %s', (text, country, isShort) => {
  expect(shortPostalCode(text, country)?.code).toBe(isShort ? 'postal_code_short' : undefined);
});

it('says in sentences what to do in which order', () => {
  expect(shortPostalCode('1067', 'DE')?.hint).toMatch(/^In a spreadsheet, format .* as text first; then .*\.$/);
});

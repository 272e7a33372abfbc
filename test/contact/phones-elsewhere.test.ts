import { getCountryCallingCode, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { expect, it } from 'vitest';
import { phonesElsewhere } from '../../src/contact/phone/elsewhere.js';
import { callingCodes } from '../../src/contact/phone/phone-plan.js';

/** As they stand in files without their country, with countries of which they are numbers. */
const WRITTEN: readonly (readonly [string, readonly CountryCode[]])[] = [
  ['030 1234510', ['DE', 'IT']],
  ['07911 123456', ['GB', 'DE']],
  ['06 69812345', ['IT', 'DE', 'AT']],
  ['06 1 234 5678', ['HU', 'DE']],
  ['8 912 345-67-89', ['RU', 'DE']],
  ['044 668 18 00', ['CH', 'DE', 'JP']],
  ['(201) 555-0123', ['US', 'DE']],
];

const readIn = (text: string, country: CountryCode): string | undefined =>
  parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })?.number;

it.each(WRITTEN)('finds what %s is in each of its countries, from any of them', (text, countries) => {
  const all = countries.map((country) => readIn(text, country) ?? '');
  expect(new Set(all).size).toBe(countries.length);
  for (const phone of all) {
    const elsewhere = [...phonesElsewhere([phone])];
    expect(elsewhere).toEqual(expect.arrayContaining(all.filter((other) => other !== phone)));
    expect(elsewhere).not.toContain(phone);
    expect(new Set(elsewhere).size).toBe(elsewhere.length);
  }
});

it.each(WRITTEN)('finds what %s is anywhere where it could not be read', (text, countries) => {
  const all = countries.map((country) => readIn(text, country));
  expect([...phonesElsewhere([], [text])]).toEqual(expect.arrayContaining(all));
  expect([...phonesElsewhere([], [`mobile: ${text}`])]).toEqual(expect.arrayContaining(all));
});

it('has no other reading of a number with its country, nor of what has no digits', () => {
  expect([...phonesElsewhere([], ['+49 12', '0049 12', 'none', ''])]).toEqual([]);
  expect([...phonesElsewhere([])]).toEqual([]);
});

it('knows every calling code that a country has, and none that begins another one', () => {
  const codes = callingCodes().map(({ code }) => code);
  for (const country of ['US', 'GB', 'DE', 'KZ', 'VA', 'CK'] as const)
    expect(codes).toContain(getCountryCallingCode(country));
  for (const code of codes) expect(codes.filter((other) => code !== other && code.startsWith(other))).toEqual([]);
});

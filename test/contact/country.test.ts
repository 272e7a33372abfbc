import { describe, expect, it } from 'vitest';
import { readCarCode, readCountry } from '../../src/contact/country.js';
import { isCountry } from '../../src/contact/phone/phone.js';
import { getCountries } from 'libphonenumber-js/max';

describe('readCountry', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    ['DEU', 'DE'],
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['Alemania', 'DE'],
    ['Alemanha', 'DE'],
    ['Germania', 'DE'],
    ['Duitsland', 'DE'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['United States', 'US'],
    ['United States of America', 'US'],
    ['États-Unis', 'US'],
    ['EE. UU.', 'US'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['united  kingdom ', 'GB'],
    ['Großbritannien', 'GB'],
    ['Holland', 'NL'],
    ['The Netherlands', 'NL'],
    ['Österreich', 'AT'],
    ['Oesterreich', 'AT'],
    ["Côte d'Ivoire", 'CI'],
    ['Ivory Coast', 'CI'],
    ['Bosnia & Herzegovina', 'BA'],
    ['Türkiye', 'TR'],
    ['Hong Kong', 'HK'],
    ['RU', 'RU'],
    ['Kosovo', 'XK'],
  ])('%s is %s', (cell, code) => expect(readCountry(cell)).toBe(code));

  it.each(['', ' ', '-', 'XX', 'Atlantis', 'Congo', 'Korea', '49', 'Germany or France'])('%j names none', (cell) =>
    expect(readCountry(cell)).toBeUndefined(),
  );

  it('reads names the same in whatever order languages come: none means two countries in two of them', () => {
    const codes = getCountries().filter((code) => readCountry(code) === code);
    for (const language of ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl']) {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      const isRead = (code: string): boolean =>
        readCountry(names.of(code) ?? '') === code || names.of(code) === 'Congo';
      expect(codes.filter((code) => !isRead(code))).toEqual([]);
    }
  });

  it('has a code for every country with a numbering plan but the military and island plans of others', () => {
    const unknown = getCountries().filter((code) => readCountry(code) !== code);
    expect(unknown).toEqual(['AC', 'TA']);
    expect(isCountry(readCountry('Kosovo') ?? '')).toBe(true);
  });
});

describe('readCarCode', () => {
  it.each([
    ['D', 'DE'],
    [' A ', 'AT'],
    ['SLO', 'SI'],
    ['d', undefined],
    ['CH', undefined],
    ['X', undefined],
    ['constructor', undefined],
  ])('%s is %s', (cell, code) => expect(readCarCode(cell)).toBe(code));

  it('knows no code that ISO 3166-1 has for another country', () => {
    for (const letters of ['A', 'B', 'D', 'E', 'F', 'FL', 'H', 'I', 'L', 'N', 'P', 'S', 'SLO']) {
      expect(isCountry(readCarCode(letters) ?? '')).toBe(true);
      expect(readCountry(letters)).toBeUndefined();
    }
  });
});

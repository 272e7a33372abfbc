import { describe, expect, it } from 'vitest';
import { greetsSeveral, mayBeSeveral } from '../../src/contact/names/several-people.js';

describe('names of several people', () => {
  it.each([
    ['Hans und Maria', 'Bauer'],
    ['Karl & Ina', 'Berg'],
    ['Ana y Luis', 'Pérez'],
    ['Familie Müller', ''],
    ['The Smith Family', ''],
    ['John and Mary Smith', ''],
  ])('%s %s may be several', (first, last) => expect(mayBeSeveral(first, last)).toBe(true));

  it.each([
    ['José', 'Ortega y Gasset'],
    ['Baker & Sons', ''],
    ['Müller GmbH & Co. KG', ''],
    ['Andrea', 'Sanders'],
    ['AT&T', ''],
    ['', ''],
  ])('%s %s is not', (first, last) => expect(mayBeSeveral(first, last)).toBe(false));

  it.each(['Eheleute', 'Familie', 'Herr und Frau', 'Mr. & Mrs.', 'Fam.'])('%s greets several', (salutation) =>
    expect(greetsSeveral(salutation)).toBe(true),
  );

  it.each(['Herr', 'Frau Dr.', 'Mrs.', ''])('%j greets one', (salutation) =>
    expect(greetsSeveral(salutation)).toBe(false),
  );
});

import { expect, it } from 'vitest';
import { likelyReading } from '../../src/mapping/likely-reading.js';

it.each([
  ['DE', ',', 'comma', 'dmy'],
  ['US', ';', 'point', 'mdy'],
  ['GB', ',', 'point', 'dmy'],
  ['CA', ',', 'point', 'dmy'],
  [undefined, ';', 'comma', 'dmy'],
  [undefined, ',', undefined, undefined],
])('a list of %s with "%s" between its fields most likely has %s and %s', (country, delimiter, money, dates) => {
  expect([likelyReading('money', country, delimiter), likelyReading('date', country, delimiter)]).toEqual([
    money,
    dates,
  ]);
});

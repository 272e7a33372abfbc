import { expect, it } from 'vitest';
import { RATE } from '../../src/settings/times.js';

it.each([
  ['60/60', true],
  ['off', true],
  ['1000/0.5', true],
  ['0/60', false],
  ['1.5/60', false],
  ['60/0', false],
  [{ writes: 60, seconds: 60 }, true],
  [{ writes: 1.5, seconds: 60 }, false],
  [{ writes: Number.NaN, seconds: 60 }, false],
  [{ writes: 60, seconds: Number.POSITIVE_INFINITY }, false],
  [{ writes: -60, seconds: -60 }, false],
])('a rate is so many whole writes in any so many seconds: %j', (raw, isOne) => {
  expect('value' in RATE.check(raw, 0)).toBe(isOne);
});

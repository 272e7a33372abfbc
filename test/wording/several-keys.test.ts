import { expect, it } from 'vitest';
import { severalIn } from '../../src/wording/secrets.js';

it('keys in one text stand apart by commas, semicolons, blanks and lines', () => {
  expect(severalIn(' a,b; c\nd ,,')).toEqual(['a', 'b', 'c', 'd']);
  expect(severalIn('')).toEqual([]);
});

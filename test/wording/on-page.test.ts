import { expect, it } from 'vitest';
import { messageOnPage } from '../../src/wording/on-page.js';

it.each([
  ['lines 2 and 3', 'lines 2 and 3'],
  ['lines 2, 3, 4, 5 and 6', 'lines 2, 3, 4, 5 and 6'],
  ['lines 2, 3, 4, 5, 6, 7, 8 and 9', 'lines 2, 3, 4 and 5 more'],
  ['lines 2, 3, 4, 5, 6 and 40 more', 'lines 2, 3, 4 and 42 more'],
])('names of a crowd the first few in each of its rows: %s', (lines, few) => {
  const said = (which: string): string => `One e-mail, different people: ${which}. Clarky would make them one contact.`;
  expect(messageOnPage(said(lines))).toBe(said(few));
});

import { expect, it } from 'vitest';
import { FIELD_NAMES } from '../../src/mapping/mapping.js';
import { fieldInWords } from '../../src/ui/page/words.js';
import { noteOnPage } from '../../src/wording/on-page.js';

it('every field has words of its own on the page', () => {
  const words = FIELD_NAMES.map(fieldInWords);
  expect(words.filter((word) => /_|^[a-z]/.test(word))).toEqual([]);
  expect(new Set(words).size).toBe(words.length);
});

it.each([
  [
    'The sheet "A" is read, one of 2; contacts stand on "B" too: --sheet names another.',
    'The sheet "A" is read, one of 2; contacts stand on "B" too.',
  ],
  ['The sheet "A" is read, one of 2; --sheet names another.', 'The sheet "A" is read, one of 2.'],
  ['The encoding is a guess: look at the sample values, or say --encoding.', ''],
  [
    'The header is on line 3; 2 lines of text before it are skipped.',
    'The header is on line 3; 2 lines of text before it are skipped.',
  ],
])('no note on the page names an option: %s', (note, shown) => {
  expect(noteOnPage(note)).toBe(shown);
});

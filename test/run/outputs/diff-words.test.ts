import { expect, it } from 'vitest';
import { changesInWords } from '../../../src/run/outputs/diff-words.js';

it('says what is new in a list that grows, and fits the terminal', () => {
  const phones = ['+49309876512', '+491712345678'];
  const words = changesInWords(
    [
      {
        lines: [2],
        contactId: 'con_1',
        differences: [
          { field: 'phone_numbers', found: phones, expected: [...phones, '+491719999999'] },
          { field: 'tags', found: ['a', 'b'], expected: ['b'] },
        ],
      },
    ],
    80,
  );
  expect(words).toMatch(/phone_numbers .* → these and \+491719999999$/m);
  expect(words).toMatch(/tags +a, b → b$/m);
  for (const line of words.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

import { expect, it } from 'vitest';
import { apartInWords, changesInWords } from '../../../src/run/outputs/diff-words.js';

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

it.each([
  ['+442079460701', '+442079460702', '…60701', '…60702'],
  [`${'so '.repeat(20)}long`, `${'so '.repeat(20)}short`, '… so long', '… so short'],
  ['a'.repeat(20), 'a'.repeat(25), '…aaaa', '…aaaaaaaaa'],
  ['🌱'.repeat(20), `${'🌱'.repeat(20)}!`, '…🌱🌱🌱🌱', '…🌱🌱🌱🌱!'],
  ['Ada', 'Eve', 'Ada', 'Eve'],
  ['1', 1, '1', '1'],
])('shows where %s and %s part, however long they are alike', (one, other, first, second) => {
  expect(apartInWords(one, other, 12)).toEqual([first, second]);
});

it('shows of a long text that changes at its end what changes', () => {
  const note = (word: string): string => `${'A note of many words. '.repeat(9)}It ${word} so.`;
  const differences = [{ field: 'notes' as const, found: note('was'), expected: note('is') }];
  expect(changesInWords([{ lines: [2], contactId: 'con_1', differences }])).toMatch(/It was so\. → .*It is so\.$/m);
});

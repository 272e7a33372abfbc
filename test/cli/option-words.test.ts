import { Option } from 'commander';
import { expect, it } from 'vitest';
import { optionInWords } from '../../src/cli/help/option-words.js';

it.each([
  [new Option('--a <x>', 'what it is'), 'what it is'],
  [new Option('--a <x>', 'what it is (default: made up)'), 'what it is (default: made up)'],
  [new Option('--a <x>', 'what it is').default(4010), 'what it is (default: 4010)'],
  [new Option('--a <x>', 'what it is').choices(['b', 'c']).default('b'), 'what it is (b, c; default: b)'],
  [new Option('--a <x>', 'what it is (default: all)').choices(['b', 'c']), 'what it is (b, c; default: all)'],
  [new Option('--no-a', 'none of it').default(true), 'none of it'],
  // As the table of settings writes it.
  [new Option('--a <x>', 'what it is (b, c; default: b; env: A)'), 'what it is (b, c; default: b; env: A)'],
])('choices and default stand in one pair of brackets: %#', (option, words) => {
  expect(optionInWords(option)).toBe(words);
});

import { expect, it } from 'vitest';
import { helpAfter } from '../../src/cli/help/help-after.js';
import { TOPIC_NAMES, topicNamed } from '../../src/cli/help/help-topics.js';

const COMMANDS = 'import plan map verify undo status forget bots ui login doctor completion'.split(' ');

it.each([...TOPIC_NAMES, ...COMMANDS])('help on %s fits 80 columns', (name) => {
  const text = topicNamed(name) ?? helpAfter(name);
  expect(text).not.toBe('');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

it('verify and plan say that they end with 6 where an import runs', () => {
  for (const name of ['verify', 'plan']) expect(helpAfter(name)).toMatch(/^ {2}6 {2}.*another import is using/m);
});

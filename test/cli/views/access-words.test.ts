import { expect, it } from 'vitest';
import { accessInWords } from '../../../src/cli/views/access-words.js';

const ACCESS = {
  apiUrl: 'https://clarky.ai/api/v1',
  mayRead: true,
  mayWrite: true,
  bots: ['sales', 'support'],
  reads: undefined,
  writes: undefined,
  clockAheadMs: undefined,
};

it('says of a bot that was named where the key does not see it', () => {
  expect(accessInWords(ACCESS, 'sales')).not.toContain('not see');
  expect(accessInWords(ACCESS)).not.toContain('not see');
  expect(accessInWords(ACCESS, 'other')).toContain(
    '\nIt does not see the bot other, which was named: name another with --bot.\n',
  );
});

it('says of a key that may not read what is not known of it, in whole sentences of one line', () => {
  const blind = { ...ACCESS, mayRead: false, bots: [] };
  const words = accessInWords(blind);
  expect(words).toContain('  bots    not known, since the key may not read\n');
  expect(words).toContain('\nWhich bots it sees is not known: an import needs one named with --bot.\n');
  expect(accessInWords(blind, 'sales')).not.toContain('named with --bot');
  for (const line of words.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

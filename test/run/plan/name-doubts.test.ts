import { expect, it } from 'vitest';
import type { NameDoubt } from '../../../src/plan/different.js';
import { doubtsIn } from '../../../src/run/plan/plan-result.js';

function* doubts(count: number): Generator<NameDoubt> {
  for (let n = 0; n < count; n++) {
    yield { lines: [n, n + 1], names: ['Ann Lee', 'A. B.'] };
    if (n % 2 === 0) yield { lines: [n, n + 2], names: ['Ann Lee', ''] };
  }
}

it('a plan counts all rows of doubtful names, and holds the first of each kind', () => {
  const { nameDoubts, nameDoubtCounts } = doubtsIn(doubts(5000));
  expect(nameDoubtCounts).toEqual({ named: 5000, nameless: 2500 });
  expect(nameDoubts).toHaveLength(2000);
  expect(nameDoubts.at(-1)).toEqual({ lines: [1998, 2000], names: ['Ann Lee', ''] });
  expect(doubtsIn(doubts(3)).nameDoubts).toEqual([...doubts(3)]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBooksBalance, Tally } from '../../src/run/tally.js';

describe('the books of a run', () => {
  it('put every record into exactly one count', () => {
    const tally = new Tally({ rows: 10, contacts: 6 });
    tally.count('created', 2);
    tally.count('updated', 1);
    tally.count('unchanged', 3);
    tally.count('rejected', 2);
    expect(tally.counts()).toMatchObject({ created: 1, updated: 1, unchanged: 1, merged: 3, rejected: 2, pending: 2 });
    expect(tally.counts(1)).toMatchObject({ merged: 4, pending: 1 });
  });

  it('always add up to the rows', () => {
    const outcome = fc.constantFrom('created', 'updated', 'unchanged', 'rejected');
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, fc.integer({ min: 1, max: 5 }))), fc.nat(100), (ends, more) => {
        const rows = ends.reduce((sum, [, records]) => sum + records, 0) + more;
        const tally = new Tally({ rows, contacts: ends.length + more });
        for (const [end, records] of ends) tally.count(end, records);
        expect(() => assertBooksBalance(tally.counts())).not.toThrow();
        expect(tally.counts().pending).toBe(more);
      }),
    );
  });

  it('are not accepted where they do not', () => {
    const counts = new Tally({ rows: 3, contacts: 3 }).counts();
    expect(() => assertBooksBalance({ ...counts, created: 1 })).toThrow("don't balance");
    expect(() => assertBooksBalance({ ...counts, created: 4, pending: -1 })).toThrow("don't balance");
  });
});

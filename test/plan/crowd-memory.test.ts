/** Of how many rows so ever that are rejected, little is kept: a million of them have to fit in beside all else. */
import { describe, expect, it } from 'vitest';
import type { Decisions } from '../../src/plan/decisions.js';
import { Roster } from '../../src/plan/roster.js';
import { RejectedRows } from '../../src/run/verify/rejected-rows.js';
import { heldBytes } from '../support/held-bytes.js';

const ROWS = 50_000;
/** A `Map` of who is held, and all their names, take more. */
const MOST_BYTES_EACH = 90;
const RULES = { sharedPhone: 'reject', sharedEmail: 'reject', duplicates: 'merge' } as const;
const READ = { problems: [], omitted: [], notes: [], placeholders: [] };

function decided(rows: number, shared: { emails?: string[]; phone_numbers?: string[] }): Decisions {
  const roster = new Roster();
  for (let row = 0; row < rows; row++) {
    const contact = { first_name: `Ada${row}`, last_name: `Lovelace${row}`, ...shared };
    roster.addRecord({ contact, ...READ, line: row + 2 });
  }
  return roster.decide(RULES);
}

describe('fifty thousand people', () => {
  it.each([
    ['one e-mail', { emails: ['guest@shop.com'] }],
    ['one phone, and no e-mail', { phone_numbers: ['+14155550100'] }],
  ])('with %s take few bytes each once it is decided that they are rejected', (_what, shared) => {
    // What is loaded and compiled for the first of them is not theirs.
    decided(ROWS / 20, shared);
    const before = heldBytes();
    const decisions = decided(ROWS, shared);
    const each = (heldBytes() - before) / ROWS;
    const names = ['Ada0 Lovelace0', 'Ada1 Lovelace1', 'Ada2 Lovelace2'];
    expect(decisions.roleOf(ROWS - 1)).toMatchObject({ kind: 'held', rows: ROWS, names });
    expect(each).toBeLessThan(MOST_BYTES_EACH);
  });
});

it('of rows that an import rejects nothing is kept where they are too many to be noted', () => {
  const rows = new RejectedRows([]);
  const before = heldBytes();
  for (let row = 0; row < ROWS; row++) rows.meet(`${row}`, { cells: [`person${row} at example.com`] }, []);
  expect((heldBytes() - before) / ROWS).toBeLessThan(10);
  expect(rows.noted(0, true)).toEqual({});
});

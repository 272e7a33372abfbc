/** So many rows with one e-mail or phone that anything that grows with their square would take far longer than is allowed. */
import { describe, expect, it } from 'vitest';
import { GrowingPlaces } from '../../src/collections/growing-places.js';
import { digest } from '../../src/contact/identity.js';
import { conflictOf } from '../../src/plan/conflict-problem.js';
import { Decisions } from '../../src/plan/decisions.js';
import { People } from '../../src/plan/people.js';
import { decideWho } from '../../src/plan/who.js';
import { workedMs } from '../support/worked.js';

const ROWS = 24_000;
/** It takes a third of a second. */
const ENOUGH_MS = 15_000;
const AT_ONE_ADDRESS = () => ['guest@shop.com'];

function decide(emailsOf: (row: number) => string[], phonesOf: (row: number) => string[]): Decisions {
  const people = new People();
  const places = new GrowingPlaces();
  for (let row = 0; row < ROWS; row += 1) {
    people.add({
      emails: emailsOf(row).map((email) => digest('email', email)),
      phones: phonesOf(row).map((phone) => digest('phone', phone)),
      name: `N${row} L${row}`,
      external: false,
    });
    places.push({ line: row + 2 });
  }
  const isValid = (): boolean => true;
  const who = decideWho(people, { mode: 'reject', sharedEmail: 'reject', isValid });
  return new Decisions({ who, people, records: ROWS, places, isValid, duplicates: 'merge' });
}

function lastMessage(decisions: Decisions): string | undefined {
  let message: string | undefined;
  for (let row = 0; row < ROWS; row += 1) message = conflictOf(decisions.roleOf(row))?.message;
  return message;
}

describe('a crowd of different people', () => {
  const others = ROWS - 12;

  it.each([
    ['one e-mail', AT_ONE_ADDRESS, () => []],
    ['one phone', (row: number) => [`${row}@x.com`], () => ['+1']],
    ['one e-mail and one phone', AT_ONE_ADDRESS, () => ['+1']],
    ['one e-mail, and each phone with two others', AT_ONE_ADDRESS, (row: number) => [`+${row % (ROWS / 3)}`]],
    ['two e-mails and two phones', () => ['a@x.com', 'b@x.com'], () => ['+1', '+2']],
  ])('with %s are held, and the first of them named', (_what, emailsOf, phonesOf) => {
    const spentMs = workedMs(() => {
      const decisions = decide(emailsOf, phonesOf);
      expect(decisions.counts().held).toBe(ROWS);
      expect(lastMessage(decisions)).toContain(`: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and ${others} more, `);
      expect(decisions.inTheWay()).toEqual([]);
    });
    expect(spentMs).toBeLessThan(ENOUGH_MS);
  });

  it('who share an e-mail with some and a phone with others are told of all, each counted once', () => {
    const spentMs = workedMs(() => {
      const decisions = decide(
        (row) => [`${Math.floor(row / 3)}@x.com`],
        (row) => [`+${Math.floor((row + 1) / 3)}`],
      );
      expect(conflictOf(decisions.roleOf(5))?.message).toContain(': lines 5, 6, 7, 8 and 9, ');
    });
    expect(spentMs).toBeLessThan(ENOUGH_MS);
  });
});

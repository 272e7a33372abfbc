/** So many rows with one e-mail or phone that anything that grows with their square is far more work than is allowed: it is counted. */
import { describe, expect, it } from 'vitest';
import { GrowingPlaces } from '../../src/collections/growing-places.js';
import { digest } from '../../src/contact/identity.js';
import { Conflict } from '../../src/plan/conflict.js';
import { conflictOf } from '../../src/plan/conflict-problem.js';
import { Decisions } from '../../src/plan/decisions.js';
import { People } from '../../src/plan/people.js';
import { decideWho, type Who } from '../../src/plan/who.js';

const ROWS = 3_000;
/** Of each row, whatever the number of rows: they are looked at some thirty times. */
const MOST_LOOKS = 100;
const AT_ONE_ADDRESS = () => ['guest@shop.com'];

/** Counts how often anything of anybody is asked for. */
class WatchedPeople extends People {
  looks = 0;

  override nameOf(member: number): string {
    this.looks += 1;
    return super.nameOf(member);
  }

  override isExternal(member: number): boolean {
    this.looks += 1;
    return super.isExternal(member);
  }

  override emailAt(member: number, place: number): number {
    this.looks += 1;
    return super.emailAt(member, place);
  }

  override phoneAt(member: number, place: number): number {
    this.looks += 1;
    return super.phoneAt(member, place);
  }

  override emailsOf(member: number): number[] {
    this.looks += 1;
    return super.emailsOf(member);
  }

  override phonesOf(member: number): number[] {
    this.looks += 1;
    return super.phonesOf(member);
  }
}

/** `looks`: at people, and at whether they take part. */
function decide(emailsOf: (row: number) => string[], phonesOf: (row: number) => string[]) {
  const people = new WatchedPeople();
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
  let asked = 0;
  const isValid = (): boolean => (asked += 1) > 0;
  const who = decideWho(people, { mode: 'reject', sharedEmail: 'reject', isValid });
  const decisions = new Decisions({ who, people, records: ROWS, places, isValid, duplicates: 'merge' });
  return { who, decisions, looks: () => people.looks + asked };
}

/** How many members the conflicts go through when they are told of: all of their lists but the longest of each. */
function membersGoneThrough({ held }: Who): number {
  let members = 0;
  for (const { lists } of held.conflicts()) for (const list of lists.slice(1)) members += list.length;
  return members;
}

function lastMessage(decisions: Decisions): string | undefined {
  let message: string | undefined;
  for (let row = 0; row < ROWS; row += 1) message = conflictOf(decisions.roleOf(row))?.message;
  return message;
}

describe('a crowd of different people', () => {
  // As numbers are written for people.
  const others = '2,988';

  it.each([
    ['one e-mail', AT_ONE_ADDRESS, () => []],
    ['one phone', (row: number) => [`${row}@x.com`], () => ['+1']],
    ['one e-mail and one phone', AT_ONE_ADDRESS, () => ['+1']],
    ['one e-mail, and each phone with two others', AT_ONE_ADDRESS, (row: number) => [`+${row % (ROWS / 3)}`]],
    ['two e-mails and two phones', () => ['a@x.com', 'b@x.com'], () => ['+1', '+2']],
  ])('with %s are held, and the first of them named', (_what, emailsOf, phonesOf) => {
    const { who, decisions, looks } = decide(emailsOf, phonesOf);
    expect(decisions.counts().held).toBe(ROWS);
    expect(lastMessage(decisions)).toContain(`: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and ${others} more, `);
    expect(decisions.inTheWay()).toEqual([]);
    expect(looks() / ROWS).toBeLessThan(MOST_LOOKS);
    expect(membersGoneThrough(who) / ROWS).toBeLessThan(MOST_LOOKS);
  });

  it('who share an e-mail with some and a phone with others are told of all, each counted once', () => {
    const { who, decisions, looks } = decide(
      (row) => [`${Math.floor(row / 3)}@x.com`],
      (row) => [`+${Math.floor((row + 1) / 3)}`],
    );
    expect(conflictOf(decisions.roleOf(5))?.message).toContain(': lines 5, 6, 7, 8 and 9, ');
    expect(looks() / ROWS).toBeLessThan(MOST_LOOKS);
    expect(membersGoneThrough(who) / ROWS).toBeLessThan(MOST_LOOKS);
  });

  it('is told of once for all of them, by few of the longest list', () => {
    const { decisions } = decide(AT_ONE_ADDRESS, () => []);
    expect(decisions.roleOf(1)).toMatchObject({ kind: 'held' });
    const [first, last] = [0, ROWS - 1].map((row) => decisions.roleOf(row));
    expect(first?.kind === 'held' && last?.kind === 'held' && first.places === last.places).toBe(true);

    let looks = 0;
    const everybody = new Proxy(
      Array.from({ length: ROWS }, (_, row) => row),
      { get: (list, key, self) => ((looks += 1), Reflect.get(list, key, self) as unknown) },
    );
    const conflict = new Conflict([[3, 5], everybody]);
    looks = 0;
    expect(conflict.summary(ROWS, 3)).toEqual({ first: [0, 1, 2], below: ROWS, above: 0 });
    expect(looks).toBeLessThan(MOST_LOOKS * 3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '../../src/contact/identity.js';
import { nameKeyOf, sameName } from '../../src/contact/name.js';
import type { SharedEmail } from '../../src/plan/email-people.js';
import { whoOf } from '../../src/contact/names/full-name.js';
import { mayBeOnePerson } from '../../src/contact/names/one-person.js';
import { People } from '../../src/plan/people.js';
import { decideWho, type SharedPhone, type Who } from '../../src/plan/who.js';

interface Member {
  readonly email?: string | undefined;
  /** Further ones. */
  readonly more?: readonly string[];
  readonly phones: readonly string[];
  readonly name: string;
  readonly external?: boolean;
  /** Of its phones in the workspace those that an import of this list wrote there. */
  readonly written?: readonly string[];
  /** False for a row that is rejected for its values. */
  readonly isValid?: boolean;
  readonly areRoles?: readonly boolean[] | undefined;
}

const emailsOf = ({ email, more = [] }: Member): string[] => [...(email === undefined ? [] : [email]), ...more];

function decide(
  members: readonly Member[],
  mode: SharedPhone = 'reject',
  sharedEmail: SharedEmail = 'reject',
  replacesLists = false,
): Who {
  const people = new People();
  for (const member of members) {
    const { phones, name, external, areRoles, written = [] } = member;
    people.add({
      emails: emailsOf(member).map((email) => digest('email', email)),
      phones: phones.map((phone) => digest('phone', phone)),
      name,
      areRoles,
      external: external === true,
      wasWritten: external === true ? (place) => written.includes(phones[place] ?? '') : undefined,
    });
  }
  const isValid = (member: number): boolean => members[member]?.isValid !== false;
  return decideWho(people, { mode, sharedEmail, replacesLists, isValid });
}

/** Who is held, and with whom. */
const heldWith = (who: Who): [number, number[]][] =>
  [...who.held.keys()].map((member) => [member, who.held.get(member)?.summary(Infinity, Infinity).first ?? []]);

const ADA: Member = { email: 'ada@x.com', phones: ['+1'], name: 'Ada Lovelace' };

describe('who is who', () => {
  it('folds records of one email, and those without email that have its phone and no other name', () => {
    const who = decide([
      ADA,
      { email: 'ada@x.com', phones: ['+2'], name: 'Ada King' },
      { phones: ['+1'], name: 'Ada' },
      { phones: ['+2'], name: '' },
    ]);
    expect([...who.groupOf]).toEqual([0, 0, 0, 0]);
    expect([...who.sizes]).toEqual([4]);
    expect([...who.nameDoubts]).toEqual([[0, 1]]);
  });

  it('doubts whether somebody is who has an email, no name, and another one’s phone', () => {
    const ann = { phones: ['+1'], name: 'Ann Lee' };
    const who = decide([ann, { email: 'x@x.com', phones: ['+1'], name: '' }]);
    expect([...who.sizes]).toEqual([2]);
    expect([...who.nameDoubts]).toEqual([[0, 1]]);
    expect([...decide([ann, { phones: ['+1'], name: '' }]).nameDoubts]).toEqual([]);
    const named = { email: 'x@x.com', phones: [], name: 'Ann Lee' };
    expect([...decide([named, ann, { email: 'x@x.com', phones: ['+1'], name: '' }]).nameDoubts]).toEqual([]);
  });

  it('holds at a mailbox of many those of one first name, and two firms', () => {
    const at = (name: string, areRoles?: readonly boolean[]): Member => ({
      email: 'info@x.com',
      phones: [],
      name,
      areRoles,
    });
    expect(decide([at('Anna Schmidt'), at('Anna Weber')]).held.size).toBe(0);
    expect(decide([at('Anna Schmidt', [true]), at('Anna Weber', [true])]).held.size).toBe(2);
    expect(decide([at(whoOf({ company: 'Acme Ltd' })), at(whoOf({ company: 'Beta GmbH' }))]).held.size).toBe(2);
    expect(decide([at(whoOf({ company: 'Acme Ltd' })), at(whoOf({ company: 'ACME Plumbing' }))]).held.size).toBe(0);
  });

  it('takes the firm of somebody in the workspace for an employer that may change, but at a mailbox of many', () => {
    const [acme, beta] = ['Acme Ltd', 'Beta GmbH'].map((company) => whoOf({ company }));
    const both = (areRoles?: readonly boolean[]): Member[] => [
      { email: 'ann@x.com', phones: [], name: acme ?? '', areRoles },
      { email: 'ann@x.com', phones: [], name: beta ?? '', external: true },
    ];
    expect(decide(both()).held.size).toBe(0);
    expect(decide(both([true])).held.size).toBe(1);
  });

  it('holds all who share an office phone, with every one of them named', () => {
    const who = decide([
      ADA,
      { email: 'bob@x.com', phones: ['+9', '+1'], name: 'Bob' },
      { phones: ['+3'], name: 'Cy' },
    ]);
    expect(heldWith(who)).toEqual([
      [0, [0, 1]],
      [1, [0, 1]],
    ]);
    expect([...who.groupOf]).toEqual([-1, -1, 0]);
  });

  it('holds two without email whose names clearly differ, and folds two whose names agree', () => {
    expect(
      decide([
        { phones: ['+1'], name: 'Ada Byron' },
        { phones: ['+1'], name: 'Bob Ray' },
      ]).held.size,
    ).toBe(2);
    expect([
      ...decide([
        { phones: ['+1'], name: 'Ada Byron' },
        { phones: ['+1'], name: 'A. Byron' },
      ]).sizes,
    ]).toEqual([2]);
  });

  it('holds a record whose email is of one person and whose phone of another', () => {
    const who = decide([
      ADA,
      { email: 'bob@x.com', phones: ['+2'], name: 'Bob' },
      { email: 'ada@x.com', phones: ['+2'], name: 'Ada' },
    ]);
    expect([...who.held.keys()]).toEqual([1, 2]);
    expect(who.groupOf[0]).toBe(0);
  });

  it('holds a record without email that would join two people, and sends those', () => {
    const who = decide([
      ADA,
      { email: 'al@x.com', phones: ['+2'], name: 'Ada' },
      { phones: ['+1', '+2'], name: 'Ada' },
    ]);
    expect([...who.groupOf]).toEqual([0, 1, -1]);
    expect(heldWith(who)).toEqual([[2, [0, 1, 2]]]);
  });

  it('with omit, holds only those that nothing else identifies', () => {
    const who = decide([ADA, { phones: ['+1'], name: 'Bob' }, { phones: ['+1', '+5'], name: 'Cy' }], 'omit');
    expect([...who.held.keys()]).toEqual([1]);
    expect(who.isShared(0, 0)).toBe(true);
    expect(who.isShared(2, 0)).toBe(true);
    expect(who.isShared(2, 1)).toBe(false);
    expect(new Set([who.groupOf[0], who.groupOf[2]]).size).toBe(2);
  });

  it('with send, holds no bridge either', () => {
    const who = decide(
      [ADA, { email: 'al@x.com', phones: ['+2'], name: 'Al' }, { phones: ['+1', '+2'], name: '' }],
      'send',
    );
    expect(who.held.size).toBe(0);
    expect([...who.groupOf]).toEqual([0, 1, 2]);
  });

  it('with send, holds nobody and still keeps different people apart', () => {
    const who = decide(
      [ADA, { phones: ['+1'], name: 'Bob' }, { phones: ['+1'], name: 'Bob' }, { phones: ['+1'], name: 'Cy' }],
      'send',
    );
    expect(who.held.size).toBe(0);
    expect([...who.groupOf]).toEqual([0, 1, 1, 2]);
  });

  it('takes the workspace into account without sending any of it', () => {
    const who = decide([
      ADA,
      { email: 'bob@x.com', phones: ['+2'], name: 'Bob' },
      { email: 'ada@x.com', phones: [], name: 'Ada', external: true },
      { email: 'carl@x.com', phones: ['+2'], name: 'Carl', external: true },
    ]);
    expect([...who.held.keys()]).toEqual([1]);
    expect(who.externalOf[who.groupOf[0] ?? -1]).toBe(2);
    expect(who.sizes[who.groupOf[0] ?? -1]).toBe(1);
  });

  it('holds whom an upsert would turn into a contact of the workspace that is one of two', () => {
    const all: Member[] = [
      { email: 'ann@x.com', phones: ['+2', '+3'], name: '' },
      { phones: ['+2'], name: 'Ada', external: true },
      { phones: ['+3'], name: 'Bob', external: true },
    ];
    expect(heldWith(decide(all))).toEqual([[0, [0, 1, 2]]]);
    expect([0, 1].map((at) => decide(all, 'omit').isShared(0, at))).toEqual([true, true]);
    expect(decide(all, 'omit').held.size).toBe(0);
    expect(decide(all.slice(0, 2)).externalOf[0], 'with one of them it is that one').toBe(1);
  });

  it('holds whom an upsert could take for either of two contacts, unless these are one stored twice', () => {
    const row: Member = { phones: ['+2', '+3'], name: '' };
    const dan: Member = { email: 'dan@x.com', phones: ['+3'], name: '', external: true };
    const there = (name: string, phones: string[]): Member => ({ phones, name, external: true });
    expect(heldWith(decide([row, there('Ada', ['+2']), dan]))).toEqual([[0, [0, 1, 2]]]);
    expect(decide([row, there('Ada', ['+2', '+3']), dan]).held.size).toBe(0);
    expect(decide([row, there('Dan', ['+2']), { ...dan, name: 'Dan' }]).held.size).toBe(1);
  });

  describe('with one e-mail', () => {
    const john: Member = { email: 'smiths@x.com', phones: ['+1'], name: 'John Smith' };
    const mary: Member = { email: 'smiths@x.com', phones: ['+2'], name: 'Mary Smith' };
    const bob: Member = { email: 'bob@x.com', phones: [], name: 'Bob Ray' };

    it('holds clearly different people, and folds names that may be one person’s', () => {
      const who = decide([john, mary, bob, { ...bob, name: 'Robert Ray' }]);
      expect(heldWith(who)).toEqual([
        [0, [0, 1]],
        [1, [0, 1]],
      ]);
      expect(who.isHeldForEmail(0)).toBe(true);
      expect([...who.groupOf]).toEqual([-1, -1, 0, 0]);
    });

    it('merges them all the same where that is wanted, or leaves the e-mail out where something else identifies them', () => {
      expect([...decide([john, mary], 'reject', 'merge').groupOf]).toEqual([0, 0]);
      const omitted = decide([john, mary, { ...john, phones: [], name: 'Eve Smith' }], 'reject', 'omit');
      expect([...omitted.groupOf]).toEqual([0, 1, -1]);
      expect([omitted.isSharedEmail(0, 0), omitted.isHeldForEmail(2)]).toEqual([true, true]);
    });

    it('knows a person by every e-mail, in whatever order', () => {
      const two: Member = { email: 'a@x.com', more: ['b@x.com'], phones: [], name: 'Ann' };
      const swapped: Member = { ...two, email: 'b@x.com', more: ['a@x.com'] };
      expect([...decide([two, swapped, { email: 'b@x.com', phones: [], name: '' }]).groupOf]).toEqual([0, 0, 0]);
      expect(decide([two, { email: 'b@x.com', phones: [], name: 'Ben' }]).held.size).toBe(2);
      expect(decide([two, { ...swapped, external: true }]).externalOf[0]).toBe(1);
    });

    it('holds all of a chain whose ends are clearly different people', () => {
      const ann: Member = { email: 'a@x.com', phones: [], name: 'Ann' };
      const chain: Member = { email: 'a@x.com', more: ['b@x.com'], phones: [], name: '' };
      expect(decide([ann, chain, { email: 'b@x.com', phones: [], name: 'Ben' }]).held.size).toBe(3);
    });

    it('holds a row for somebody else in the workspace', () => {
      expect([...decide([john, { ...mary, external: true }]).held.keys()]).toEqual([0]);
    });
  });

  it('leaves those out that are not valid', () => {
    const people = new People();
    for (const name of ['Ada', 'Bob'])
      people.add({ emails: [], phones: [digest('phone', '+1')], name, external: false });
    expect(
      decideWho(people, { mode: 'reject', sharedEmail: 'reject', isValid: (member) => member !== 1 }).held.size,
    ).toBe(0);
  });
});

const member: fc.Arbitrary<Member> = fc.record({
  email: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
  more: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.constantFrom(['d'], ['e'], ['d', 'e'])),
  phones: fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's'), { maxLength: 3 }),
  name: fc.constantFrom('', 'Ada Byron', 'A Byron', 'Bob Ray', 'Ada'),
  external: fc.boolean(),
  written: fc.subarray(['p', 'q', 'r', 's']),
});
/** The workspace is known once the file is. */
const inOrder = (all: readonly Member[]): Member[] =>
  [false, true].flatMap((external) => all.filter((one) => (one.external === true) === external));
const members = fc
  .array(
    member
      .map((m) => (m.email === undefined ? { ...m, more: [] } : m))
      .filter((m) => m.email !== undefined || m.phones.length > 0),
    { minLength: 1, maxLength: 9 },
  )
  .map(inOrder);

/** Who is held for an e-mail, and whose the e-mails are: the first half of the rules, said plainly. */
function plainEmails(all: readonly Member[]): { emailHeld: Set<number>; personOf: number[] } {
  const clash = (some: readonly Member[]): boolean =>
    some.some((a) => some.some((b) => !mayBeOnePerson(a.name, b.name)));
  const having = (email: string): number[] =>
    [...all.keys()].filter((at) => emailsOf(all[at] ?? NOBODY).includes(email));
  const membersAt = (places: readonly number[]): Member[] => places.flatMap((at) => all[at] ?? []);
  const emails = [...'abcde'];
  const shared = new Set(emails.filter((email) => clash(membersAt(having(email)))));
  const emailHeld = new Set([...shared].flatMap((email) => having(email)).filter((at) => all[at]?.external !== true));
  const isOut = new Set(emailHeld);
  const componentOf = (start: number): number[] => {
    const seen = new Set([start]);
    for (const at of seen) {
      if (isOut.has(at)) continue;
      for (const email of emailsOf(all[at] ?? NOBODY)) {
        if (!shared.has(email)) for (const other of having(email)) if (!isOut.has(other)) seen.add(other);
      }
    }
    return [...seen].sort((a, b) => a - b);
  };
  const components = [...all.keys()].map(componentOf);
  const personOf = components.map((component, at) => (clash(membersAt(component)) ? at : (component[0] ?? at)));
  for (const component of components) {
    if (clash(membersAt(component))) for (const at of component) if (all[at]?.external !== true) emailHeld.add(at);
  }
  return { emailHeld, personOf };
}

const NOBODY: Member = { phones: [], name: '' };

/** The rules again, said plainly over sets, with nothing of the code under test. */
function plainModel(all: readonly Member[]): { held: Set<number>; together: (a: number, b: number) => boolean } {
  const { emailHeld, personOf } = plainEmails(all);
  const person = (m: Member): number => personOf[all.indexOf(m)] ?? -1;
  const differ = (a: Member, b: Member): boolean =>
    a.email !== undefined && b.email !== undefined
      ? person(a) !== person(b)
      : !sameName(nameKeyOf(a.name), nameKeyOf(b.name));
  const haveOtherNames = (a: Member, b: Member): boolean =>
    a.name !== '' && b.name !== '' && !sameName(nameKeyOf(a.name), nameKeyOf(b.name));
  const anyDiffer = (some: readonly Member[]): boolean => some.some((a) => some.some((b) => differ(a, b)));
  const divide = (some: readonly Member[]): boolean =>
    anyDiffer(some) ||
    some.some((a) =>
      some.some(
        (b) =>
          a !== b &&
          a.external === true &&
          b.external === true &&
          !(a.email !== undefined && b.email !== undefined && person(a) === person(b)) &&
          !a.phones.some((phone) => b.phones.includes(phone)),
      ),
    );
  const isBy = (one: number, external: boolean): boolean =>
    [...all.entries()].some(
      ([at, m]) =>
        m.email !== undefined && personOf[at] === one && (m.external === true) === external && !emailHeld.has(at),
    );
  const hasPassedOn = (phone: string): boolean => {
    const having = all.filter((m) => m.phones.includes(phone));
    const takers = new Set(having.filter((m) => m.external !== true).map(person));
    const there = having.filter((m) => m.external === true);
    return (
      having.every((m) => m.email !== undefined && (m.external !== true || isBy(person(m), false))) &&
      takers.size === 1 &&
      ([...takers].every((taker) => isBy(taker, true)) ||
        having.every((m) => m.external === true || there.every((other) => haveOtherNames(m, other)))) &&
      (there.some((m) => takers.has(person(m))) || there.every((m) => m.written?.includes(phone) === true))
    );
  };
  const clashing = ['p', 'q', 'r', 's'].filter((phone) => anyDiffer(all.filter((m) => m.phones.includes(phone))));
  const passed = new Set(clashing.filter(hasPassedOn));
  const shared = new Set(clashing.filter((phone) => !passed.has(phone)));
  const linked = (a: Member, b: Member): boolean =>
    (a.email !== undefined && b.email !== undefined && person(a) === person(b)) ||
    a.phones.some((phone) => b.phones.includes(phone) && !shared.has(phone) && !passed.has(phone));
  const component = (start: number, out: ReadonlySet<number>): Set<number> => {
    const seen = new Set([start]);
    for (const at of seen) {
      for (const [other, m] of all.entries()) {
        const from = all[at];
        if (from && !out.has(other) && linked(from, m)) seen.add(other);
      }
    }
    return seen;
  };
  const sharing = (): Set<number> =>
    new Set(
      [...all.keys()].filter(
        (at) => emailHeld.has(at) || (all[at]?.external !== true && all[at]?.phones.some((phone) => shared.has(phone))),
      ),
    );
  /** Members of components that hold different people, each with all of its component. */
  const dividedWithout = (out: ReadonlySet<number>): Map<number, Member[]> =>
    new Map(
      [...all.keys()].flatMap((at) => {
        if (out.has(at)) return [];
        const ids = [...component(at, out)].flatMap((id) => all[id] ?? []);
        return divide(ids) && ids.some((m) => m.email === undefined) ? [[at, ids]] : [];
      }),
    );
  for (;;) {
    const known = shared.size;
    for (const together of [...dividedWithout(sharing()).values()]) {
      const taken = together.filter((m) => m.external === true && m.email === undefined).flatMap((m) => m.phones);
      const sent = together.filter((m) => m.external !== true && m.email !== undefined).flatMap((m) => m.phones);
      for (const phone of taken) if (sent.includes(phone)) shared.add(phone);
    }
    if (shared.size === known) break;
  }
  const held = sharing();
  const split = dividedWithout(held);
  for (const at of split.keys()) {
    if (all[at]?.email === undefined && all[at]?.external !== true) held.add(at);
  }
  const together = (a: number, b: number): boolean => {
    if (held.has(a) || held.has(b)) return false;
    if (split.has(a) || split.has(b))
      return a === b || (all[a]?.email !== undefined && all[b]?.email !== undefined && personOf[a] === personOf[b]);
    return component(a, held).has(b);
  };
  return { held, together };
}

describe('a phone that has passed on', () => {
  const swapped: Member[] = [
    { email: 'a@x.com', phones: ['+2'], name: 'Ann' },
    { email: 'b@x.com', phones: ['+1'], name: 'Ben' },
    { email: 'a@x.com', phones: ['+1'], name: 'Ann', external: true, written: ['+1'] },
    { email: 'b@x.com', phones: ['+2'], name: 'Ben', external: true, written: ['+2'] },
  ];

  it('is sent with the one who has it now, where the other is in the file too', () => {
    const who = decide(swapped);
    expect([who.held.size, ...who.externalOf]).toEqual([0, 2, 3]);
  });

  it('is held where the other is not, or has no e-mail', () => {
    const [ann = NOBODY, ben = NOBODY, annThere = NOBODY, benThere = NOBODY] = swapped;
    expect(decide([ben, annThere, benThere]).held.has(0)).toBe(true);
    expect(decide([ben, ann, { phones: ['+1'], name: 'Ann', external: true }, benThere]).held.has(0)).toBe(true);
  });

  it('is sent with one who is new to Clarky, where this list sent it with the other', () => {
    const [ann = NOBODY, ben = NOBODY, annThere = NOBODY] = swapped;
    expect(decide([ben, ann, annThere]).held.size).toBe(0);
    expect(decide([ben, ann, { ...annThere, written: [] }]).held.has(0)).toBe(true);
  });

  it('is held with one who is new to Clarky and may be, by the name, the one who has it', () => {
    const [ann = NOBODY, ben = NOBODY, annThere = NOBODY] = swapped;
    for (const name of ['Ann', '']) expect(decide([{ ...ben, name }, ann, annThere]).held.has(0)).toBe(true);
  });

  describe('by what shows that it moved', () => {
    const with2: Member = { email: 'a@x.com', phones: ['+2'], name: 'Ann' };
    const with1: Member = { email: 'b@x.com', phones: ['+1'], name: 'Ben' };
    const without: Member = { ...with2, phones: [] };
    const there: Member = { email: 'a@x.com', phones: ['+1', '+2'], name: 'Ann', external: true };
    const ours: Member = { ...there, written: ['+1'] };
    const other: Member = { ...there, written: ['+2'] };
    const bens = (...phones: string[]): Member => ({ email: 'b@x.com', phones, name: 'Ben', external: true });

    it.each([
      ['another of her numbers', with2, there, bens('+3'), 'held', 'sent'],
      ['a number that is new', { ...with2, phones: ['+9'] }, there, bens('+3'), 'held', 'sent'],
      ['no number', without, there, bens('+3'), 'held', 'held'],
      ['another number, and this one was written', with2, ours, bens('+3'), 'sent', 'sent'],
      ['no number, and this one was written', without, ours, bens('+3'), 'sent', 'sent'],
      ['another number, and that one was written', with2, other, bens('+3'), 'held', 'sent'],
      ['another number, and it is his there too', with2, there, bens('+1'), 'sent', 'sent'],
      ['another number, and he is new there', with2, there, undefined, 'held', 'sent'],
      ['another number, and this one was written, and he is new there', with2, ours, undefined, 'sent', 'sent'],
    ] as const)('where the row of the one who had it has %s', (_, annsRow, ann, ben, joined, replaced) => {
      const all = [annsRow, with1, ann, ...(ben === undefined ? [] : [ben])];
      const found = [false, true].map((replaces) => [...decide(all, 'reject', 'reject', replaces).held.keys()]);
      expect(found).toEqual([joined, replaced].map((what) => (what === 'held' ? [1] : [])));
    });

    it('is held where one of two who had it leaves it', () => {
      const cy: Member = { email: 'c@x.com', phones: [], name: 'Cy' };
      const cyThere: Member = { ...cy, phones: ['+1'], external: true };
      expect([...decide([with2, with1, cy, ours, bens('+3'), cyThere]).held.keys()]).toEqual([1]);
      expect(decide([with2, with1, cy, ours, bens('+3'), { ...cyThere, written: ['+1'] }]).held.size).toBe(0);
    });

    it('is sent with every number that was written to the one who had them', () => {
      const both: Member = { ...there, written: ['+1', '+2'] };
      expect(decide([without, { ...with1, phones: ['+1', '+2'] }, both, bens('+3')]).held.size).toBe(0);
    });

    it('is sent where another row of the one who had it, which is rejected for its values, has it still', () => {
      const rejected: Member = { ...with2, phones: ['+1'], isValid: false };
      expect(decide([rejected, with2, with1, ours, bens('+3')]).held.size).toBe(0);
    });
  });
});

describe('laws of who is who', () => {
  it('agrees with the rules as a plain model says them', () => {
    fc.assert(
      fc.property(members, (all) => {
        const who = decide(all);
        const model = plainModel(all);
        expect(new Set(who.held.keys())).toEqual(model.held);
        for (const a of all.keys()) {
          for (const b of all.keys()) {
            const joined = (who.groupOf[a] ?? -1) >= 0 && who.groupOf[a] === who.groupOf[b];
            expect(joined, `${a} with ${b}`).toBe(model.together(a, b));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of records', () => {
    fc.assert(
      fc.property(members, fc.infiniteStream(fc.nat()), (all, random) => {
        const order = [...all.keys()]
          .map((at) => [random.next().value ?? 0, at] as const)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const shuffled = inOrder(order.flatMap(([, at]) => all[at] ?? []));
        const [one, other] = [decide(all), decide(shuffled)];
        const placeOf = new Map(all.map((each, at) => [at, shuffled.indexOf(each)]));
        for (const at of all.keys()) {
          expect(one.held.has(at)).toBe(other.held.has(placeOf.get(at) ?? -1));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never sends two contacts that share a phone or an e-mail', () => {
    fc.assert(
      fc.property(members, (all) => {
        const who = decide(all);
        for (const [a, one] of all.entries()) {
          for (const [b, other] of all.entries()) {
            if (one.external === true || other.external === true) continue;
            const [groupA, groupB] = [who.groupOf[a] ?? -1, who.groupOf[b] ?? -1];
            if (groupA < 0 || groupB < 0 || groupA === groupB) continue;
            expect(one.phones.filter((phone) => other.phones.includes(phone))).toEqual([]);
            expect(emailsOf(one).filter((email) => emailsOf(other).includes(email))).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

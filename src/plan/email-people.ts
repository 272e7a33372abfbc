/**
 * Whose the emails are: the first half of who is who. Every email of a record identifies it, the further ones as well, so
 * records are one person's that have any in common; unless their names are clearly of two people. Pure.
 */
import { MembersBy } from '../collections/members-by.js';
import { UnionFind } from '../collections/union-find.js';
import { firmIn } from '../contact/names/full-name.js';
import { areOfDifferentPeople } from '../contact/names/one-person.js';
import { Conflict, Held } from './conflict.js';
import type { People } from './people.js';

/** What to do with records of one email whose names are clearly of different people (`--shared-email`). */
export type SharedEmail = 'reject' | 'merge' | 'omit';

/** Members, told apart by a number for the person whose emails they have. */
export interface Persons extends Pick<
  People,
  'size' | 'nameOf' | 'isExternal' | 'nearer' | 'phonesOf' | 'phones' | 'wasWritten'
> {
  hasEmail(member: number): boolean;
  /** The number of the person that a member's emails are of, below `size`; -1 without an email. */
  emailOf(member: number): number;
}

export interface EmailPeople {
  readonly persons: Persons;
  /** Members that are held for an email. */
  readonly held: Held;
  /** True where any email is shared with different people. */
  readonly hasShared: boolean;
  /** True where this email of this member is shared with different people. */
  isShared(member: number, emailAt: number): boolean;
}

interface Rules {
  readonly mode: SharedEmail;
  /** Which members take part. */
  readonly isValid: (member: number) => boolean;
}

/** Decides which members are one person's by their emails, and which are held for one. */
export function decideEmails(people: People, { mode, isValid }: Rules): EmailPeople {
  const byEmail = MembersBy.of(people.emails, people.size, (member) =>
    isValid(member) ? people.emailsOf(member) : [],
  );
  const shared = new Uint8Array(people.emails);
  const held = new Held(people.size);
  const differ = (members: readonly number[], isRole = false): boolean =>
    areOfDifferentPeople(namesOf(people, members, isRole), isRole ? 'phone' : 'email');
  if (mode !== 'merge') {
    for (const [email, sharing] of byEmail.several()) {
      if (!differ(sharing, people.isRole(email))) continue;
      shared[email] = 1;
      held.hold(new Conflict([sharing]), (member) => !people.isExternal(member));
    }
  }
  if (mode === 'omit') {
    for (const member of held.keys()) {
      const hasOther =
        people.phonesOf(member).length > 0 || people.emailsOf(member).some((email) => shared[email] !== 1);
      if (hasOther) held.delete(member);
    }
  }
  const joined = new UnionFind(people.size);
  const free = (member: number): boolean => !held.has(member) || people.isExternal(member);
  for (const [email, sharing] of byEmail.several()) {
    if (shared[email] === 1) continue;
    const [first, ...others] = sharing.filter(free);
    if (first !== undefined) for (const other of others) joined.join(first, other);
  }
  if (mode !== 'merge') holdChains(people, joined, held, differ);
  const isOwn = (email: number): boolean => mode !== 'omit' || shared[email] !== 1;
  const personOf = (member: number): number => (people.emailsOf(member).some(isOwn) ? joined.root(member) : -1);
  return {
    held,
    hasShared: shared.includes(1),
    isShared: sharedOf(people, shared),
    persons: personsOf(
      people,
      Int32Array.from({ length: people.size }, (_, member) => personOf(member)),
    ),
  };
}

// Made apart, since they are kept as long as the decisions, and whatever is named beside them is kept with them.
function sharedOf(people: People, shared: Uint8Array): EmailPeople['isShared'] {
  return (member, emailAt) => shared[people.emailAt(member, emailAt)] === 1;
}

function personsOf(people: People, persons: Int32Array): Persons {
  return {
    size: people.size,
    phones: people.phones,
    nameOf: (member) => people.nameOf(member),
    isExternal: (member) => people.isExternal(member),
    nearer: (one, other) => people.nearer(one, other),
    phonesOf: (member) => people.phonesOf(member),
    wasWritten: (member, phone) => people.wasWritten(member, phone),
    hasEmail: (member) => (persons[member] ?? -1) >= 0,
    emailOf: (member) => persons[member] ?? -1,
  };
}

/**
 * Ann has a and b, somebody without a name b and c, and Ben c: no email is shared by two, and all are joined all the same.
 * They are held, since it can't be told which of the emails is whose.
 */
function holdChains(
  people: People,
  joined: UnionFind,
  held: Held,
  differ: (members: readonly number[]) => boolean,
): void {
  const chains = new Map<number, number[]>();
  for (let member = 0; member < people.size; member++) {
    if (people.emailsOf(member).length < 2) continue;
    const root = joined.root(member);
    // Of two, who have an email in common, it is known already.
    if (joined.sizeOf(root) > 2) chains.set(root, []);
  }
  if (chains.size === 0) return;
  for (let member = 0; member < people.size; member++) chains.get(joined.root(member))?.push(member);
  for (const chain of chains.values()) {
    if (!differ(chain)) continue;
    const conflict = new Conflict([chain]);
    for (const member of chain) {
      joined.leave(member);
      if (!people.isExternal(member)) held.set(member, conflict);
    }
  }
}

/** If the workspace has somebody by an e-mail of their own, the firm is their employer, which may have changed. */
function* namesOf(people: People, members: readonly number[], isRole: boolean): Generator<string> {
  for (const member of members) {
    const name = people.nameOf(member);
    if (isRole || !people.isExternal(member) || firmIn(name) === undefined) yield name;
  }
}

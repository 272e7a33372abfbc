/** When members that have something in common are different people all the same. Pure. */
import { Pairs } from '../collections/pairs.js';
import { comparedName } from '../contact/names/kept-name.js';
import { areNamedAlike } from '../contact/names/one-person.js';
import type { Persons } from './email-people.js';

/** True where the members are two people by their emails, or one has none and clearly another name. */
export function areDifferentPeople(people: Persons, members: readonly number[]): boolean {
  let email = -1;
  let withoutEmail = false;
  for (const member of members) {
    const own = people.emailOf(member);
    if (own < 0) withoutEmail = true;
    else if (email < 0) email = own;
    else if (email !== own) return true;
  }
  return withoutEmail && namesDiffer(people, members);
}

/**
 * True where members that were joined one by one are different people after all, or are more than one contact of the
 * workspace: which of two an upsert would pick is not known. Two contacts of one email, or with a phone in common, are
 * one person who was stored twice; two of one name alone are not.
 */
export function areDivided(people: Persons, component: readonly number[]): boolean {
  if (areDifferentPeople(people, component)) return true;
  const contacts = component.filter((member) => people.isExternal(member));
  return contacts.length > 1 && !areStoredTwice(people, contacts);
}

/**
 * Whether each two of these contacts are one who was stored twice. All that have an email have the same: only those without
 * are looked at, each list of phones once, and none where they all have one phone.
 */
function areStoredTwice(people: Persons, contacts: readonly number[]): boolean {
  const byPhone = contacts.filter((member) => !people.hasEmail(member));
  const [first] = byPhone;
  if (first === undefined) return true;
  const isOfAll = (phone: number): boolean => contacts.every((member) => people.phonesOf(member).includes(phone));
  if (people.phonesOf(first).some(isOfAll)) return true;
  const others = listsOfPhones(people, contacts);
  return listsOfPhones(people, byPhone).every((phones) =>
    others.every((other) => phones.some((phone) => other.includes(phone))),
  );
}

function listsOfPhones(people: Persons, members: readonly number[]): (readonly number[])[] {
  return [...new Map(members.map((member) => [people.phonesOf(member).join(), people.phonesOf(member)])).values()];
}

/** Spellings that are not compared again. */
const MOST_SEEN = 1000;

/**
 * True where two of the members, not both of one email, have clearly different names. One spelling of each name is looked at, none
 * of a blank one; that ends at the first two, so that little is kept of a million who share a phone.
 */
function namesDiffer(people: Persons, members: readonly number[]): boolean {
  const [withEmail, without] = [new Map<string, string>(), new Map<string, string>()];
  const seen = new Set<string>();
  for (const member of members) {
    const name = people.nameOf(member);
    const hasEmail = people.hasEmail(member);
    const spelling = `${hasEmail ? 'e' : ''}\n${name}`;
    if (seen.has(spelling)) continue;
    if (seen.size < MOST_SEEN) seen.add(spelling);
    const key = comparedName(name);
    const own = hasEmail ? withEmail : without;
    if (key === '' || own.has(key)) continue;
    if ([...without.values()].some((other) => !areNamedAlike(other, name))) return true;
    if (!hasEmail && [...withEmail.values()].some((other) => !areNamedAlike(name, other))) return true;
    own.set(key, name);
  }
  return false;
}

/** Two rows that are one contact under different names. */
export interface NameDoubt {
  /** Where they stand. */
  readonly lines: readonly [number, number];
  /** Of several files, which they are of. */
  readonly files?: readonly string[];
  /** What they say that it is called; the second is '' of a row without a name. */
  readonly names: readonly [string, string];
}

/**
 * Records of one person by their emails whose names differ, and those without a name who bring an email to somebody whose phone
 * they have: one pair a group.
 * @param groupOf by member: its group, or -1 where it is not sent
 * @param sizes by group: its records
 */
export function nameDoubtsOf(people: Persons, groupOf: Int32Array, sizes: Uint32Array): Pairs {
  const doubted = new Uint8Array(sizes.length);
  const firstOfEmail = new Int32Array(people.size).fill(-1);
  const doubts = new Pairs();
  for (let member = 0; member < people.size; member++) {
    const email = people.emailOf(member);
    const group = groupOf[member] ?? -1;
    if (email < 0 || group < 0 || people.isExternal(member)) continue;
    const earlier = firstOfEmail[email] ?? -1;
    if (earlier < 0) firstOfEmail[email] = member;
    else if (doubted[group] === 0 && !areNamedAlike(people.nameOf(earlier), people.nameOf(member))) {
      doubted[group] = 1;
      doubts.add(earlier, member);
    }
  }
  addTakenForOthers(people, { groupOf, sizes }, doubts);
  return doubts;
}

function addTakenForOthers(
  people: Persons,
  { groupOf, sizes }: { readonly groupOf: Int32Array; readonly sizes: Uint32Array },
  found: Pairs,
): void {
  const nameless = new Map<number, number>();
  const isIn = (member: number): boolean => (sizes[groupOf[member] ?? -1] ?? 0) > 1 && !people.isExternal(member);
  for (let member = 0; member < people.size; member++) {
    if (!isIn(member) || !people.hasEmail(member) || people.phonesOf(member).length === 0) continue;
    if (people.nameOf(member) === '') nameless.set(groupOf[member] ?? -1, member);
  }
  for (let member = 0; nameless.size > 0 && member < people.size; member++) {
    if (!isIn(member) || people.nameOf(member) === '') continue;
    const group = groupOf[member] ?? -1;
    const other = nameless.get(group);
    nameless.delete(group);
    // Who has a name and that e-mail is no guess.
    if (other !== undefined && !people.hasEmail(member)) found.add(member, other);
  }
}

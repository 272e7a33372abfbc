/** When members that have something in common are different people all the same. Pure. */
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

/** True where two of the members, not both of one email, have clearly different names. */
function namesDiffer(people: Persons, members: readonly number[]): boolean {
  const withEmail = new Set<string>();
  const without = new Set<string>();
  for (const member of members) {
    const name = people.nameOf(member);
    (people.hasEmail(member) ? withEmail : without).add(name);
  }
  const names = distinct(without);
  const others = distinct(withEmail);
  return names.some(
    (name, at) =>
      names.slice(at + 1).some((other) => !areNamedAlike(name, other)) ||
      others.some((other) => !areNamedAlike(name, other)),
  );
}

/** One spelling of each name; none of a blank one. */
function distinct(names: ReadonlySet<string>): string[] {
  return [...new Map([...names].map((name) => [comparedName(name), name])).values()].filter((name) => name !== '');
}

/**
 * Records of one person by their emails whose names differ, and those without a name who bring an email to somebody whose phone
 * they have: one pair a group.
 * @param groupOf by member: its group, or -1 where it is not sent
 * @param sizes by group: its records
 */
export function nameDoubtsOf(people: Persons, groupOf: Int32Array, sizes: Uint32Array): [number, number][] {
  const doubted = new Set<number>();
  const firstOfEmail = new Int32Array(people.size).fill(-1);
  const doubts: [number, number][] = [];
  for (let member = 0; member < people.size; member++) {
    const email = people.emailOf(member);
    const group = groupOf[member] ?? -1;
    if (email < 0 || group < 0 || people.isExternal(member)) continue;
    const earlier = firstOfEmail[email] ?? -1;
    if (earlier < 0) firstOfEmail[email] = member;
    else if (!doubted.has(group) && !areNamedAlike(people.nameOf(earlier), people.nameOf(member))) {
      doubted.add(group);
      doubts.push([earlier, member]);
    }
  }
  return [...doubts, ...takenForOthers(people, groupOf, sizes)];
}

function takenForOthers(people: Persons, groupOf: Int32Array, sizes: Uint32Array): [number, number][] {
  const nameless = new Map<number, number>();
  const isIn = (member: number): boolean => (sizes[groupOf[member] ?? -1] ?? 0) > 1 && !people.isExternal(member);
  for (let member = 0; member < people.size; member++) {
    if (!isIn(member) || !people.hasEmail(member) || people.phonesOf(member).length === 0) continue;
    if (people.nameOf(member) === '') nameless.set(groupOf[member] ?? -1, member);
  }
  const found: [number, number][] = [];
  for (let member = 0; nameless.size > 0 && member < people.size; member++) {
    if (!isIn(member) || people.nameOf(member) === '') continue;
    const group = groupOf[member] ?? -1;
    const other = nameless.get(group);
    nameless.delete(group);
    // Who has a name and that e-mail is no guess.
    if (other !== undefined && !people.hasEmail(member)) found.push([member, other]);
  }
  return found;
}

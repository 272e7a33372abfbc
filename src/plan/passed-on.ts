/**
 * A phone that the workspace has with one person and the file with another has passed on, if the file has both and shows that it
 * moved: that the row of the one who has it does not name it says nothing, since lists are joined. Pure.
 */
import { areOfDifferentPeople } from '../contact/names/one-person.js';
import type { Held } from './conflict.js';
import type { Persons } from './email-people.js';

/** What may be known of a phone: that different people have it, or that it has passed from one to another. */
export const SHARED = 1;
export const PASSED_ON = 2;

/** Where the persons of emails are to be found. */
export interface Whereabouts {
  inFile(person: number): boolean;
  inWorkspace(person: number): boolean;
  /** Whether the file's phones become all that the person has. */
  loses(person: number): boolean;
}

const IN_FILE = 1;
const WITH_PHONES = 2;
const IN_WORKSPACE = 4;

export interface PassingRules {
  /** Which members take part: records that are rejected for their values don't. */
  readonly isValid: (member: number) => boolean;
  /** Whether the lists of a row become those of the contact, where it has any. */
  readonly replacesLists?: boolean | undefined;
}

/** @param held who is held for an email */
export function whereaboutsOf(people: Persons, held: Held, { isValid, replacesLists }: PassingRules): Whereabouts {
  const flags = new Uint8Array(people.size);
  for (let member = 0; member < people.size; member++) {
    const person = people.emailOf(member);
    if (person < 0 || !isValid(member) || held.has(member)) continue;
    const inFile = people.phonesOf(member).length > 0 ? IN_FILE | WITH_PHONES : IN_FILE;
    flags[person] = (flags[person] ?? 0) | (people.isExternal(member) ? IN_WORKSPACE : inFile);
  }
  const has = (person: number, flag: number): boolean => ((flags[person] ?? 0) & flag) !== 0;
  return {
    inFile: (person) => has(person, IN_FILE),
    inWorkspace: (person) => has(person, IN_WORKSPACE),
    loses: (person) => replacesLists === true && has(person, WITH_PHONES),
  };
}

/**
 * True where all records with a phone are of one person, who is known by an email, and every contact of the workspace with it is
 * of somebody who is in the file by an email as well, and hence without that phone. Besides, either the workspace has it with
 * that person too, so that it is taken from nobody, or each of the others leaves it: an import of this list wrote it there, or
 * the file's phones are to be all of theirs. The workspace need not have that person yet if by the names it is clearly nobody
 * of those who have the phone: it is written to nobody but the contact that the email alone has found or made
 * (src/run/import/flight/writes.ts).
 * @param phone its number
 * @param sharing the members that have the phone
 */
export function hasPassedOn(people: Persons, phone: number, sharing: readonly number[], where: Whereabouts): boolean {
  let taker = -1;
  for (const member of sharing) {
    const person = people.emailOf(member);
    if (person < 0) return false;
    if (people.isExternal(member)) {
      if (!where.inFile(person)) return false;
    } else if (taker < 0) taker = person;
    else if (person !== taker) return false;
  }
  if (taker < 0) return false;
  const there = sharing.filter((member) => people.isExternal(member));
  const takers = sharing.filter((member) => !people.isExternal(member));
  if (!where.inWorkspace(taker) && !areClearlyOthers(people, takers, there)) return false;
  if (there.some((member) => people.emailOf(member) === taker)) return true;
  return there.every((member) => people.wasWritten(member, phone) || where.loses(people.emailOf(member)));
}

function areClearlyOthers(people: Persons, some: readonly number[], others: readonly number[]): boolean {
  return others.every((other) => some.every((one) => areOfDifferentPeople([people.nameOf(one), people.nameOf(other)])));
}

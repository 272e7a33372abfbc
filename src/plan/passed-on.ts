/** A phone that the workspace has with one person and the file with another has passed on, if the file has both. Pure. */
import type { Persons } from './email-people.js';

/** What may be known of a phone: that different people have it, or that it has passed from one to another. */
export const SHARED = 1;
export const PASSED_ON = 2;

/** Where the persons of emails are to be found. */
export interface Whereabouts {
  inFile(person: number): boolean;
  inWorkspace(person: number): boolean;
}

const IN_FILE = 1;
const IN_WORKSPACE = 2;

/** @param isFree which members take part, and are not held */
export function whereaboutsOf(people: Persons, isFree: (member: number) => boolean): Whereabouts {
  const flags = new Uint8Array(people.size);
  for (let member = 0; member < people.size; member++) {
    const person = people.emailOf(member);
    if (person < 0 || !isFree(member)) continue;
    flags[person] = (flags[person] ?? 0) | (people.isExternal(member) ? IN_WORKSPACE : IN_FILE);
  }
  const has = (person: number, flag: number): boolean => ((flags[person] ?? 0) & flag) !== 0;
  return {
    inFile: (person) => has(person, IN_FILE),
    inWorkspace: (person) => has(person, IN_WORKSPACE),
  };
}

/**
 * True where all records with a phone are of one person, whom the workspace has by an email, and every contact of the
 * workspace with it is of somebody who is in the file by an email as well, and hence without that phone.
 * @param sharing the members that have the phone
 */
export function hasPassedOn(people: Persons, sharing: readonly number[], where: Whereabouts): boolean {
  let taker = -1;
  for (const member of sharing) {
    const person = people.emailOf(member);
    if (person < 0) return false;
    if (people.isExternal(member)) {
      if (!where.inFile(person)) return false;
    } else if (taker < 0) taker = person;
    else if (person !== taker) return false;
  }
  return taker >= 0 && where.inWorkspace(taker);
}

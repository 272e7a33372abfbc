/**
 * What the first reading of a file leaves behind: for each record its line, whether its values could be read, and what
 * makes it somebody (src/plan/people.ts). Payloads are not kept.
 */
import { comparableEmail, digest } from '../contact/identity.js';
import { whoOf } from '../contact/names/full-name.js';
import { isRoleMailbox } from '../contact/names/role-mailbox.js';
import type { MappedRow } from '../mapping/compile/mapped-row.js';
import type { Place } from '../wording/rows/lines.js';
import { MOST_NAMES } from './conflict.js';
import { Decisions, type DuplicateRule } from './decisions.js';
import { GrowingPlaces } from '../collections/growing-places.js';
import { GrowingUint8 } from '../collections/growing.js';
import type { SharedEmail } from './email-people.js';
import { People, type Person, type Sharing } from './people.js';
import { decideWho, type SharedPhone, type Who } from './who.js';

/** Of so many conflicts and doubts the names are kept by themselves; of more, all names stay. */
const MOST_NAMED = 1000;

const NOBODY: Person = { emails: [], phones: [], name: '', external: false };

export class Roster {
  readonly #people = new People();
  readonly #places = new GrowingPlaces();
  readonly #valid = new GrowingUint8();
  #hasLetGo = false;

  /** How many records were added. */
  get records(): number {
    return this.#places.length;
  }

  /** Adds the next record: its ordinal is the number of records before it. */
  addRecord(row: MappedRow): void {
    const isValid = row.problems.length === 0;
    this.#places.push(row);
    this.#valid.push(isValid ? 1 : 0);
    this.#people.add(isValid ? personOf(row) : NOBODY);
  }

  placeOf(ordinal: number): Place {
    return this.#places.get(ordinal);
  }

  /** A record that turned out unreadable once its column was known as a whole (src/mapping/profile.ts). */
  invalidate(ordinal: number): void {
    this.#valid.set(ordinal, 0);
  }

  /**
   * A contact of the workspace; all are added after the last record.
   * @returns its number, as `Decisions.externalOf` gives it back
   */
  addExternal(person: Omit<Person, 'external'>): number {
    return this.#people.add({ ...person, external: true }) - this.records;
  }

  /**
   * Decides who is who, and what happens to each record: once, and nobody can be added after it.
   * @param isOpen true where more of the workspace is yet to be added, and it is decided again then
   */
  decide(
    rules: {
      sharedPhone: SharedPhone;
      sharedEmail: SharedEmail;
      duplicates: DuplicateRule;
      replacesLists?: boolean;
    },
    isOpen = false,
  ): Decisions {
    const isValid = (member: number): boolean => member >= this.records || this.#valid.get(member) === 1;
    if (this.#hasLetGo) throw new Error('what makes the people of this roster somebody was let go');
    this.#hasLetGo = !isOpen;
    if (!isOpen) this.#people.complete();
    const who = decideWho(this.#people, { ...rules, mode: rules.sharedPhone, isValid });
    // Whose name, e-mail or phone is asked for later is held, doubted, shares something, or has given it away.
    const isDone = !who.hasShared && who.hasPassedOn === undefined && who.held.size + who.nameDoubts.length === 0;
    const sharing = isOpen ? undefined : sharingOf(this.#people, this.records);
    const named = isOpen || isDone ? undefined : namedIn(who);
    if (named !== undefined) this.#people.keepNamesOf(named);
    if (isDone && !isOpen) this.#people.letGo();
    return new Decisions({
      who,
      sharing,
      people: this.#people,
      records: this.records,
      places: this.#places,
      isValid,
      duplicates: rules.duplicates,
    });
  }
}

/** Whose names are asked for once it is decided who is who; undefined where they are many. */
function namedIn({ held, nameDoubts }: Who): ReadonlySet<number> | undefined {
  const conflicts = held.conflicts();
  if (conflicts.size + nameDoubts.length > MOST_NAMED) return undefined;
  const first = Array.from(conflicts, (conflict) => conflict.summary(Infinity, MOST_NAMES).first);
  return new Set([...first.flat(), ...Array.from(nameDoubts).flat()]);
}

function sharingOf(people: People, records: number): Sharing {
  const externals = new Uint8Array(people.size - records);
  let areBotsApart = false;
  for (const kind of ['emails', 'phones'] as const) {
    const pointsOf = (member: number): number[] =>
      kind === 'emails' ? people.emailsOf(member) : people.phonesOf(member);
    /** By the number of an e-mail or phone: its first contact, plus one. */
    const firstOf = new Uint32Array(people[kind]);
    for (let external = 0; external < externals.length; external++) {
      for (const point of pointsOf(records + external)) {
        const first = (firstOf[point] ?? 0) - 1;
        if (first < 0) firstOf[point] = external + 1;
        else if (first !== external) {
          externals[first] = externals[external] = 1;
          areBotsApart ||= kind === 'emails' && areOfTwoBots(people, [records + first, records + external], point);
        }
      }
    }
  }
  return { externals, areBotsApart };
}

/** Whether Clarky finds two contacts of different bots by the same e-mail: it makes no two such where bots share their contacts. */
function areOfTwoBots(people: People, [one, other]: readonly [number, number], email: number): boolean {
  const isLed = (member: number): boolean => people.emailAt(member, 0) === email;
  return people.isElsewhere(one) !== people.isElsewhere(other) && isLed(one) && isLed(other);
}

function personOf(row: MappedRow): Person {
  const { contact } = row;
  const { emails = [] } = contact;
  return {
    emails: emails.map((email) => digest('email', comparableEmail(email))),
    areRoles: emails.some(isRoleMailbox) ? emails.map(isRoleMailbox) : undefined,
    phones: (contact.phone_numbers ?? []).map((phone) => digest('phone', phone)),
    name: whoOf(contact),
    external: false,
  };
}

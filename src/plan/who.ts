/**
 * Who is who among the records of a file (and the contacts of the workspace, where they are known). The upsert dedupes on email or
 * phone, so a phone that two share would turn them into one contact: decided here, over everything, before anything is sent. Pure.
 *
 * The rules, none of which depends on the order of records:
 * 1. Records with an email in common, whichever of theirs it is, are one person, unless their names are clearly of two:
 *    then the email is shared, and they are held (src/plan/email-people.ts; `--shared-email` says what then).
 * 2. A phone is shared when it stands in records of different people: of two by their emails, or with names that clearly
 *    differ where one of the two has no email. Records that hold a shared phone are held (`--shared-phone`).
 * 3. A record without an email belongs to whoever else has one of its phones.
 * 4. Where that would join two people, or two contacts of the workspace (a bridge), the records without email that join
 *    them are held.
 * 5. Where one of those two is a contact of the workspace without email, its phones are shared as well: an upsert that
 *    holds one would turn that contact into the record's person.
 * 6. A phone that has passed from one to the other is not shared: the file has both, and shows it (src/plan/passed-on.ts).
 */
import { GrowingUint32 } from '../collections/growing.js';
import { comparedName } from '../contact/names/kept-name.js';
import { Conflict, type Held } from './conflict.js';
import { areDifferentPeople, areDivided, nameDoubtsOf } from './different.js';
import { hasPassedOn, PASSED_ON, SHARED, whereaboutsOf, type PassingRules } from './passed-on.js';
import type { People } from './people.js';
import { MembersBy } from '../collections/members-by.js';
import { decideEmails, type EmailPeople, type Persons, type SharedEmail } from './email-people.js';
import { UnionFind } from '../collections/union-find.js';

export type SharedPhone = 'reject' | 'omit' | 'send';

/** What was decided of each member. Members are numbered in the order in which they were added. */
export interface Who {
  /** By member: its group (members of one group are one contact), or -1 where it is held. */
  readonly groupOf: Int32Array;
  /** How many members that are records (not external) each group has. */
  readonly sizes: Uint32Array;
  /** By group: the external member that it is, or -1. Empty without external members. */
  readonly externalOf: Int32Array;
  /** Members that are held. */
  readonly held: Held;
  /** Whether it is an email for which a member is held. */
  isHeldForEmail(member: number): boolean;
  /** Pairs of members who are one person, and may be two (`nameDoubtsOf`). */
  readonly nameDoubts: ReturnType<typeof nameDoubtsOf>;
  /** Whether any phone or email is shared with different people. */
  readonly hasShared: boolean;
  /** True where this phone of this member is shared with different people. */
  isShared(member: number, phoneAt: number): boolean;
  /** True where this phone of this member has passed on to somebody else (src/plan/passed-on.ts); undefined where none has. */
  readonly hasPassedOn: ((member: number, phoneAt: number) => boolean) | undefined;
  /** True where this email of this member is shared with different people. */
  isSharedEmail(member: number, emailAt: number): boolean;
}

interface Rules extends PassingRules {
  /** With `send`, nobody is held for a shared phone: the server is trusted to tell them apart. */
  readonly mode: SharedPhone;
  readonly sharedEmail: SharedEmail;
}

/** Decides who is who among all members. */
export function decideWho(people: People, rules: Rules): Who {
  const byEmails = decideEmails(people, { mode: rules.sharedEmail, isValid: rules.isValid });
  return new WhoIsWho(people, byEmails, rules).decide();
}

class WhoIsWho {
  readonly #known: People;
  readonly #people: Persons;
  readonly #emails: EmailPeople;
  readonly #rules: Rules;

  constructor(known: People, emails: EmailPeople, rules: Rules) {
    this.#known = known;
    this.#people = emails.persons;
    this.#emails = emails;
    this.#rules = rules;
  }

  decide(): Who {
    const byPhone = MembersBy.of(this.#people.phones, this.#people.size, (member) =>
      this.#rules.isValid(member) ? this.#people.phonesOf(member) : [],
    );
    const sharedPhones = this.#sharedPhones(byPhone);
    let draft = this.#draft(byPhone, sharedPhones);
    while (this.#shareWithWorkspace(draft.divided, sharedPhones)) draft = this.#draft(byPhone, sharedPhones);
    const { held, free, joined, divided } = draft;
    this.#split(divided, joined, held);
    const groups = this.#number(joined, free);
    return {
      ...groups,
      held,
      isHeldForEmail: (member) => this.#emails.held.has(member),
      nameDoubts: nameDoubtsOf(this.#people, groups.groupOf, groups.sizes),
      hasShared: this.#emails.hasShared || sharedPhones.includes(SHARED),
      isShared: (member, phoneAt) => sharedPhones[this.#known.phoneAt(member, phoneAt)] === SHARED,
      hasPassedOn: sharedPhones.includes(PASSED_ON)
        ? (member, phoneAt) => sharedPhones[this.#known.phoneAt(member, phoneAt)] === PASSED_ON
        : undefined,
      isSharedEmail: (member, emailAt) => this.#emails.isShared(member, emailAt),
    };
  }

  /** Who is held and who is one person, as far as it follows from the phones that are known to be shared. */
  #draft(byPhone: MembersBy, sharedPhones: Uint8Array) {
    const held = this.#holdThoseWho(this.#rules.mode, byPhone, sharedPhones);
    const free = (member: number): boolean => this.#rules.isValid(member) && !held.has(member);
    const joined = this.#join(byPhone, sharedPhones, free);
    return { held, free, joined, divided: this.#dividedComponents(joined, free) };
  }

  /** Rule 2. */
  #sharedPhones(byPhone: MembersBy): Uint8Array {
    const sharedPhones = new Uint8Array(this.#people.phones);
    const where = whereaboutsOf(this.#people, this.#emails.held, this.#rules);
    for (const [phone, sharing] of byPhone.several()) {
      if (!areDifferentPeople(this.#people, sharing)) continue;
      sharedPhones[phone] = hasPassedOn(this.#people, phone, sharing, where) ? PASSED_ON : SHARED;
    }
    return sharedPhones;
  }

  /** Rules 1 and 3. */
  #join(byPhone: MembersBy, sharedPhones: Uint8Array, free: (member: number) => boolean): UnionFind {
    const joined = new UnionFind(this.#people.size);
    this.#joinByEmail(joined, free);
    for (const [phone, sharing] of byPhone.several()) {
      if (sharedPhones[phone] === PASSED_ON) continue;
      if (sharedPhones[phone] !== SHARED) this.#joinByPhone(joined, sharing.filter(free));
      else if (this.#rules.mode === 'send') this.#joinByName(joined, sharing);
    }
    return joined;
  }

  /** Records with a shared email are held, and those with a shared phone, unless it is left out and something else identifies them. */
  #holdThoseWho(mode: SharedPhone, byPhone: MembersBy, sharedPhones: Uint8Array): Held {
    const held = this.#emails.held.copy();
    if (mode === 'send') return held;
    for (const [phone, sharing] of byPhone.several()) {
      if (sharedPhones[phone] !== SHARED) continue;
      const hasOther = (member: number): boolean =>
        this.#people.hasEmail(member) || this.#people.phonesOf(member).some((own) => sharedPhones[own] !== SHARED);
      const isSent = (member: number): boolean =>
        this.#people.isExternal(member) || (mode === 'omit' && hasOther(member));
      held.hold(new Conflict([sharing]), (member) => !isSent(member));
    }
    return held;
  }

  /** All who have one phone that is not shared are one person: at most one email is among them. */
  #joinByPhone(joined: UnionFind, sharing: readonly number[]): void {
    const [first, ...others] = sharing;
    if (first !== undefined) for (const other of others) joined.join(first, other);
  }

  /** A shared phone that is sent all the same: records without email and with one name are one person. */
  #joinByName(joined: UnionFind, sharing: readonly number[]): void {
    const firstOfName = new Map<string, number>();
    for (const member of sharing) {
      if (this.#people.hasEmail(member) || this.#people.isExternal(member)) continue;
      const name = comparedName(this.#people.nameOf(member));
      const first = firstOfName.get(name);
      if (first === undefined) firstOfName.set(name, member);
      else joined.join(first, member);
    }
  }

  #joinByEmail(joined: UnionFind, free: (member: number) => boolean): void {
    const first = new Int32Array(this.#people.size).fill(-1);
    for (let member = 0; member < this.#people.size; member++) {
      const email = this.#people.emailOf(member);
      if (email < 0 || !free(member)) continue;
      const earlier = first[email] ?? -1;
      if (earlier < 0) first[email] = member;
      else joined.join(earlier, member);
    }
  }

  /** The members of each component that is not one person. */
  #dividedComponents(joined: UnionFind, free: (member: number) => boolean): number[][] {
    const components = new Map<number, number[]>();
    for (let member = 0; member < this.#people.size; member++) {
      if (!free(member) || this.#people.hasEmail(member)) continue;
      const root = joined.root(member);
      // One that stands alone joins nobody.
      if (joined.sizeOf(root) > 1) components.set(root, []);
    }
    if (components.size === 0) return [];
    for (let member = 0; member < this.#people.size; member++)
      if (free(member)) components.get(joined.root(member))?.push(member);
    return [...components.values()].filter((component) => areDivided(this.#people, component));
  }

  /**
   * Rule 5. A contact of the workspace can't be held: of a divided component, whoever is sent with its phone would become it.
   * @returns whether a phone was found that was not known to be shared
   */
  #shareWithWorkspace(divided: readonly (readonly number[])[], sharedPhones: Uint8Array): boolean {
    let found = false;
    for (const component of divided) {
      const sent = component.filter((member) => this.#people.hasEmail(member) && !this.#people.isExternal(member));
      const phones = new Set(sent.flatMap((member) => this.#people.phonesOf(member)));
      for (const member of component) {
        if (!this.#people.isExternal(member) || this.#people.hasEmail(member)) continue;
        for (const phone of this.#people.phonesOf(member)) {
          if (sharedPhones[phone] === SHARED || !phones.has(phone)) continue;
          sharedPhones[phone] = SHARED;
          found = true;
        }
      }
    }
    return found;
  }

  /** Rule 4: only an email still joins the members of a divided component; those without one are held. */
  #split(divided: readonly (readonly number[])[], joined: UnionFind, held: Held): void {
    const isOfOne = new Set<number>();
    for (const component of divided) {
      const conflict = new Conflict([component]);
      for (const member of component) {
        joined.leave(member);
        if (this.#people.hasEmail(member)) isOfOne.add(member);
        else if (!this.#people.isExternal(member) && this.#rules.mode !== 'send') held.set(member, conflict);
      }
    }
    this.#joinByEmail(joined, (member) => isOfOne.has(member));
  }

  #number(joined: UnionFind, free: (member: number) => boolean): Pick<Who, 'groupOf' | 'sizes' | 'externalOf'> {
    const groupOf = new Int32Array(this.#people.size).fill(-1);
    const groupOfRoot = new Int32Array(this.#people.size).fill(-1);
    const sizes = new GrowingUint32();
    const externals: number[] = [];
    for (let member = 0; member < this.#people.size; member++) {
      if (!free(member)) continue;
      const root = joined.root(member);
      let group = groupOfRoot[root] ?? -1;
      if (group < 0) {
        group = sizes.length;
        groupOfRoot[root] = group;
        sizes.push(0);
      }
      groupOf[member] = group;
      if (this.#people.isExternal(member)) externals[group] = this.#people.nearer(externals[group], member);
      else sizes.set(group, sizes.get(group) + 1);
    }
    const externalOf = Int32Array.from({ length: externals.length }, (_, group) => externals[group] ?? -1);
    return { groupOf, sizes: sizes.toArray(), externalOf };
  }
}

/** What happens to each record of a file: the answer that plan, import and verify all work from. */
import type { GrowingPlaces } from '../collections/growing-places.js';
import type { Contact } from '../contact/contact.js';
import { shownName } from '../contact/names/full-name.js';
import { MOST_NAMES, type Conflict } from './conflict.js';
import type { NameDoubt } from './different.js';
import { HeldRows, type HeldByWorkspace } from './held/together.js';
import type { People, Sharing } from './people.js';
import { linesAndFiles, type Place } from '../wording/rows/lines.js';
import type { Who } from './who.js';

/** What to do with several records of one contact (`--duplicates`). */
export type DuplicateRule = 'merge' | 'last' | 'first' | 'reject';

export type Role =
  /** Its values can't be read: the reasons come with the record itself. */
  | { readonly kind: 'invalid' }
  /** It shares an e-mail or a phone with different people: the lines of the first of them, and some names. */
  | {
      readonly kind: 'held';
      readonly by: 'email' | 'phone';
      readonly places: readonly Place[];
      /** How many records it shares it with, itself included. */
      readonly rows: number;
      readonly names: readonly string[];
      /** Whether all of them have that one name. */
      readonly isOneName: boolean;
      /** Whether each of them has an e-mail. */
      readonly haveEmails: boolean;
      readonly withWorkspace: boolean;
      /** It has something else to be known by, once what it shares is left out. */
      readonly hasOther: boolean;
    }
  /** One of several records of one contact, with `--duplicates reject`. */
  | { readonly kind: 'repeated' }
  /** Part of the contact `group`. */
  | { readonly kind: 'part'; readonly group: number };

type Summary = Pick<
  Extract<Role, { kind: 'held' }>,
  'places' | 'rows' | 'names' | 'isOneName' | 'haveEmails' | 'withWorkspace'
>;

export class Decisions {
  readonly #who: Who;
  readonly #people: People;
  readonly #heldRows: HeldRows;
  readonly #places: GrowingPlaces;
  readonly #isValid: (member: number) => boolean;
  readonly #sharing: Sharing | undefined;
  readonly #summaries = new WeakMap<Conflict, Summary>();
  readonly records: number;
  readonly duplicates: DuplicateRule;

  constructor(parts: {
    who: Who;
    /** Undefined while some are yet to be added. */
    sharing?: Sharing | undefined;
    people: People;
    records: number;
    places: GrowingPlaces;
    isValid: (member: number) => boolean;
    duplicates: DuplicateRule;
  }) {
    this.#who = parts.who;
    this.#sharing = parts.sharing;
    this.#people = parts.people;
    this.#heldRows = new HeldRows(parts, this.#who.held);
    this.#places = parts.places;
    this.#isValid = parts.isValid;
    this.records = parts.records;
    this.duplicates = parts.duplicates;
  }

  roleOf(ordinal: number): Role {
    if (!this.#isValid(ordinal)) return { kind: 'invalid' };
    const conflict = this.#who.held.get(ordinal);
    if (conflict) return this.#heldWith(ordinal, conflict, this.#who.isHeldForEmail(ordinal) ? 'email' : 'phone');
    const group = this.#who.groupOf[ordinal] ?? -1;
    return this.duplicates === 'reject' && this.sizeOf(group) > 1 ? { kind: 'repeated' } : { kind: 'part', group };
  }

  /** For a held record: the workspace's contacts that keep it back; undefined if a record of another person is one of them. */
  heldByWorkspace(ordinal: number): HeldByWorkspace | undefined {
    return this.#heldRows.of(ordinal);
  }

  /** How many records the group folds into one contact. */
  sizeOf(group: number): number {
    return this.#who.sizes[group] ?? 0;
  }

  /** The number (`Roster.addExternal`) of the workspace's contact that the group is, if it is known to be one. */
  externalOf(group: number): number | undefined {
    const member = this.#who.externalOf[group] ?? -1;
    return member < 0 ? undefined : member - this.records;
  }

  /** Numbers of the workspace's contacts who have something in common with records that are somebody else's. */
  inTheWay(): number[] {
    const { held, hasShared } = this.#who;
    const members = new Set<number>();
    const lists = new Set(Array.from(held.conflicts(), ({ lists }) => lists).flat());
    for (const list of lists) for (const member of list) members.add(member);
    const shared = hasShared || held.size > 0 ? this.#sharedOfRecords() : undefined;
    for (let member = this.records; shared !== undefined && member < this.#people.size; member++) {
      const isIn = (points: readonly number[], all: ReadonlySet<number>): boolean => points.some((one) => all.has(one));
      if (isIn(this.#people.phonesOf(member), shared.phones) || isIn(this.#people.emailsOf(member), shared.emails))
        members.add(member);
    }
    return [...members].filter((member) => member >= this.records).map((member) => member - this.records);
  }

  /** True where the phone at this place of the workspace's contact of this number has passed on to somebody of the file. */
  hasPassedOn(external: number, phoneAt: number): boolean {
    return this.#who.hasPassedOn?.(this.records + external, phoneAt) === true;
  }

  /** The places of those phones of the workspace's contact of this number that have passed on. */
  passedOnOf(external: number): number[] {
    if (this.#who.hasPassedOn === undefined) return [];
    const phones = this.#people.phonesOf(this.records + external);
    return [...phones.keys()].filter((at) => this.hasPassedOn(external, at));
  }

  /** Whether others of the workspace have an e-mail or phone of this contact of it; undefined while some are yet to be added. */
  isShared(external: number): boolean | undefined {
    return this.#sharing === undefined ? undefined : this.#sharing.externals[external] === 1;
  }

  /** Whether the workspace shows that each bot has its own contacts; undefined where it does not. */
  get areBotsApart(): true | undefined {
    return this.#sharing?.areBotsApart === true || undefined;
  }

  /** Those of the record's phones that have passed on to it from somebody of the workspace. */
  takenPhones(ordinal: number, { phone_numbers: phones = [] }: Contact): string[] {
    const { hasPassedOn } = this.#who;
    return hasPassedOn === undefined ? [] : phones.filter((_, at) => hasPassedOn(ordinal, at));
  }

  /** True where the record's phone at this place (0 is the primary) is shared with different people. */
  isSharedPhone(ordinal: number, phoneAt: number): boolean {
    return this.#who.isShared(ordinal, phoneAt);
  }

  /** True where the record's email at this place (0 is the primary) is shared with different people. */
  isSharedEmail(ordinal: number, emailAt: number): boolean {
    return this.#who.isSharedEmail(ordinal, emailAt);
  }

  /** The line on which a record starts, and of several files which it is of. */
  placeOf(ordinal: number): Place {
    return this.#places.get(ordinal);
  }

  /**
   * Records of one email whose names differ: sent as one contact, and worth a look.
   * @param isWanted by the ordinals of records; every one is wanted where it is left out
   */
  *nameDoubts(isWanted: (ordinal: number) => boolean = () => true): Generator<NameDoubt, void, undefined> {
    for (const [a, b] of this.#who.nameDoubts) {
      if (!isWanted(a)) continue;
      yield {
        ...linesAndFiles([this.placeOf(a), this.placeOf(b)]),
        lines: [this.placeOf(a).line, this.placeOf(b).line],
        names: [this.#shown(a), this.#shown(b)],
      };
    }
  }

  /** The counts that are known before anything is compared or sent. */
  counts(): { rows: number; contacts: number; merged: number; invalid: number; held: number; repeated: number } {
    let contacts = 0;
    let parts = 0;
    let repeated = 0;
    for (const size of this.#who.sizes) {
      if (size === 0) continue;
      contacts++;
      if (this.duplicates === 'reject' && size > 1) repeated += size;
      else parts += size;
    }
    const contactsSent = this.duplicates === 'reject' ? contacts - this.#repeatedGroups() : contacts;
    let invalid = 0;
    for (let ordinal = 0; ordinal < this.records; ordinal++) if (!this.#isValid(ordinal)) invalid++;
    return {
      rows: this.records,
      contacts: contactsSent,
      merged: parts - contactsSent,
      invalid,
      held: this.#who.held.size,
      repeated,
    };
  }

  /** E-mails of held records count as shared too: such a record would become whoever has the e-mail in the workspace. */
  #sharedOfRecords(): { readonly phones: ReadonlySet<number>; readonly emails: ReadonlySet<number> } {
    const [phones, emails] = [new Set<number>(), new Set<number>()];
    for (let ordinal = 0; ordinal < this.records; ordinal++) {
      if (!this.#isValid(ordinal)) continue;
      for (const [at, phone] of this.#people.phonesOf(ordinal).entries())
        if (this.isSharedPhone(ordinal, at)) phones.add(phone);
      for (const [at, email] of this.#people.emailsOf(ordinal).entries())
        if (this.isSharedEmail(ordinal, at) || this.#who.held.has(ordinal)) emails.add(email);
    }
    return { phones, emails };
  }

  #repeatedGroups(): number {
    return this.#who.sizes.reduce((groups, size) => groups + (size > 1 ? 1 : 0), 0);
  }

  #heldWith(ordinal: number, conflict: Conflict, by: 'email' | 'phone'): Role {
    const hasOther = this.#hasOther(ordinal, by);
    return { kind: 'held', by, ...this.#summaryOf(conflict), hasOther };
  }

  /** Made once for all records of a conflict: it may be of every record of the file. */
  #summaryOf(conflict: Conflict): Summary {
    const known = this.#summaries.get(conflict);
    if (known) return known;
    const { first, below, above } = conflict.summary(this.records, MOST_LINES);
    const names = new Set(first.slice(0, MOST_NAMES).map((member) => this.#shown(member)));
    const summary = {
      places: first.filter((member) => member < this.records).map((member) => this.placeOf(member)),
      rows: below,
      names: [...names].filter((name) => name !== ''),
      haveEmails: first.every((member) => this.#people.emailsOf(member).length > 0),
      isOneName: names.size === 1 && !names.has('') && below + above <= MOST_NAMES,
      withWorkspace: above > 0,
    };
    this.#summaries.set(conflict, summary);
    return summary;
  }

  #shown(member: number): string {
    return shownName(this.#people.nameOf(member));
  }

  #hasOther(ordinal: number, by: 'email' | 'phone'): boolean {
    const emails = this.#people.emailsOf(ordinal).map((_, at) => this.isSharedEmail(ordinal, at));
    const phones = this.#people.phonesOf(ordinal).map((_, at) => this.isSharedPhone(ordinal, at));
    const [shared, others] = by === 'email' ? [emails, phones] : [phones, emails];
    return shared.includes(true) && [...shared, ...others].includes(false);
  }
}

/** Lines given of them. */
const MOST_LINES = 12;

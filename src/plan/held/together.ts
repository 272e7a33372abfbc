/**
 * Rows of one person that contacts of the workspace keep back alike: where it turns out that those are but the contact that the
 * person went out as, they are one contact, like any rows of one person. Pure.
 */
import type { Contact } from '../../contact/contact.js';
import type { FoldedContact } from '../../contact/folded.js';
import type { SourceRecord } from '../../source/record.js';
import { areOfDifferentPeople } from '../../contact/names/one-person.js';
import type { Conflict, Held } from '../conflict.js';
import type { People } from '../people.js';

/** For whom rows are held, and which rows are held alike. */
export interface HeldByWorkspace {
  /** The workspace's contacts, by their numbers. */
  readonly by: readonly number[];
  /** The ordinal of the first row. */
  readonly first: number;
  /** How many rows there are. */
  readonly rows: number;
}

interface HeldRow {
  readonly record: SourceRecord;
}

/** What rows that are held alike would be; of one the same object stands with each of them. */
export interface Together {
  readonly contact: Contact;
  readonly records: readonly SourceRecord[];
}

/** Rows that are held alike, while they are read. */
export class OpenHeld<Row extends HeldRow> {
  readonly #open = new Map<number, { folded: FoldedContact | undefined; readonly rows: Row[] }>();

  /**
   * Takes a row; gives all of its person once it is the last of them.
   * @param fold adds its contact to what those before it came to
   */
  add(
    row: Row,
    held: HeldByWorkspace,
    fold: (soFar: { folded: FoldedContact | undefined }) => void,
  ): readonly (Row & { readonly together: Together })[] | undefined {
    const soFar = this.#open.get(held.first) ?? { folded: undefined, rows: [] as Row[] };
    fold(soFar);
    soFar.rows.push(row);
    this.#open.set(held.first, soFar);
    if (soFar.rows.length < held.rows) return undefined;
    this.#open.delete(held.first);
    const { rows } = soFar;
    const together = { contact: soFar.folded?.contact ?? {}, records: rows.map(({ record }) => record) };
    return rows.map((one) => ({ ...one, together }));
  }
}

/** More rows of one person than that are no list's: they are not held in memory to be put together. */
const MOST_ROWS = 1000;

export class HeldRows {
  readonly #records: number;
  readonly #people: People;
  readonly #held: Held;
  readonly #known = new WeakMap<Conflict, HeldByWorkspace | 'with others'>();

  /** @param records members with this number and above are contacts of the workspace */
  constructor({ records, people }: { readonly records: number; readonly people: People }, held: Held) {
    this.#records = records;
    this.#people = people;
    this.#held = held;
  }

  /** Undefined where the row is not held, or stands with rows of another person, or with one that is held for somebody else as well. */
  of(ordinal: number): HeldByWorkspace | undefined {
    const conflict = this.#held.get(ordinal);
    if (conflict === undefined) return undefined;
    let found = this.#known.get(conflict);
    if (found === undefined) this.#known.set(conflict, (found = this.#find(conflict)));
    return found === 'with others' ? undefined : found;
  }

  #find(conflict: Conflict): HeldByWorkspace | 'with others' {
    const members = [...new Set(conflict.lists.flat())];
    const rows = members.filter((member) => member < this.#records).sort((a, b) => a - b);
    const [first = -1] = rows;
    const areAlike = rows.length <= MOST_ROWS && rows.every((row) => this.#held.get(row) === conflict);
    if (first < 0 || !areAlike || !this.#areOnePerson(rows)) return 'with others';
    const by = members.filter((member) => member >= this.#records).map((member) => member - this.#records);
    return { by, first, rows: rows.length };
  }

  /** By what the file says alone: of one e-mail, or without any, and of no two names. */
  #areOnePerson(rows: readonly number[]): boolean {
    if (rows.length === 1) return true;
    const all = rows.map((row) => this.#people.emailsOf(row));
    const [emails = [], ...others] = all.filter((own) => own.length > 0);
    if (!others.every((own) => own.some((email) => emails.includes(email)))) return false;
    // A phone alone is a household's as well.
    const shared = all.every((own) => own.length > 0) ? 'email' : 'phone';
    return !areOfDifferentPeople(
      rows.map((row) => this.#people.nameOf(row)),
      shared,
    );
  }
}

/** What a file asks a workspace for: its e-mails and phones, each once. */
import { DigestIndex } from '../../collections/digest-index.js';
import type { Contact } from '../../contact/contact.js';
import { comparableEmail, digest } from '../../contact/identity.js';

/** A row that can be read, by its place among all. */
export interface AskingRow {
  readonly ordinal: number;
  readonly contact: Contact;
}

export class Questions {
  readonly #points = new DigestIndex();
  /** By the ordinal of a point: the first row that has it. */
  readonly #rows: number[] = [];
  /** By the ordinal of a point that several rows have: all of them. */
  readonly #repeated = new Map<number, number[]>();
  readonly #phones = new Set<string>();
  readonly #emails = new Set<string>();

  private constructor() {}

  /** Undefined where there are more than `most`. @param rows what can be read of each */
  static async of(rows: AsyncIterable<AskingRow>, most: number): Promise<Questions | undefined> {
    const questions = new Questions();
    for await (const row of rows) {
      questions.#add(row);
      if (questions.#points.size > most) return undefined;
    }
    return questions;
  }

  get phones(): readonly string[] {
    return [...this.#phones];
  }

  get emails(): readonly string[] {
    return [...this.#emails];
  }

  has(point: Uint8Array): boolean {
    return this.#points.get(point) >= 0;
  }

  /** The first row that has it; undefined where none has. */
  rowOf(point: Uint8Array): number | undefined {
    const ordinal = this.#points.get(point);
    return ordinal < 0 ? undefined : this.#rows[ordinal];
  }

  /** The rows that have one of them in common, for each of those. */
  sharing(): Iterable<readonly number[]> {
    return this.#repeated.values();
  }

  /** Whether a row has each of these e-mails and phones, if any row does, and no other row does. */
  areOnlyOf(contact: Contact, points: readonly Uint8Array[]): boolean {
    const own = pointsOf(contact).map((point) => this.#points.get(point));
    if (own.some((ordinal) => this.#repeated.has(ordinal))) return false;
    return points.every((point) => !this.has(point) || own.includes(this.#points.get(point)));
  }

  #add({ ordinal: row, contact }: AskingRow): void {
    // A row may have one of them twice.
    for (const point of new Set(pointsOf(contact).map((point) => this.#points.add(point)))) {
      const first = (this.#rows[point] ??= row);
      if (first === row) continue;
      const sharing = this.#repeated.get(point);
      if (sharing === undefined) this.#repeated.set(point, [first, row]);
      else sharing.push(row);
    }
    for (const phone of contact.phone_numbers ?? []) this.#phones.add(phone);
    for (const email of contact.emails ?? []) this.#emails.add(comparableEmail(email));
  }
}

export function emailPoint(email: string): Uint8Array {
  return digest('email', comparableEmail(email));
}

export function phonePoint(e164: string): Uint8Array {
  return digest('phone', e164);
}

function pointsOf({ emails = [], phone_numbers: phones = [] }: Contact): Uint8Array[] {
  return [...emails.map(emailPoint), ...phones.map(phonePoint)];
}

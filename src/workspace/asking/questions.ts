/** What a file asks a workspace for: its e-mails and phones, each once. */
import { DigestIndex } from '../../collections/digest-index.js';
import type { Contact } from '../../contact/contact.js';
import { comparableEmail, digest } from '../../contact/identity.js';

export class Questions {
  readonly #points = new DigestIndex();
  /** Ordinals of those that several rows have. */
  readonly #repeated = new Set<number>();
  readonly #phones = new Set<string>();

  private constructor() {}

  /** Undefined where there are more than `most`. @param contacts what can be read of each row */
  static async of(contacts: AsyncIterable<Contact>, most: number): Promise<Questions | undefined> {
    const questions = new Questions();
    for await (const contact of contacts) {
      questions.#add(contact);
      if (questions.#points.size > most) return undefined;
    }
    return questions;
  }

  get phones(): readonly string[] {
    return [...this.#phones];
  }

  has(point: Uint8Array): boolean {
    return this.#points.get(point) >= 0;
  }

  /** Whether a row has each of these e-mails and phones, if any row does, and no other row does. */
  areOnlyOf(contact: Contact, points: readonly Uint8Array[]): boolean {
    const own = pointsOf(contact).map((point) => this.#points.get(point));
    if (own.some((ordinal) => this.#repeated.has(ordinal))) return false;
    return points.every((point) => !this.has(point) || own.includes(this.#points.get(point)));
  }

  #add(contact: Contact): void {
    // A row may have one of them twice.
    const own = new Set<number>();
    for (const point of pointsOf(contact)) {
      const before = this.#points.size;
      const ordinal = this.#points.add(point);
      if (ordinal < before && !own.has(ordinal)) this.#repeated.add(ordinal);
      own.add(ordinal);
    }
    for (const phone of contact.phone_numbers ?? []) this.#phones.add(phone);
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

import { primaryOf } from './contact-input.js';
import type { StoredContact } from './stored-contact.js';

/** Contacts by each of their emails or phone numbers, as far as `keyOf` tells two of them apart. */
export class PointIndex {
  readonly #field: 'emails' | 'phone_numbers';
  readonly #keyOf: (value: string) => string;
  readonly #holders = new Map<string, StoredContact[]>();

  constructor(field: 'emails' | 'phone_numbers', keyOf: (value: string) => string) {
    this.#field = field;
    this.#keyOf = keyOf;
  }

  add(contact: StoredContact): void {
    for (const key of this.#keysOf(contact)) {
      const holders = this.#holders.get(key);
      if (holders) holders.push(contact);
      else this.#holders.set(key, [contact]);
    }
  }

  remove(contact: StoredContact): void {
    for (const key of this.#keysOf(contact)) {
      const others = (this.#holders.get(key) ?? []).filter((holder) => holder !== contact);
      if (others.length > 0) this.#holders.set(key, others);
      else this.#holders.delete(key);
    }
  }

  /** The oldest contact that has `value`, as its primary one or as any, of one bot where one is given. */
  find(value: string, as: 'primary' | 'any', botId?: string): StoredContact | undefined {
    const key = this.#keyOf(value);
    let oldest: StoredContact | undefined;
    for (const holder of this.#holders.get(key) ?? []) {
      if (oldest !== undefined && oldest.number < holder.number) continue;
      if (botId !== undefined && holder.bot_id !== botId) continue;
      const primary = primaryOf(holder[this.#field]);
      if (as === 'any' || (primary !== undefined && this.#keyOf(primary) === key)) oldest = holder;
    }
    return oldest;
  }

  #keysOf(contact: StoredContact): Set<string> {
    return new Set(contact[this.#field].map(({ value }) => this.#keyOf(value)));
  }
}

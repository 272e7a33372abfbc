/** Finds addresses of nobody (noemail@…) that stand in rows of different people: such rows are not told apart by them. */

import { nameKeyOf, sameName } from '../../contact/name.js';
import type { MappedRow } from './mapped-row.js';

interface Seen {
  readonly name: string;
  readonly ordinals: number[];
  isShared: boolean;
}

/** Watches the rows of a first reading. Memory grows with the rows that have such an address only. */
export class PlaceholderWatch {
  readonly #byAddress = new Map<string, Seen>();

  add(ordinal: number, { placeholders, contact }: MappedRow): void {
    for (const address of placeholders) {
      const name = nameKeyOf(`${contact.first_name ?? ''} ${contact.last_name ?? ''}`);
      const seen = this.#byAddress.get(address);
      if (seen === undefined) {
        this.#byAddress.set(address, { name, ordinals: [ordinal], isShared: false });
        continue;
      }
      seen.ordinals.push(ordinal);
      seen.isShared ||= !sameName(seen.name, name);
    }
  }

  /** The addresses that different people share. */
  shared(): ReadonlySet<string> {
    return new Set([...this.#byAddress].flatMap(([address, { isShared }]) => (isShared ? [address] : [])));
  }

  /** The ordinals of their rows, ascending. */
  sharedOrdinals(): number[] {
    const all = [...this.#byAddress.values()].flatMap(({ isShared, ordinals }) => (isShared ? ordinals : []));
    return [...new Set(all)].sort((a, b) => a - b);
  }
}

/** What Clarky has answered moments ago, by contact id: who reads may be behind it (run/connection/behind.ts). */

/** When a contact was written last, as Clarky answered. */
export interface Written {
  /** By Clarky's clock, in ms since the epoch. */
  readonly atMs: number;
  /** By how much ours was ahead of it when the answer came. */
  readonly aheadMs: number;
}

interface Answered {
  readonly id?: string | undefined;
  readonly written: Written | undefined;
}

/** As long as it is of interest, and some more. */
const KEPT_MS = 60_000;

export class Lately {
  /** In the order in which they were noted. */
  readonly #written = new Map<string, Written>();
  readonly #ids = new Map<number, string>();
  #newestMs = -Infinity;

  /** @param number of the contact in its checkpoint */
  note({ id, written }: Answered, number: number): void {
    if (id === undefined || written === undefined) return;
    this.#written.delete(id);
    this.#written.set(id, written);
    this.#ids.delete(number);
    this.#ids.set(number, id);
    this.#newestMs = Math.max(this.#newestMs, written.atMs);
    for (const [of, oldest] of this.#ids) {
      const { atMs = -Infinity } = this.#written.get(oldest) ?? {};
      if (atMs >= this.#newestMs - KEPT_MS) break;
      this.#written.delete(oldest);
      this.#ids.delete(of);
    }
  }

  /** It was taken back. */
  forget(number: number): void {
    const id = this.#ids.get(number);
    if (id !== undefined) this.#written.delete(id);
    this.#ids.delete(number);
  }

  /** Undefined of whom nothing was answered lately. */
  of(id: string): Written | undefined {
    return this.#written.get(id);
  }

  /** When anything was written last, by Clarky's clock. */
  get newestMs(): number {
    return this.#newestMs;
  }
}

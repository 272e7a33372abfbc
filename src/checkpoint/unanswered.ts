/** What was sent and not answered, by the contact's number: Clarky may hold it, or what was accepted before. */

interface Open {
  readonly sends: number;
  /** When the newest was sent, in ms since the epoch; 0 in a checkpoint of 1.0.0. */
  readonly sentMs: number;
}

export class Unanswered {
  readonly #open = new Map<number, Open>();

  has(number: number): boolean {
    return this.#open.has(number);
  }

  /** Returns whether something of that contact was open before. */
  send(number: number, sentMs: number): boolean {
    const open = this.#open.get(number);
    this.#open.set(number, { sends: (open?.sends ?? 0) + 1, sentMs });
    return open !== undefined;
  }

  /** What was sent last was refused: what was sent before it stays open. Returns whether anything was open. */
  refused(number: number): boolean {
    const open = this.#open.get(number);
    if (open === undefined) return false;
    if (open.sends === 1) this.#open.delete(number);
    else this.#open.set(number, { ...open, sends: open.sends - 1 });
    return true;
  }

  /** Returns whether anything was open. */
  settled(number: number): boolean {
    return this.#open.delete(number);
  }

  /** When the newest open send of any of these contacts was; undefined where nothing is open. */
  since(numbers: () => readonly number[]): number | undefined {
    if (this.#open.size === 0) return undefined;
    const times = numbers().flatMap((number) => this.#open.get(number)?.sentMs ?? []);
    return times.length === 0 ? undefined : Math.max(...times);
  }
}

/** What was sent and not answered, by the contact's number: Clarky may hold it, or what was accepted before. */

/** What may still arrive. */
export interface UnderWay {
  /** When the newest left, in ms since the epoch; 0 in a checkpoint of 1.0.0. */
  readonly sentMs: number;
  /** The digest of what all that is open holds; undefined where it differs, or is not known. */
  readonly payload: string | undefined;
}

interface Open extends UnderWay {
  readonly sends: number;
}

export class Unanswered {
  readonly #open = new Map<number, Open>();
  /** Of whom earlier runs have sent something, and this one nothing yet. */
  #ofEarlierRuns = new Set<number>();

  has(number: number): boolean {
    return this.#open.has(number);
  }

  /** What is open now was sent by earlier runs, whatever the clock says: it may have been set back. */
  beginRun(): void {
    this.#ofEarlierRuns = new Set(this.#open.keys());
  }

  /** Returns whether something of that contact was open before. @param isAgain the same, of which nothing was heard */
  send(number: number, { sentMs, payload }: UnderWay, isAgain = false): boolean {
    const open = this.#open.get(number);
    const isSame = open === undefined || open.payload === payload;
    const sends = (open?.sends ?? 0) + (isAgain && open !== undefined ? 0 : 1);
    this.#open.set(number, { sends, sentMs, payload: isSame ? payload : undefined });
    this.#ofEarlierRuns.delete(number);
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

  /** What earlier runs have left open of any of these contacts; undefined where nothing is. */
  of(numbers: () => readonly number[]): UnderWay | undefined {
    if (this.#ofEarlierRuns.size === 0) return undefined;
    const earlier = numbers().filter((number) => this.#ofEarlierRuns.has(number));
    const all = earlier.flatMap((number) => this.#open.get(number) ?? []);
    const [first] = all;
    if (first === undefined) return undefined;
    const isOne = all.every(({ payload }) => payload === first.payload);
    return { sentMs: Math.max(...all.map(({ sentMs }) => sentMs)), payload: isOne ? first.payload : undefined };
  }
}

/** What was sent and not answered, by the contact's number: Clarky may hold it, or what was accepted before. */

/** What may still arrive. */
export interface UnderWay {
  /** When the newest left, in ms since the epoch; 0 in a checkpoint of 1.0.0. */
  readonly sentMs: number;
  /** The digest of what all that is open holds; undefined where it differs, or is not known. */
  readonly payload: string | undefined;
  /** The digests of its e-mails and phones. */
  readonly points?: string | undefined;
}

/** As long as a sender waits for an answer: a write that nobody waits for any more may still arrive so long after it left. */
export const LONGEST_FLIGHT_MS = 30_000;

/** More of a contact are not kept: each would be of another run that was cut off. */
const MOST_OPEN = 3;

/** The open sends of a contact with one more. @param isAgain it takes the place of the newest, of which nothing was heard */
export function withSend<T extends UnderWay>(open: readonly T[], sent: T, isAgain: boolean): T[] {
  return [...(isAgain ? open.slice(0, -1) : open), sent].slice(-MOST_OPEN);
}

/**
 * What stays open of the sends of a contact, the newest last, once `payload` was accepted for it: those that hold something else,
 * and left so shortly before the one that was answered that they may have arrived after it.
 */
export function openAfter<T extends UnderWay>(sends: readonly T[], payload: string): T[] {
  const answered = sends.at(-1);
  // It was found so, and not sent: whoever finds it waits first.
  if (answered?.payload !== payload) return [];
  return sends.flatMap((send) => {
    const isOver = send.payload === payload || answered.sentMs >= send.sentMs + LONGEST_FLIGHT_MS;
    // By a clock that was set back it would be in flight for as long as it was ahead.
    return isOver ? [] : [{ ...send, sentMs: Math.min(send.sentMs, answered.sentMs) }];
  });
}

export class Unanswered {
  /** The newest last. */
  readonly #open = new Map<number, readonly UnderWay[]>();
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
  send(number: number, sent: UnderWay, isAgain = false): boolean {
    const open = this.#open.get(number);
    this.#open.set(number, withSend(open ?? [], sent, isAgain));
    this.#ofEarlierRuns.delete(number);
    return open !== undefined;
  }

  /** What was sent last was refused: what was sent before it stays open. Returns whether anything was open. */
  refused(number: number): boolean {
    const open = this.#open.get(number);
    if (open === undefined) return false;
    this.#keep(number, open.slice(0, -1));
    return true;
  }

  /** The digests of all e-mails and phones that a contact was sent with and that are open, one behind the other. */
  pointsOf(number: number): string {
    return pointsIn(this.#open.get(number) ?? []);
  }

  /**
   * Something was accepted for it. Returns whether anything was open.
   * @param payload gives the digest of that
   * @param sentAs the number that it left under: by the answer it may be another contact, which was there
   */
  accepted(number: number, payload: () => string, sentAs = number): boolean {
    const wasOpen = sentAs !== number && this.#open.delete(sentAs);
    const open = this.#open.get(number);
    if (open === undefined) return wasOpen;
    this.#keep(number, openAfter(open, payload()));
    return true;
  }

  /** Whatever was sent, nothing comes of it any more. Returns whether anything was open. */
  over(number: number): boolean {
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
    const sentMs = Math.max(...all.map((open) => open.sentMs));
    return { sentMs, payload: isOne ? first.payload : undefined, points: pointsIn(all) };
  }

  #keep(number: number, open: readonly UnderWay[]): void {
    if (open.length === 0) this.#open.delete(number);
    else this.#open.set(number, open);
  }
}

function pointsIn(all: readonly UnderWay[]): string {
  return all.map(({ points = '' }) => points).join('');
}

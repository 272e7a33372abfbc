/**
 * Who was made or changed in the workspace since it was read: an import may write for hours, and a few reads a minute show who
 * has the e-mail or phone of somebody by now who was not there.
 */
import type { Client } from '../api/calls.js';
import { isPutAway } from '../api/read-answer.js';
import type { Contact } from '../contact/contact.js';
import { holdsAll, isSamePhone } from './compare.js';
import { changedAfter, CLOCK_SKEW_MS, OVERLAP_MS } from './refresh.js';
import { readStored, type StoredContact } from './stored.js';

export interface MeanwhileParts {
  readonly client: Pick<Client, 'contactPages'>;
  readonly signal: AbortSignal;
  /** Whether a contact is one that this import has written. */
  readonly isOwn: (id: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  /** When the import began: the workspace was read since. */
  readonly sinceMs: number;
}

/** So often it is looked: few of the 120 reads a minute that a key may do. */
const EVERY_MS = 30_000;
/** So many change in no such time: the server does not know the filter. */
const MOST_PAGES = 10;

export class Meanwhile {
  readonly #parts: MeanwhileParts;
  readonly #changed = new Map<string, StoredContact>();
  #afterMs: number;
  #nextMs: number;
  #isLooking = false;
  #isBlind = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(parts: MeanwhileParts) {
    this.#parts = parts;
    this.#afterMs = parts.sinceMs - CLOCK_SKEW_MS;
    this.#nextMs = parts.sinceMs + EVERY_MS;
  }

  /**
   * Who has one of the e-mails or phones and was made or changed by others since, as the last look showed; by an e-mail first.
   * @throws what kept the last look from its end
   */
  find({ emails = [], phone_numbers: phones = [] }: Contact): StoredContact | undefined {
    this.#lookInTime();
    const others = [...this.#changed.values()].filter(({ id }) => !this.#parts.isOwn(id));
    return (
      others.find((stored) => emails.some((email) => holdsAll('emails', stored.emails, [email]))) ??
      others.find((stored) => phones.some((phone) => stored.phone_numbers.some((other) => isSamePhone(other, phone))))
    );
  }

  /** A contact as it was changed since, if it was. */
  newestOf(stored: StoredContact): StoredContact {
    this.#lookInTime();
    return this.#changed.get(stored.id) ?? stored;
  }

  /** Nobody waits for it: the reads of a minute may be spent, and a write must not wait for them. */
  #lookInTime(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#isBlind || this.#isLooking || this.#parts.wallClock() < this.#nextMs) return;
    this.#isLooking = true;
    void this.#look()
      .catch((error: unknown) => (this.#failure = { error }))
      .finally(() => (this.#isLooking = false));
  }

  async #look(): Promise<void> {
    const { isOwn, wallClock } = this.#parts;
    this.#nextMs = wallClock() + EVERY_MS;
    const afterMs = this.#afterMs;
    for await (const { page, items } of changedAfter(afterMs, this.#parts)) {
      for (const item of items) {
        const stored = readStored(item);
        if (stored === undefined) continue;
        const changedMs = Date.parse(stored.updated_at ?? '');
        if (changedMs < afterMs || page > MOST_PAGES) return this.#giveUp();
        if (changedMs - OVERLAP_MS > this.#afterMs) this.#afterMs = changedMs - OVERLAP_MS;
        if (isPutAway(item)) this.#changed.delete(stored.id);
        else if (!isOwn(stored.id)) this.#changed.set(stored.id, stored);
      }
    }
    for (const id of this.#changed.keys()) if (isOwn(id)) this.#changed.delete(id);
  }

  /** The server shows others than those that changed. */
  #giveUp(): void {
    this.#isBlind = true;
    this.#changed.clear();
  }
}

/**
 * Who reads may be a moment behind what was written (the API says nothing of how fresh what it shows is). Taken at its word, whom an
 * import wrote a second ago is gone, and made a second time; or an older state of them is written back.
 */
import type { Client } from '../../api/calls.js';
import type { WireContact } from '../../api/wire.js';
import type { Lately, Written } from '../../checkpoint/facts/lately.js';
import { WHY_IT_WAITS } from '../../wording/waits.js';
import { isProvedOld, isStampedSince, readStored, type StoredContact } from '../../workspace/stored.js';
import type { ImportListener } from '../events.js';
import { sleepUnless } from '../import/flight/waiting.js';

/** So long after an answer, who reads something older than that is behind; later it is how things are. */
const LONGEST_BEHIND_MS = 10_000;
/** So long after it, who is not shown is changed by the id before anybody is made: that proves whether it is gone. */
const DOUBTED_MS = 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1000;

/** How long what was written then may still not show. @param writtenMs by our clock, or the server's: one that is ahead would be so for ever */
export function mayBeBehindMs(writtenMs: number, nowMs: number): number {
  return Math.min(writtenMs + LONGEST_BEHIND_MS - nowMs, LONGEST_BEHIND_MS);
}

/** A contact as it was read. */
type Seen = WireContact | StoredContact;

/** When a contact that was read was written last, by Clarky's clock; NaN where it is not there, or does not say. */
export function writtenMsOf(seen: Seen | undefined): number {
  return Date.parse(readStored(seen)?.updated_at ?? '');
}

/** Asks again, ever more seldom, until all is shown or the time is over. @returns whether all is */
export async function askAgain(
  mostMs: number,
  isShown: () => Promise<boolean>,
  sleep: (ms: number) => Promise<void>,
): Promise<boolean> {
  let leftMs = mostMs;
  for (let pauseMs = FIRST_PAUSE_MS; leftMs > 0; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const ms = Math.min(pauseMs, leftMs);
    await sleep(ms);
    leftMs -= ms;
    if (await isShown()) return true;
  }
  return false;
}

/** Says why nothing seems to happen. @returns told of each wait, with the longest time */
export function behindTeller(emit: ImportListener, wallClock: () => number = Date.now): (ms: number) => void {
  let toldUntilMs = 0;
  return (ms) => {
    const untilMs = wallClock() + ms;
    if (wallClock() < toldUntilMs) return;
    toldUntilMs = untilMs;
    const message = `${WHY_IT_WAITS.reads_behind}: it is asked again, for ${Math.ceil(ms / 1000)} s at most.`;
    emit({ type: 'warning', code: 'reads_behind', message, untilMs });
  };
}

interface BehindParts {
  readonly emit: ImportListener;
  /** Milliseconds since the epoch. */
  readonly wallClock?: () => number;
  readonly sleep?: (signal: AbortSignal, ms: number) => Promise<void>;
}

/** What imports were answered lately, and whether what is read is older than that. */
export class Behind {
  readonly #emit: ImportListener;
  readonly #wallClock: () => number;
  readonly #sleep: (signal: AbortSignal, ms: number) => Promise<void>;
  readonly #onWait: (ms: number) => void;
  readonly #lately: Pick<Lately, 'of' | 'newestMs'>[] = [];
  /** By Clarky's clock: who was written until then would be shown. */
  #shownMs = -Infinity;
  /** The same, by what was read of the workspace at once, before anything was sent. */
  #listedMs = -Infinity;
  /** Who was written until then was waited for, and is no more. */
  #givenUpMs = -Infinity;
  /** Who was not there when they were read last. */
  readonly #missing = new Set<string>();
  #isTold = false;

  constructor({ emit, wallClock = Date.now, sleep = sleepUnless }: BehindParts) {
    this.#emit = emit;
    this.#wallClock = wallClock;
    this.#sleep = sleep;
    this.#onWait = behindTeller(emit, wallClock);
  }

  /** Goes by what is in there as well, now and later. */
  goBy(lately: Pick<Lately, 'of' | 'newestMs'>): void {
    this.#lately.push(lately);
  }

  /** The same client, but what it shows of a contact by its id is no older than what was answered, so far as that can be waited for. */
  over(client: Client): Client {
    return {
      ...client,
      getContact: (id, options) => this.#upToNow(id, () => client.getContact(id, options), options?.signal),
    };
  }

  /** The same client, with which the workspace is read: whom it shows as they were answered, tells how new that reading is. */
  overWorkspace(client: Client): Client {
    const see = (seen: WireContact): void => {
      const written = this.#written(seen.id);
      if (written !== undefined && isStampedSince(writtenMsOf(seen), written.atMs))
        this.#listedMs = Math.max(this.#listedMs, written.atMs);
    };
    return {
      ...client,
      getByEmail: async (email, options) => {
        const seen = await client.getByEmail(email, options);
        if (seen !== undefined) see(seen);
        return seen;
      },
      contactPages: (...asked) => eachSeen(client.contactPages(...asked), see),
    };
  }

  /** Whether one that is nowhere in the workspace, as that was read, may merely not be shown yet. */
  isUnlisted(id: string): boolean {
    const written = this.#behindBy(id, undefined);
    return written !== undefined && written.atMs > this.#listedMs && this.#isLately(written);
  }

  /** Whether a contact, as it was read, is older than what was answered: it is worth another read then. */
  isOlder(seen: Seen): boolean {
    return this.#leftMs(seen.id, seen) > 0 || this.isProvedOld(seen);
  }

  /** Whether a contact, as it was read, is certainly not as it is: nothing can be made of it. */
  isProvedOld(seen: Seen): boolean {
    const written = this.#behindBy(seen.id, seen);
    return written !== undefined && isProvedOld(writtenMsOf(seen), written.atMs, this.#wallClock() - written.aheadMs);
  }

  /** Whether one that was not there when it was read last may merely not be shown yet: what it holds is not known then. */
  isUnshown(id: string): boolean {
    const written = this.#missing.has(id) ? this.#behindBy(id, undefined) : undefined;
    return written !== undefined && this.#isLately(written);
  }

  /** Whether one that was not there when it was read last was written so lately that it may be there all the same. */
  isDoubted(id: string): boolean {
    const written = this.#missing.has(id) ? this.#written(id) : undefined;
    return written !== undefined && this.#wallClock() - written.atMs - written.aheadMs < DOUBTED_MS;
  }

  async #upToNow(
    id: string,
    read: () => Promise<WireContact | undefined>,
    signal: AbortSignal = NEVER,
  ): Promise<WireContact | undefined> {
    let seen = await read();
    const leftMs = this.#leftMs(id, seen);
    if (leftMs > 0) {
      const newestMs = Math.max(...this.#lately.map((lately) => lately.newestMs));
      this.#onWait(leftMs);
      const isShown = async (): Promise<boolean> => this.#behindBy(id, (seen = await read())) === undefined;
      if (!(await askAgain(leftMs, isShown, (ms) => this.#sleep(signal, ms)))) this.#giveUp(newestMs);
    }
    if (seen === undefined) this.#missing.add(id);
    else this.#missing.delete(id);
    return seen;
  }

  /** Nobody else who was written before is waited for: who is not shown is gone. */
  #giveUp(newestMs: number): void {
    this.#givenUpMs = Math.max(this.#givenUpMs, newestMs);
    if (this.#isTold) return;
    this.#isTold = true;
    const message =
      'Clarky still does not show what it answered moments ago: somebody may have deleted whom it does not show.';
    this.#emit({ type: 'warning', code: 'reads_behind', message });
  }

  /** How long it may be asked again; 0 or less where it is as it is. */
  #leftMs(id: string, seen: Seen | undefined): number {
    const written = this.#behindBy(id, seen);
    const isWaitedFor = written !== undefined && written.atMs > this.#givenUpMs;
    return !isWaitedFor ? 0 : mayBeBehindMs(written.atMs + written.aheadMs, this.#wallClock());
  }

  /** The write that it does not show; undefined where there is none, or another was shown as it was written later: the reader knew of both. */
  #behindBy(id: string, seen: Seen | undefined): Written | undefined {
    const written = this.#written(id);
    if (written === undefined) return undefined;
    const seenMs = writtenMsOf(seen);
    if (isStampedSince(seenMs, written.atMs)) this.#shownMs = Math.max(this.#shownMs, written.atMs);
    // One that does not say when it was written is as it is.
    const isAsItIs = written.atMs <= this.#shownMs || (seen !== undefined && Number.isNaN(seenMs));
    return isAsItIs ? undefined : written;
  }

  #isLately({ atMs, aheadMs }: Written): boolean {
    return isProvedOld(-Infinity, atMs, this.#wallClock() - aheadMs);
  }

  #written(id: string): Written | undefined {
    const all = this.#lately.flatMap((lately) => lately.of(id) ?? []);
    return all.reduce<Written | undefined>((last, one) => (last && last.atMs > one.atMs ? last : one), undefined);
  }
}

async function* eachSeen<Listed extends { readonly items: readonly WireContact[] }>(
  pages: AsyncIterable<Listed>,
  see: (contact: WireContact) => void,
): AsyncGenerator<Listed, void, undefined> {
  for await (const page of pages) {
    page.items.forEach(see);
    yield page;
  }
}

const NEVER = new AbortController().signal;

/** Waits until a write that nobody hears the answer of has landed, or can't any more: sent again before, it could make two. */
import { LONGEST_FLIGHT_MS, type UnderWay } from '../../../checkpoint/unanswered.js';
import type { Contact } from '../../../contact/contact.js';
import { digestText } from '../../../contact/identity.js';
import type { PlannedContact } from '../../../plan/planned.js';
import type { HasLanded } from '../../../storage/claims/claim.js';

export interface LandingParts {
  /** Asks Clarky for a contact; undefined where it has none, or does not tell. */
  readonly lookUp: (contact: Contact) => Promise<unknown>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly wallClock: () => number;
  readonly longestFlightMs: () => number;
  /** Told when somebody has to wait for so long. */
  readonly onWait: (ms: number) => void;
}

const FIRST_LOOK_AGAIN_MS = 250;
/** A connection that broke is no server that is slow. */
const AFTER_BREAK_MS = 2000;

export class Landing {
  readonly #parts: LandingParts;

  constructor(parts: LandingParts) {
    this.#parts = parts;
  }

  /**
   * Waits for what an earlier run sent.
   * @param isKnown true where Clarky has the contact, so far as is known
   * @returns false where something else may arrive all the same: no server needs so long, but that one was slow once
   */
  async ofEarlierRun(planned: PlannedContact, { sentMs, payload }: UnderWay, isKnown: boolean): Promise<boolean> {
    const isSame = payload === digestText(planned.payload);
    if (isSame && isKnown) return true;
    const longestMs = this.#parts.longestFlightMs();
    // A clock that was set back is no reason to wait for ever.
    const leftMs = Math.min(sentMs + longestMs - this.#parts.wallClock(), longestMs);
    // What holds something else must not come after this one: that Clarky has the contact does not tell it apart.
    await this.#wait(leftMs, isSame ? () => this.#isThere(planned.contact) : undefined);
    return isSame || this.#parts.wallClock() >= sentMs + LONGEST_FLIGHT_MS;
  }

  /** Waits for what this run has just sent, and was not answered. @param isTimeout nothing came in all the time allowed */
  async ofThisRun({ contact }: PlannedContact, isTimeout: boolean): Promise<void> {
    const longestMs = this.#parts.longestFlightMs();
    await this.#wait(isTimeout ? longestMs : Math.min(longestMs, AFTER_BREAK_MS), () => this.#isThere(contact));
  }

  /**
   * Whether what another process sent has landed, asked seldom however often it is called.
   * @param isOwn true where it is of an earlier run of this import, which `ofEarlierRun` waits for
   */
  watch(contact: Contact, isOwn: boolean): HasLanded {
    let pauseMs = FIRST_LOOK_AGAIN_MS;
    let nextMs = -Infinity;
    return async (write) => {
      // That somebody is there says nothing of what changes them.
      if (write === 'changes') return isOwn;
      const nowMs = this.#parts.wallClock();
      if (nowMs < nextMs) return false;
      nextMs = nowMs + pauseMs;
      pauseMs *= 2;
      return this.#isThere(contact);
    };
  }

  async #isThere(contact: Contact): Promise<boolean> {
    return (await this.#parts.lookUp(contact)) !== undefined;
  }

  async #wait(mostMs: number, hasLanded: (() => Promise<boolean>) | undefined): Promise<void> {
    let leftMs = mostMs;
    for (let pauseMs = FIRST_LOOK_AGAIN_MS; leftMs > 0; pauseMs *= 2) {
      if (await hasLanded?.()) return;
      if (pauseMs === FIRST_LOOK_AGAIN_MS) this.#parts.onWait(leftMs);
      const ms = Math.min(pauseMs, leftMs);
      await this.#parts.sleep(ms);
      leftMs -= ms;
    }
  }
}

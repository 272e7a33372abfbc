/**
 * Rows of a file that have nothing in common, and are one contact by what was sent before: one has only its e-mail, another only
 * its phone. What Clarky has of it then is all of them, one after the other, and the checkpoint holds that as one payload, by
 * which the next run knows them again.
 */
import type { CheckpointState } from '../../checkpoint/state.js';
import { GrowingPlaces } from '../../collections/growing-places.js';
import { WordPair } from '../../collections/word-pair.js';
import { digest, digestText } from '../../contact/identity.js';
import { placeOfContact, type Planned, type PlannedContact } from '../../plan/planned.js';

/** What the rows of one contact add up to. */
export interface Together {
  readonly payload: Uint8Array;
  /** True for the last of them: once it is in, all are. */
  readonly isLast: boolean;
}

/** What a reading of the file found, by the number of a contact of the checkpoint. */
interface Found {
  /** Contacts of the file that have several planned contacts of it. */
  readonly payloads: ReadonlyMap<number, Uint8Array>;
  /** Where the last one stands. */
  readonly places: GrowingPlaces;
}

/** Reads the file for it once, where it is asked for anybody: that is rare. */
export class RowsOfContact {
  readonly #planned: () => AsyncIterable<readonly Planned[]>;
  readonly #state: CheckpointState;
  #found: Promise<Found> | undefined;

  /** @param planned reads the file's contacts from the start */
  constructor(planned: () => AsyncIterable<readonly Planned[]>, state: CheckpointState) {
    this.#planned = planned;
    this.#state = state;
  }

  /** True once it was read: whoever comes then is looked for as well. */
  get isRead(): boolean {
    return this.#found !== undefined;
  }

  /**
   * What the contacts of the file that are the contact of this number add up to; undefined where it is but one.
   * @throws what reading the file throws
   */
  async of(planned: PlannedContact, number: number): Promise<Together | undefined> {
    const { payloads, places } = await (this.#found ??= this.#read());
    const payload = payloads.get(number);
    const [last, own] = [places.get(number), placeOfContact(planned)];
    return payload && { payload, isLast: last.line === own.line && last.file === own.file };
  }

  async #read(): Promise<Found> {
    const places = new GrowingPlaces();
    const first = new WordPair();
    const payloads = new Map<number, Uint8Array>();
    for await (const batch of this.#planned()) {
      for (const planned of batch) {
        if (planned.kind === 'rejection') continue;
        const number = numberOf(planned, this.#state);
        if (number < 0) continue;
        const before = payloads.get(number) ?? (places.get(number).line === 0 ? undefined : first.bytesOf(number));
        if (before === undefined) first.set(number, planned.payload);
        else payloads.set(number, digest('payload', `${digestText(before)}\n${digestText(planned.payload)}`));
        places.set(number, placeOfContact(planned));
      }
    }
    return { payloads, places };
  }
}

function numberOf(planned: PlannedContact, state: CheckpointState): number {
  return state.ownersOf(planned).find((number) => !state.isSomebodyElse(number, planned.contact)) ?? -1;
}

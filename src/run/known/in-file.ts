/** Which contacts of earlier runs are in the file, each under an e-mail of its own. */
import type { CheckpointState } from '../../checkpoint/state.js';
import { GrowingUint8 } from '../../collections/growing.js';
import type { Planned } from '../../plan/planned.js';

/** Reads the file for it once, where it is asked for anybody: a phone that passed to another person is rare. */
export class InFile {
  readonly #planned: () => AsyncIterable<readonly Planned[]>;
  readonly #state: CheckpointState;
  #numbers: Promise<GrowingUint8> | undefined;

  /** @param planned reads the file's contacts from the start */
  constructor(planned: () => AsyncIterable<readonly Planned[]>, state: CheckpointState) {
    this.#planned = planned;
    this.#state = state;
  }

  /**
   * @param number of a contact of the checkpoint, as it was before this run
   * @throws what reading the file throws
   */
  async has(number: number): Promise<boolean> {
    return (await (this.#numbers ??= this.#read())).get(number) === 1;
  }

  async #read(): Promise<GrowingUint8> {
    const state = this.#state;
    const numbers = new GrowingUint8();
    for await (const batch of this.#planned()) {
      for (const planned of batch) {
        if (planned.kind === 'rejection') continue;
        for (const email of planned.contact.emails ?? []) {
          const number = state.ownerOf('email', email);
          if (number < 0 || !state.isLedBy('email', email, number)) continue;
          if (state.isSomebodyElse(number, planned.contact)) continue;
          numbers.growTo(number + 1);
          numbers.set(number, 1);
        }
      }
    }
    return numbers;
  }
}

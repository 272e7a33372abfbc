/** Contacts of earlier imports for whom the file has no row any more: they stay in Clarky, and somebody may want to know. */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import type { PlannedContact } from '../../plan/planned.js';
import { asSent } from './former-phones.js';

type Known = Pick<CheckpointState, 'numberCount' | 'numberOf' | 'ownerOf' | 'ownersOf' | 'isAccepted'>;

export class Absentees {
  readonly #known: Known;
  /** By number of a contact that was known before the run: 1 where it was met, or was not accepted. */
  readonly #met: Uint8Array;

  readonly #isLive: boolean;

  /** @param isLive where the workspace was read, nobody looked for the identity that the checkpoint has them under */
  constructor(known: Known, isLive: boolean) {
    this.#known = known;
    this.#isLive = isLive;
    this.#met = Uint8Array.from({ length: known.numberCount }, (_, number) => (known.isAccepted(number) ? 0 : 1));
  }

  /** A contact of the file, under the identity that the checkpoint has it under. */
  meet(planned: PlannedContact): void {
    const number = this.#known.numberOf(planned);
    const isFound = number >= 0 && !this.#isLive;
    const owners = (): number[] => this.#known.ownersOf({ ...planned, contact: asSent(planned) });
    for (const each of isFound ? [number] : owners()) this.#met[each] = 1;
  }

  /** A row that is rejected is there all the same. */
  meetRejected({ emails = [], phone_numbers: phones = [] }: Contact): void {
    const numbers = [
      ...emails.map((email) => this.#known.ownerOf('email', email)),
      ...phones.map((phone) => this.#known.ownerOf('phone', phone)),
    ];
    for (const number of numbers) if (number >= 0) this.#met[number] = 1;
  }

  /** How many were not met. */
  count(): number {
    return this.#met.reduce((count, met) => count + (met === 0 ? 1 : 0), 0);
  }
}

/**
 * What a contact that needs no write is known by beyond what its line in the checkpoint tells: e-mails and phones of rows that were folded
 * into another (`--duplicates first` or `last`), none of which went out, and all that version 1.0.0 did not note.
 */
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import { tellsOthersApart, type AcceptedContact } from '../../../checkpoint/facts/contact-facts.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { idOf } from '../../known/acquaintance.js';

/** So many lines go to the disk at once. */
const NOTED_AT_ONCE = 500;

export class UnchangedNotes {
  readonly #checkpoint: Pick<Checkpoint, 'accepted' | 'state'>;
  #waiting: AcceptedContact[] = [];

  constructor(checkpoint: Pick<Checkpoint, 'accepted' | 'state'>) {
    this.#checkpoint = checkpoint;
  }

  /** Takes a contact, to be noted where its line in the checkpoint says less. @throws ImporterError `storage_failed` */
  async take(planned: PlannedContact): Promise<void> {
    const { state } = this.#checkpoint;
    const number = state.numberOf(planned);
    if (!state.isAccepted(number)) return;
    const isNew = lacksAll(planned, number, state);
    if (!isNew && !isFoldedAway(planned, state)) return;
    const ledElsewhere = state.isLedByEmail(number) ? 'by e-mail' : state.mayBeLedElsewhere(number);
    this.#waiting.push({ contact: planned, id: idOf(number, planned.contact, state), ledElsewhere });
    // Of its rows one may be left alone.
    if (!isNew || this.#waiting.length >= NOTED_AT_ONCE) await this.flush();
  }

  /** Resolves once all of them are on disk. @throws ImporterError `storage_failed` */
  async flush(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    if (all.length > 0) await this.#checkpoint.accepted(...all);
  }
}

/** Whether nothing is noted by which it would be known again, but that it was accepted just so. */
function lacksAll(planned: PlannedContact, number: number, state: CheckpointState): boolean {
  // With `--keep-existing` it may have been accepted in part.
  if (state.names.areTold(number) || state.keepsExisting || !state.isUnchanged(planned)) return false;
  return tellsOthersApart(planned);
}

/** Whether rows that were folded into it had an e-mail or phone that the checkpoint does not know yet. */
function isFoldedAway({ foldedAway }: PlannedContact, state: CheckpointState): boolean {
  const { emails = [], phone_numbers: phones = [] } = foldedAway ?? {};
  const isUnknown = (kind: 'email' | 'phone') => (value: string) => state.ownerOf(kind, value) < 0;
  return emails.some(isUnknown('email')) || phones.some(isUnknown('phone'));
}

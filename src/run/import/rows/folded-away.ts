/** E-mails and phones of rows that were folded into another (`--duplicates first` or `last`): none went out, and they are its all the same. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { idOf } from '../../known/acquaintance.js';

/** Notes for a contact that needs no write those by which the checkpoint does not know it yet: of its rows one may be left alone. */
export async function noteFoldedAway(
  planned: PlannedContact,
  checkpoint: Pick<Checkpoint, 'accepted' | 'state'>,
): Promise<void> {
  const { emails = [], phone_numbers: phones = [] } = planned.foldedAway ?? {};
  const { state } = checkpoint;
  const number = state.numberOf(planned);
  const isUnknown = (kind: 'email' | 'phone') => (value: string) => state.ownerOf(kind, value) < 0;
  if (!state.isAccepted(number) || !(emails.some(isUnknown('email')) || phones.some(isUnknown('phone')))) return;
  const ledElsewhere = state.isLedByEmail(number) ? 'by e-mail' : state.mayBeLedElsewhere(number);
  await checkpoint.accepted({ contact: planned, id: idOf(number, planned.contact, state), ledElsewhere });
}

/** What the answer to an update shows to be lost, sent again: to that very contact, others may have some of it by now. */
import type { WireContact } from '../../../api/wire.js';
import type { Rejected } from '../judge.js';
import type { Preparer, Prepared, WriteNotes } from '../preparer.js';
import { clearsFields, emptiesOthers } from '../flight/other-fields-watch.js';
import type { Accepted, NotWritten } from '../flight/writes.js';

interface GivingBack {
  readonly preparer: Pick<Preparer, 'check' | 'isEmptyStill'>;
  readonly notes: WriteNotes | undefined;
  /** Writes to the contact that was answered. */
  readonly write: (again: Prepared, answer: WireContact) => Promise<Accepted | Rejected | NotWritten>;
}

/** @throws ImporterError `clears_fields` where it stays empty, or no import can send it */
export async function giveBack(
  prepared: Prepared,
  { contact, isChange }: Pick<Accepted, 'contact' | 'isChange'>,
  { preparer, notes, write }: GivingBack,
): Promise<void> {
  const loss = await preparer.check(prepared, contact, isChange !== true);
  if (loss === undefined) return;
  await notes?.lost(prepared.planned, loss);
  const { lost, others } = loss;
  if (lost.size > others.length) {
    const again = await write(loss.again, contact);
    if (again.outcome !== 'accepted' || (await preparer.isEmptyStill(prepared, again.contact)))
      throw clearsFields([...lost.keys()]);
    await notes?.afterAccept(loss.again, again.contact, again.created);
  }
  if (others.length > 0) throw emptiesOthers(others);
}

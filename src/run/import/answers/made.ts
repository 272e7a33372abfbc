/** Whether an upsert made the contact that it was answered with: what is counted, and what an undo deletes. Pure. */
import type { UpsertResult } from '../../../api/calls.js';
import { isNeverUpdated } from '../../../api/answers/was-created.js';
import type { Contact } from '../../../contact/contact.js';
import { fieldsOf } from '../../../workspace/compare.js';
import { isAsWritten } from '../../../workspace/set-back.js';
import { readStored } from '../../../workspace/stored.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { Prepared, WriteNotes } from '../preparer.js';
import type { Accepted } from '../flight/writes.js';

type Answer = Pick<Extract<UpsertResult, { outcome: 'accepted' }>, 'created' | 'contact' | 'status' | 'mayBeOurs'>;

/**
 * What the answer says, with two exceptions. If the contact's id is known, it was made only if a 201 shows it as never updated: the
 * workspace was begun anew, and gives the same ids. And if the reading of the workspace did not show it, and it was made since the write
 * left first, then the update met what the same write had made when its answer was lost.
 * @param sentNew what was sent for somebody whom that reading did not show; undefined for anybody else
 * @returns undefined where nothing tells
 */
export function wasMade(answer: Answer, isKnownId: boolean, sentNew: Contact | undefined): boolean | undefined {
  const { created, contact, status, mayBeOurs } = answer;
  if (isKnownId && !(created === true && status === 201 && isNeverUpdated(contact))) return false;
  const isOurs = mayBeOurs === true && sentNew !== undefined && holdsNothingElse(contact, sentNew);
  return created === false && isOurs ? true : created;
}

/** Who holds more than was sent may have been made by somebody else meanwhile. */
function holdsNothingElse(answered: Answer['contact'], sent: Contact): boolean {
  const stored = readStored(answered);
  const entry = { wrote: Object.fromEntries(fieldsOf(sent)), after: undefined };
  return stored !== undefined && isAsWritten(entry, stored);
}

interface BegunParts {
  readonly notes?: WriteNotes | undefined;
  readonly checkpoint: { readonly state: Pick<CheckpointState, 'ownerOfId'> };
}

/** Notes of somebody new who is written in two steps that the first has made them: if the run is killed in between, undo takes that back. */
export async function noteBegun(
  { contact: { id }, contact, created }: Accepted,
  prepared: Prepared,
  { notes, checkpoint }: BegunParts,
): Promise<void> {
  const isNew = prepared.stored === undefined && checkpoint.state.ownerOfId(id) < 0;
  if (isNew && created === true) await notes?.afterAccept(prepared, contact, true);
}

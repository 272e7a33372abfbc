/** Whether an upsert made the contact that it was answered with: what is counted, and what an undo deletes. Pure. */
import type { UpsertResult } from '../../../api/calls.js';
import { isNeverUpdated } from '../../../api/answers/was-created.js';

/**
 * What the answer says, but for a contact that is known under its id: only a 201 that shows it as never updated is of one that was
 * made, in a workspace which was begun anew and gives the same ids.
 * @returns undefined where nothing tells
 */
export function wasMade(
  { created, contact, status }: Pick<Extract<UpsertResult, { outcome: 'accepted' }>, 'created' | 'contact' | 'status'>,
  isKnownId: boolean,
): boolean | undefined {
  return isKnownId && !(created === true && status === 201 && isNeverUpdated(contact)) ? false : created;
}

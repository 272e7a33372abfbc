/** Whether an upsert made the contact that it was answered with: what is counted, and what an undo deletes. Pure. */
import type { UpsertResult } from '../../../api/calls.js';
import { isNeverUpdated } from '../../../api/answers/was-created.js';

/**
 * What the answer says, unless the contact's id is known. Then it was made only if a 201 shows it as never updated: the workspace was
 * begun anew, and gives the same ids.
 * @returns undefined where nothing tells
 */
export function wasMade(
  { created, contact, status }: Pick<Extract<UpsertResult, { outcome: 'accepted' }>, 'created' | 'contact' | 'status'>,
  isKnownId: boolean,
): boolean | undefined {
  return isKnownId && !(created === true && status === 201 && isNeverUpdated(contact)) ? false : created;
}

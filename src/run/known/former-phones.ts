/**
 * Whom the checkpoint knows by a phone as an earlier import has read it, which was told another country: `07911 123456` is one number
 * of GB and another of DE, and one person's. Pure.
 */
import type { CheckpointState } from '../../checkpoint/state.js';
import { whoOf } from '../../contact/names/full-name.js';
import type { PlannedContact } from '../../plan/planned.js';

/** How it is to be found: what Clarky has it under is not in the row any more. */
export interface Formerly {
  readonly mustLookUp: true;
  /** Under which id Clarky has it, where that was answered. */
  readonly contactId: string | undefined;
}

/** @returns undefined where nobody who may be of that name went out with such a phone */
export function formerlyKnown(
  { contact, formerPhones = [] }: PlannedContact,
  state: CheckpointState,
): Formerly | undefined {
  if (formerPhones.length === 0 || whoOf(contact) === '') return undefined;
  const former = { ...contact, phone_numbers: formerPhones };
  const phone = formerPhones.find((one) => {
    const number = state.ownerOf('phone', one);
    return state.isThere(number) && !state.isSomebodyElse(number, former);
  });
  return phone === undefined ? undefined : { mustLookUp: true, contactId: state.idUnder('phone', phone) };
}

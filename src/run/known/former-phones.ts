/**
 * Whom the checkpoint knows by a phone as an earlier import has read it, as one of another country: `07911 123456` is one number of GB
 * and another of DE, and one person's. What Clarky has it under is not in the row any more.
 */
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { nameOf, whoOf } from '../../contact/names/full-name.js';
import { areOfDifferentPeople } from '../../contact/names/one-person.js';
import { phonesElsewhere } from '../../contact/phone/elsewhere.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { StoredContact } from '../../workspace/stored.js';

/** The contact with whom it is known as so, where that went out, answered or not, and is known by nothing that the row has. */
export function withFormerly(planned: PlannedContact, state: CheckpointState): PlannedContact {
  const { contact, unreadPhones } = planned;
  // Most are known as they are, and to look for whom they are known as takes longer than all else.
  if (state.numberCount === 0 || state.isUnchanged(planned) || whoOf(contact) === '') return planned;
  const isKnownSo = state
    .ownersOf(planned)
    // Whom undo has deleted it can't be any more; and what was not answered may not have come.
    .some((own) => (state.isThere(own) || state.isMissing(own)) && !state.isSomebodyElse(own, contact));
  if (isKnownSo) return planned;
  const phones: string[] = [];
  for (const phone of phonesElsewhere(contact.phone_numbers ?? [], unreadPhones)) {
    const number = state.ownerOf('phone', phone);
    if (number < 0 || !state.mayBeThere(number) || state.isMissing(number)) continue;
    if (!state.isSomebodyElse(number, { ...contact, phone_numbers: [phone] })) phones.push(phone);
  }
  if (phones.length === 0) return planned;
  const contactId = phones.map((one) => state.idUnder('phone', one)).find((id) => id !== undefined);
  return { ...planned, formerly: { phones, contactId } };
}

/** The contact with all by which it may have gone out. */
export function asSent({ contact, formerly }: Pick<PlannedContact, 'contact' | 'formerly'>): Contact {
  if (formerly === undefined) return contact;
  return { ...contact, phone_numbers: [...(contact.phone_numbers ?? []), ...formerly.phones] };
}

/** Asks for it by those phones, where no id was answered; undefined where nobody has them who may be of its name. */
export async function foundFormerly(
  { contact, formerly }: Pick<PlannedContact, 'contact' | 'formerly'>,
  lookUp: (contact: Contact) => Promise<StoredContact | undefined>,
): Promise<StoredContact | undefined> {
  if (formerly === undefined || formerly.contactId !== undefined) return undefined;
  const found = await lookUp({ phone_numbers: formerly.phones });
  return found === undefined || areOfDifferentPeople([nameOf(found), nameOf(contact)]) ? undefined : found;
}

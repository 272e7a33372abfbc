/** Whom other files' imports may mean with an e-mail or phone. Pure, but for names that are read where they are asked for. */
import type { Point } from '../../../checkpoint/points.js';
import type { CheckpointState } from '../../../checkpoint/state.js';
import type { Contact } from '../../../contact/contact.js';
import { nameOf } from '../../../contact/names/full-name.js';
import type { PlannedContact } from '../../../plan/planned.js';
import { isFoundAsItIs } from '../acquaintance.js';
import { holdsAll, isSamePhone } from '../../../workspace/compare.js';
import type { StoredContact } from '../../../workspace/stored.js';

/**
 * The contact with only those e-mails and phones that this checkpoint does not have it under, or that have passed on: an e-mail
 * that others know with clearly somebody else. Undefined where there is none.
 */
export function newTo(
  own: CheckpointState | undefined,
  contact: Contact,
  others: CheckpointState,
): Contact | undefined {
  // Under another name it may be somebody whom they tell apart.
  const isNew = (kind: 'email' | 'phone', value: string): boolean => {
    const number = own?.ownerOf(kind, value) ?? -1;
    return !isIts(own, number, contact) || !own.names.isNamedSo(number, contact);
  };
  const emails =
    contact.emails?.filter((value) => isNew('email', value) || hasPassedOn('email', value, contact, others)) ?? [];
  const phones = contact.phone_numbers?.filter((value) => isNew('phone', value)) ?? [];
  return emails.length + phones.length === 0 ? undefined : { ...contact, emails, phone_numbers: phones };
}

/** Whether others know an e-mail or phone with clearly somebody else. */
export function hasPassedOn(kind: Point['kind'], value: string, contact: Contact, others: CheckpointState): boolean {
  const owner = others.ownerOf(kind, value);
  return owner >= 0 && others.isSomebodyElse(owner, contact);
}

/** Whether a contact, as it is, went out from there, and nobody else with anything of it since. @param owners who has what is asked for */
export function isAsItWas(
  planned: PlannedContact,
  asked: Contact,
  owners: readonly number[],
  others: CheckpointState,
): boolean {
  const isSent = others.isUnchanged(planned) && isFoundAsItIs(planned, others);
  return isSent && !owners.some((number) => others.isSomebodyElse(number, asked));
}

/** The numbers of those whom a contact may be, among whom others have sent. */
export function sentAs(
  planned: Pick<PlannedContact, 'contact'>,
  others: CheckpointState,
  owners: readonly number[] = others.ownersOf({ contact: planned.contact }),
): number[] {
  return owners.filter((number) => others.isAccepted(number) && !isAnother(others, number, planned.contact));
}

/** Whether this checkpoint has a contact with any e-mail or phone of it. */
export function isKnown(own: CheckpointState | undefined, planned: PlannedContact): boolean {
  return own?.ownersOf(planned).some((number) => isIts(own, number, planned.contact)) === true;
}

function isIts(own: CheckpointState | undefined, number: number, contact: Contact): own is CheckpointState {
  return own?.isAccepted(number) === true && !own.isSomebodyElse(number, contact);
}

/** Whether the contact of this number is clearly somebody else, or has no more than a phone in common with one without a name. */
export function isAnother(others: CheckpointState, number: number, asked: Contact): boolean {
  return others.isSomebodyElse(number, asked) || sharesPhoneAlone(others, number, asked);
}

/** Each has an e-mail of their own, and no name says that they are one: within a file they are two with a phone. */
function sharesPhoneAlone(others: CheckpointState, number: number, asked: Contact): boolean {
  const { emails = [], phone_numbers: phones = [] } = asked;
  if (
    nameOf(asked) !== '' ||
    emails.length === 0 ||
    emails.some((email) => others.ownerOf('email', email) === number)
  ) {
    return false;
  }
  return phones.every((phone) => !others.isLedBy('phone', phone, number));
}

/** Whether a person known by one of its e-mails has a name in a script that can't be compared with its own. */
export function isUnclear(contact: Contact, state: CheckpointState): boolean {
  return state
    .ownersOf({ contact })
    .some((number) => state.mayBeThere(number) && state.names.isUnclear(number, contact));
}

/** The contact with only those e-mails and phones that Clarky does not have of it. */
export function withoutPointsOf(contact: Contact, stored: Pick<StoredContact, 'emails' | 'phone_numbers'>): Contact {
  const { emails = [], phone_numbers: phones = [] } = contact;
  return {
    ...contact,
    emails: emails.filter((email) => !holdsAll('emails', stored.emails, [email])),
    phone_numbers: phones.filter((phone) => !stored.phone_numbers.some((other) => isSamePhone(other, phone))),
  };
}

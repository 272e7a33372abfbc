/**
 * Somebody else whom Clarky does not show as such: it has no field for how people are addressed, and takes Mrs Smith with the
 * e-mail of Mr Smith for the contact that it has; and it links an address to a company of its own choice. Checkpoints tell.
 */
import { pointsOf, type Point } from '../../checkpoint/points.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { nameOf } from '../../contact/names/full-name.js';
import type { PlannedContact } from '../../plan/planned.js';
import type { SharedEmail } from '../../plan/email-people.js';
import type { SharedPhone } from '../../plan/who.js';

type State = Pick<CheckpointState, 'ownersOf' | 'ownerOf' | 'isSomebodyElse' | 'isUnchanged' | 'mayBeThere' | 'names'>;

/** Whether a phone had passed to it from somebody who may have it again, since it was taken back. */
export function isGivenBack(
  { contact, identity }: Pick<PlannedContact, 'contact' | 'identity'>,
  state: Pick<CheckpointState, 'numberOf' | 'isAccepted' | 'ownerOf' | 'names'>,
): boolean {
  const own = state.numberOf({ identity });
  if (own < 0 || state.isAccepted(own)) return false;
  const isOwn = ({ kind, value }: Point): boolean => kind === 'phone' && state.ownerOf(kind, value) === own;
  return pointsOf(contact).some((point) => isOwn(point) && state.names.wasAnothers(point));
}

/** What becomes of different people with one e-mail or phone. */
export interface SharingRules {
  readonly sharedEmail: SharedEmail;
  readonly sharedPhone: SharedPhone;
}

/** Whether different people are sent with one e-mail, or one phone, all the same. */
export function mayShare(kind: 'email' | 'phone', { sharedEmail, sharedPhone }: SharingRules): boolean {
  return kind === 'email' ? sharedEmail === 'merge' : sharedPhone === 'send';
}

/** Not more than initials. */
const NO_FIRST_NAME = /^(?:\p{L}[.\s-]+)*\p{L}?[.\s]*$/u;

/** Whether nobody is named, and a firm is. */
export function isNamelessFirm(contact: Contact): boolean {
  return contact.company !== undefined && nameOf(contact) === '';
}

/**
 * By which of its e-mails or phones a contact is clearly somebody else, though Clarky shows nothing of it; undefined where it
 * is by none.
 */
export function unseenClaim(
  planned: Pick<PlannedContact, 'contact' | 'identity' | 'payload'>,
  state: State,
  rules: SharingRules,
): Point | undefined {
  const { contact } = planned;
  if (contact.courtesy === undefined && !isNamelessFirm(contact)) return undefined;
  // It went out as it is: of a firm, or beside a first name in full, a courtesy that changes is one that was wrong.
  if (state.isUnchanged(planned) && (contact.courtesy === undefined || !NO_FIRST_NAME.test(contact.first_name ?? '')))
    return undefined;
  return claimOf(planned, state, rules, (number) => state.isSomebodyElse(number, contact, 'unseen'));
}

/** By which it is clearly somebody else than whom it is known as, where the name that Clarky has fits both: J. Smith. */
export function hiddenClaim(
  planned: Pick<PlannedContact, 'contact' | 'identity'>,
  state: State,
  rules: SharingRules,
  nameInClarky: string,
): Point | undefined {
  return claimOf(planned, state, rules, (number) => state.names.isHiddenBy(nameInClarky, number, planned.contact));
}

function claimOf(
  planned: Pick<PlannedContact, 'contact' | 'identity'>,
  state: State,
  rules: SharingRules,
  isAnother: (number: number) => boolean,
): Point | undefined {
  for (const number of state.ownersOf(planned)) {
    if (!state.mayBeThere(number) || !isAnother(number)) continue;
    const shared = pointsOf(planned.contact).find(({ kind, value }) => state.ownerOf(kind, value) === number);
    if (shared !== undefined && !mayShare(shared.kind, rules)) return shared;
  }
  return undefined;
}

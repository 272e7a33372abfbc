/** Whom another file's import has sent may be gone: people are deleted, a number passes on, a workspace is emptied. */
import { pointsOf, type Point } from '../../checkpoint/points.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { nameOf } from '../../contact/names/full-name.js';
import { mayBeOnePerson } from '../../contact/names/one-person.js';
import type { Claim } from '../../plan/decide.js';
import type { PlannedContact } from '../../plan/planned.js';
import { holdsAll, isSamePhone } from '../../workspace/compare.js';
import { readStored } from '../../workspace/stored.js';
import type { Reads } from '../import/flight/reads.js';
import { mayShare, type SharingRules } from './unseen.js';

/** Whom an e-mail or phone went out with from another file. */
export interface WentOut extends Point {
  /** Undefined where no answer was heard: it may never have arrived. */
  readonly id: string | undefined;
  /** Who has it as well, and is somebody else. */
  readonly asked: Contact;
}

/**
 * Whether Clarky has the contact of this id, and that with this e-mail or phone; without an id, whether anybody else has it there.
 * `unshown` where it was written moments ago, was waited for, and may merely not be shown yet: so far as that costs nobody anything, it
 * is there; a row is not held for whom nobody shows, since a workspace is emptied, or a sandbox begun anew, far more often.
 */
export type StillHas = (wentOut: WentOut) => Promise<boolean | 'unshown'>;

/** Asks Clarky, a read each; whom the key may not see is taken to be there. */
export function askStillHas(reads: Reads, signal: AbortSignal): StillHas {
  const [lookUp, byId] = [reads.lookUp(signal), reads.byId(signal)];
  return async ({ id, kind, value, asked }) => {
    if (id === undefined) {
      const found = await lookUp(kind === 'email' ? { emails: [value] } : { phone_numbers: [value] });
      return !reads.mayRead || (found !== undefined && !isNamedAlike(found, asked));
    }
    const stored = readStored(await byId(id));
    if (stored === undefined) return reads.isUnshown(id) ? 'unshown' : !reads.mayRead;
    if (kind === 'phone') return stored.phone_numbers.some((phone) => isSamePhone(phone, value));
    return holdsAll('emails', stored.emails, [value]);
  };
}

/** Somebody else who may merely not be shown yet has a phone of it: it is found, or made, by its e-mail alone, and becomes nobody else. */
export const LED_PAST = { foundBy: 'emails', isLedPast: true } as const;

/** Whether one that has a phone of the contact of this number, and no e-mail, can be led past that. */
export function isLedPast(number: number, { emails = [] }: Contact, state: Pick<CheckpointState, 'ownerOf'>): boolean {
  return emails.length > 0 && emails.every((email) => state.ownerOf('email', email) !== number);
}

/** Whether Clarky has the contact of this number with any e-mail or phone of `asked`: it may have been emptied since. */
export async function isStillThere(
  number: number,
  asked: Contact,
  others: CheckpointState,
  stillHas: StillHas | undefined,
): Promise<boolean | 'unshown'> {
  let isUnshown = false;
  for (const { kind, value } of pointsOf(asked)) {
    if (others.ownerOf(kind, value) !== number) continue;
    const has = stillHas === undefined || (await stillHas({ kind, value, id: others.idUnder(kind, value), asked }));
    if (has === true) return true;
    isUnshown ||= has === 'unshown';
  }
  return isUnshown && 'unshown';
}

/**
 * What a contact that the workspace does not show has in common with clearly somebody else, whom an earlier import sent and Clarky
 * has with that: its list may lag behind what was sent.
 */
export async function claimUnshown(
  { contact, takenPhones = [] }: Pick<PlannedContact, 'contact' | 'takenPhones'>,
  state: CheckpointState,
  stillHas: StillHas,
  rules: SharingRules,
): Promise<Claim | undefined> {
  for (const { kind, value } of pointsOf(contact)) {
    if (mayShare(kind, rules) || (kind === 'phone' && takenPhones.includes(value))) continue;
    const owner = state.ownerOf(kind, value);
    if (!state.isAccepted(owner) || !state.isSomebodyElse(owner, contact)) continue;
    const id = state.idUnder(kind, value);
    if (id !== undefined && (await stillHas({ kind, value, id, asked: contact })) === true)
      return { by: kind, value, of: 'an earlier import', contactId: id };
  }
  return undefined;
}

function isNamedAlike(one: Parameters<typeof nameOf>[0], other: Contact): boolean {
  const [name, otherName] = [nameOf(one), nameOf(other)];
  return name !== '' && otherName !== '' && mayBeOnePerson(name, otherName);
}

/** Whom the checkpoint knows a contact as: by any e-mail or phone that it went out with in an earlier run. */
import type { Taken } from '../../checkpoint/neighbours.js';
import { pointsOf, type Point } from '../../checkpoint/points.js';
import type { CheckpointState } from '../../checkpoint/state.js';
import type { Contact } from '../../contact/contact.js';
import { comparableEmail, digest, identityOf } from '../../contact/identity.js';
import { whoOf } from '../../contact/names/full-name.js';
import { payloadDigest } from '../../contact/payload.js';
import { SHARED_EMAIL_OMITTED, SHARED_PHONE_OMITTED, withoutEmails, withoutPhones } from '../../plan/left-out.js';
import type { Claim } from '../../plan/decide.js';
import { placeOfContact, type PlannedContact } from '../../plan/planned.js';
import { isGivenBack, mayShare, unseenClaim, type SharingRules } from './unseen.js';

export interface Acquaintance {
  /**
   * The contact, under the identity and led by the e-mail or phone that Clarky has it under, and with `omit` without what
   * it has in common with clearly somebody else.
   */
  readonly planned: PlannedContact;
  /** What it has in common with clearly somebody else. */
  readonly claims: Claim | undefined;
  /** True where Clarky has it under an e-mail or phone that the row does not have: it must be asked for. */
  readonly mustLookUp: boolean;
  /** Where it must be looked up: the id under which Clarky has it, so far as is known. */
  readonly contactId?: string | undefined;
  /** True where imports of other files alone tell that id. */
  readonly isOfAnotherFile?: boolean | undefined;
  readonly foundBy?: FoundBy | undefined;
  /** True where that is so because somebody else, who may merely not be shown yet, has its phone. */
  readonly isLedPast?: boolean | undefined;
}

/**
 * By which alone an upsert finds it: by its e-mails, where it takes over a phone from somebody who is in the file as well, and has
 * another or none there; by its phones, where Clarky knows no e-mail of it yet. Undefined where it is known, or new, by both.
 */
export type FoundBy = 'emails' | 'phone_numbers';

/** One that nothing is known of. */
export function strangerOf(planned: PlannedContact): Acquaintance {
  return { planned, claims: undefined, mustLookUp: false };
}

export interface AcquaintanceRules extends SharingRules {
  readonly keepSharedPhone?: string | undefined;
}

/** Whether a contact of the checkpoint, by its number, is in the file under an e-mail of its own. */
export type IsInFile = (number: number) => Promise<boolean>;

/** Looks a contact up in what is known of earlier runs. */
export async function acquaintanceOf(
  given: PlannedContact,
  state: CheckpointState,
  rules: AcquaintanceRules,
  isInFile: IsInFile,
): Promise<Acquaintance> {
  const stranger = strangerOf(given);
  const own = state.numberOf(given);
  if (state.isUnchanged(given)) {
    const shared = unseenClaim(given, state, rules);
    return shared === undefined
      ? recognised(given, state, [own])
      : { ...stranger, claims: claimOn(shared, 'an earlier import', state) };
  }
  const owners = state.ownersOf(given);
  const isOwn = (id: string): boolean =>
    own >= 0 && state.ownerOfId(id) === own && !state.isSomebodyElse(own, given.contact);
  const taken = takenBy(state.neighbours.takenFrom(given.contact, isOwn), rules);
  const others = owners.filter((number) => state.isSomebodyElse(number, given.contact));
  const somebodyElse = new Set(others.filter((number) => state.mayBeThere(number)));
  if (somebodyElse.size === 0 && taken === undefined) {
    if (given.formerly !== undefined) return { ...stranger, mustLookUp: true, contactId: given.formerly.contactId };
    const own = owners.filter((number) => !others.includes(number));
    return besideRejected(recognised(given, state, own), others.length > 0 || isGivenBack(given, state));
  }
  const claimed = await claimedOf(given.contact, given.contact, state, { rules, somebodyElse, isInFile });
  const planned = withoutClaimed(given, union(claimed, taken), rules);
  if ('value' in planned) {
    const isOfWorkspace = taken !== undefined && taken[planned.kind === 'email' ? 'emails' : 'phones'].length > 0;
    const claims: Claim = isOfWorkspace
      ? { by: planned.kind, value: planned.value, of: 'the workspace' }
      : claimOn(planned, 'an earlier import', state);
    return { ...stranger, claims };
  }
  const ownNumbers = state.ownersOf(planned).filter((number) => !others.includes(number));
  const found = besideRejected(recognised(planned, state, ownNumbers), others.length > somebodyElse.size);
  return taking(found, claimed, 'an earlier import');
}

/** Whom Clarky rejected it may have stored all the same, or given a phone back: by that it would turn that one into this. */
function besideRejected(found: Acquaintance, isBeside: boolean): Acquaintance {
  const { emails, phone_numbers: phones } = found.planned.contact;
  if (!isBeside || emails === undefined || phones === undefined) return found;
  return { ...found, foundBy: found.foundBy ?? 'emails' };
}

/** An e-mail or phone that somebody else went out with, as a checkpoint knows that. */
export function claimOn({ kind, value }: Point, of: Claim['of'], state: Pick<CheckpointState, 'idUnder'>): Claim {
  return { by: kind, value, of, contactId: state.idUnder(kind, value) };
}

/** With what it takes over: who is known by a phone alone takes no other's phone. */
export function taking(found: Acquaintance, { takesPhone }: Claimed, of: Claim['of']): Acquaintance {
  if (!takesPhone) return found;
  return found.foundBy === 'phone_numbers'
    ? { ...strangerOf(found.planned), claims: { by: 'phone', of } }
    : { ...found, foundBy: 'emails' };
}

/** A domain beyond ASCII, or its form within: one address, which Clarky may have in the other spelling and not find by this one. */
function isSpelledInTwoWays({ emails: [email = ''] = [] }: Contact): boolean {
  return /@(?:.*[^\x00-\x7f]|(?:.*\.)?xn--)/i.test(email);
}

/** True where Clarky finds whom it went out as by what it leads with. */
export function isFoundAsItIs(planned: PlannedContact, state: CheckpointState): boolean {
  const { planned: led, mustLookUp, foundBy } = recognised(planned, state, [state.numberOf(planned)]);
  return led === planned && !mustLookUp && foundBy === undefined;
}

/** @param owners the numbers of contacts that it may be */
export function recognised(planned: PlannedContact, state: CheckpointState, owners: readonly number[]): Acquaintance {
  const [own = -1] = owners;
  const found = asKnown(planned, state, owners);
  return own >= 0 && state.isLedByEmail(own) ? { ...found, foundBy: found.foundBy ?? 'emails' } : found;
}

function asKnown(planned: PlannedContact, state: CheckpointState, owners: readonly number[]): Acquaintance {
  const stranger = strangerOf(planned);
  const { contact } = planned;
  const [own] = owners;
  if (own === undefined) return stranger;
  const mayBeThere = state.mayBeThere(own);
  const toLookUp = (): Acquaintance =>
    mayBeThere ? { ...stranger, mustLookUp: true, contactId: idOf(own, contact, state) } : stranger;
  if (state.mayBeLedElsewhere(own)) return toLookUp();
  if (state.isIdentity(planned) && state.numberOf(planned) === own)
    return isSpelledInTwoWays(contact) ? toLookUp() : stranger;
  const email = contact.emails?.find((value) => state.isLedBy('email', value, own));
  if (email !== undefined) return { ...stranger, planned: ledBy(planned, 'emails', email) };
  const phone = contact.phone_numbers?.find((value) => state.isLedBy('phone', value, own));
  if (phone === undefined) return toLookUp();
  const led = ledBy(planned, 'phone_numbers', phone);
  // It has an e-mail now: Clarky finds it by the phone, and knows it by the e-mail from then on.
  return contact.emails === undefined
    ? { ...stranger, planned: led }
    : {
        ...stranger,
        planned: { ...planned, contact: led.contact },
        contactId: idOf(own, contact, state),
        foundBy: 'phone_numbers',
      };
}

/**
 * Under which id Clarky has the contact of this number, by what it has in common with this one. A phone alone tells none where
 * no name is on the row: it may have passed on.
 */
export function idOf(number: number, contact: Contact, state: CheckpointState): string | undefined {
  const isNamed = whoOf(contact) !== '';
  const points = pointsOf(contact).filter(({ kind }) => isNamed || kind === 'email');
  const known = points.filter(({ kind, value }) => state.ownerOf(kind, value) === number);
  return known.map(({ kind, value }) => state.idUnder(kind, value)).find((id) => id !== undefined);
}

/** What a contact has in common with clearly somebody else, who has it still. */
export interface Claimed extends Taken {
  readonly takesPhone: boolean;
}

/** What a contact of the workspace has that kept rows back, unless it is to be sent all the same; undefined for nothing. */
function takenBy({ emails, phones }: Taken, rules: AcquaintanceRules): Taken | undefined {
  const taken: Taken = {
    emails: mayShare('email', rules) ? [] : emails,
    phones: mayShare('phone', rules) ? [] : phones,
  };
  return taken.emails.length + taken.phones.length === 0 ? undefined : taken;
}

function union(one: Taken, other: Taken | undefined): Taken {
  if (other === undefined) return one;
  return {
    emails: [...new Set([...one.emails, ...other.emails])],
    phones: [...new Set([...one.phones, ...other.phones])],
  };
}

/** @param asked the contact with those e-mails and phones that are looked at */
export async function claimedOf(
  { emails: allEmails = [] }: Contact,
  { emails = [], phone_numbers: phones = [] }: Contact,
  state: CheckpointState,
  by: { rules: AcquaintanceRules; somebodyElse: ReadonlySet<number>; isInFile: IsInFile },
): Promise<Claimed> {
  const { rules, somebodyElse, isInFile } = by;
  const takenOf = (kind: 'email' | 'phone', values: readonly string[]): string[] =>
    mayShare(kind, rules) ? [] : values.filter((value) => somebodyElse.has(state.ownerOf(kind, value)));
  const claimedPhones = takenOf('phone', phones);
  // Only who is known by an e-mail can give a phone away, or take it: by phone Clarky would turn the one into the other.
  const mayTake = allEmails.length > 0 && allEmails.every((email) => isOwnEmail(state, email, somebodyElse));
  const kept: string[] = [];
  for (const phone of claimedPhones) {
    if (!mayTake || !(await isInFile(state.ownerOf('phone', phone)))) kept.push(phone);
  }
  return { emails: takenOf('email', emails), phones: kept, takesPhone: kept.length < claimedPhones.length };
}

/** True for an e-mail that is new, or that Clarky has its contact under. */
function isOwnEmail(state: CheckpointState, email: string, somebodyElse: ReadonlySet<number>): boolean {
  const owner = state.ownerOf('email', email);
  return owner < 0 || (!somebodyElse.has(owner) && state.isLedBy('email', email, owner));
}

/** The contact with what is left out by the rules; what it is held for, where that is not to be or leaves nothing. */
export function withoutClaimed(
  planned: PlannedContact,
  { emails, phones }: Taken,
  rules: AcquaintanceRules,
): PlannedContact | Point {
  const [email] = emails.map((value): Point => ({ kind: 'email', value }));
  const [phone] = phones.map((value): Point => ({ kind: 'phone', value }));
  const first = email ?? phone;
  if (first === undefined) return planned;
  if (email !== undefined && rules.sharedEmail !== 'omit') return email;
  if (phone !== undefined && rules.sharedPhone !== 'omit') return phone;
  let { contact } = planned;
  const remarks = [...planned.remarks];
  const where = placeOfContact(planned);
  if (emails.length > 0) {
    contact = withoutEmails(contact, emails);
    remarks.push({ ...where, problem: SHARED_EMAIL_OMITTED, isOmission: true });
  }
  if (phones.length > 0) {
    contact = withoutPhones(contact, phones, rules.keepSharedPhone);
    remarks.push({ ...where, problem: SHARED_PHONE_OMITTED, isOmission: true });
  }
  const left = identityOf(contact);
  if (left === undefined) return first;
  return { ...planned, contact, identity: digest(left.kind, left.value), payload: payloadDigest(contact), remarks };
}

function ledBy(planned: PlannedContact, field: 'emails' | 'phone_numbers', lead: string): PlannedContact {
  const values = planned.contact[field] ?? [];
  const contact = { ...planned.contact, [field]: [lead, ...values.filter((value) => value !== lead)] };
  const identity = field === 'emails' ? digest('email', comparableEmail(lead)) : digest('phone', lead);
  return { ...planned, contact, identity };
}

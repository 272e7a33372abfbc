/** Whom the checkpoint knows a contact as: by any e-mail or phone that it went out with in an earlier run. */
import type { CheckpointState } from '../../checkpoint/state.js';
import { comparableEmail, digest } from '../../contact/identity.js';
import type { Contact } from '../../contact/contact.js';
import { formsOf, knownFirstNames } from '../../plan/given-names.js';
import type { PlannedContact } from '../../plan/planned.js';

export interface Acquaintance {
  /** The contact, under the identity and led by the e-mail or phone that Clarky has it under. */
  readonly planned: PlannedContact;
  /** What it has in common with clearly somebody else. */
  readonly claims: 'email' | 'phone' | undefined;
  /** True where Clarky has it under an e-mail or phone that the row does not have: it must be asked for. */
  readonly mustLookUp: boolean;
}

export interface AcquaintanceRules {
  readonly sharedEmail: 'reject' | 'merge' | 'omit';
  readonly sharedPhone: 'reject' | 'send' | 'omit';
}

/** Looks a contact up in what is known of earlier runs. */
export function acquaintanceOf(
  planned: PlannedContact,
  state: CheckpointState,
  rules: AcquaintanceRules,
): Acquaintance {
  const stranger = { planned, claims: undefined, mustLookUp: false };
  if (state.isUnchanged(planned)) return stranger;
  const owners = state.ownersOf(planned);
  if (owners.length === 0) return stranger;
  const { contact } = planned;
  const somebodyElse = new Set(owners.filter((number) => isSomebodyElse(state, number, contact)));
  const claims = claimOf(state, contact, somebodyElse, rules);
  if (claims !== undefined) return { planned, claims, mustLookUp: false };
  const own = owners.find((number) => !somebodyElse.has(number));
  if (own === undefined || (state.isIdentity(planned) && state.numberOf(planned) === own)) return stranger;
  const email = contact.emails?.find((value) => state.isLedBy('email', value, own));
  if (email !== undefined) return { planned: ledBy(planned, 'emails', email), claims, mustLookUp: false };
  const phone = contact.phone_numbers?.find((value) => state.isLedBy('phone', value, own));
  if (phone === undefined) return { planned, claims, mustLookUp: state.isAccepted(own) };
  // It has an e-mail now: Clarky finds it by the phone, and knows it by the e-mail from then on.
  return contact.emails === undefined
    ? { planned: ledBy(planned, 'phone_numbers', phone), claims, mustLookUp: false }
    : stranger;
}

function claimOf(
  state: CheckpointState,
  { emails = [], phone_numbers: phones = [] }: Contact,
  somebodyElse: ReadonlySet<number>,
  rules: AcquaintanceRules,
): 'email' | 'phone' | undefined {
  if (somebodyElse.size === 0) return undefined;
  if (rules.sharedEmail !== 'merge' && emails.some((value) => somebodyElse.has(state.ownerOf('email', value)))) {
    return 'email';
  }
  if (rules.sharedPhone !== 'send' && phones.some((value) => somebodyElse.has(state.ownerOf('phone', value)))) {
    return 'phone';
  }
  return undefined;
}

function ledBy(planned: PlannedContact, field: 'emails' | 'phone_numbers', lead: string): PlannedContact {
  const values = planned.contact[field] ?? [];
  const contact = { ...planned.contact, [field]: [lead, ...values.filter((value) => value !== lead)] };
  const identity = field === 'emails' ? digest('email', comparableEmail(lead)) : digest('phone', lead);
  return { ...planned, contact, identity };
}

/**
 * Whether the contact of this number went out with the name of clearly another person. Of a name there is only a digest: a
 * first name that is not the same is somebody else's only where it is a known one, and no other form of this one.
 */
function isSomebodyElse(state: CheckpointState, number: number, contact: Contact): boolean {
  const relation = state.nameRelation(number, contact);
  if (relation !== 'partly') return relation === 'different' && !hasFormOf(state, number, contact);
  const { first_name: first = '', last_name: last = '' } = contact;
  if (first === '' || last === '' || state.nameRelation(number, { first_name: first }) !== 'different') return false;
  if (hasFormOf(state, number, contact)) return false;
  return knownFirstNames().some((name) => state.nameRelation(number, { first_name: name, last_name: last }) === 'same');
}

function hasFormOf(
  state: CheckpointState,
  number: number,
  { first_name: first = '', last_name: last = '' }: Contact,
): boolean {
  return formsOf(first).some(
    (form) => state.nameRelation(number, { first_name: form, last_name: last }) !== 'different',
  );
}

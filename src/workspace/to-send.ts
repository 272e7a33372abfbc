/** What is sent for a contact that Clarky has, so that nothing in it is lost; and what was lost all the same. Pure. */
import { isObject } from '../given.js';
import { LIST_FIELDS, TEXT_FIELDS, type Contact, type CustomValue, type ListField } from '../contact/contact.js';
import {
  differencesOf,
  fieldsOf,
  holdsAll,
  isBlank,
  isSamePhone,
  isSameValue,
  type Difference,
  type FieldName,
} from './compare.js';
import type { StoredContact } from './stored.js';

/** How what the file says and what Clarky has come together. */
export interface JoinRules {
  /**
   * `join`: lists keep what Clarky has; `replace`: they become the file's, but for the e-mail by which Clarky finds it; `as sent`:
   * they are the file's, as they are for all that is sent without a look at what is there.
   */
  readonly lists: 'join' | 'replace' | 'as sent';
  /** Only what is blank in Clarky is filled. */
  readonly keepExisting: boolean;
  /** The server clears what an upsert leaves out: everything that Clarky has is sent along. */
  readonly fillsAll: boolean;
  /** Phones that it has in Clarky, and that the file gives to somebody else: no list keeps them. */
  readonly givenAway?: readonly string[] | undefined;
}

interface ChangeRules extends Pick<JoinRules, 'keepExisting' | 'givenAway'> {
  /** Whether what a list of Clarky has beyond the file's is a change as well: it is to go. */
  readonly replaces?: boolean | undefined;
}

/** The fields in which an import of `contact` is to change `stored`. */
export function changesOf(
  contact: Contact,
  stored: StoredContact,
  { keepExisting, givenAway = [], replaces = false }: ChangeRules,
): Difference[] {
  const differences = differencesOf(contact, stored);
  for (const field of replaces ? LIST_FIELDS : []) {
    const [expected, found] = [contact[field], stored[field]];
    const isDropped = expected !== undefined && !holdsAll(field, led(field, found, expected), found);
    if (isDropped && !differences.some((one) => one.field === field)) differences.push({ field, expected, found });
  }
  const { phone_numbers: phones } = contact;
  // A blank cell empties nothing: a row without a phone says nothing about phones.
  const givesAway = phones !== undefined && !givenAway.every((phone) => holdsAll('phone_numbers', phones, [phone]));
  if (givesAway && !differences.some(({ field }) => field === 'phone_numbers')) {
    differences.push({ field: 'phone_numbers', expected: phones, found: stored.phone_numbers });
  }
  return keepExisting ? differences.filter(({ found }) => isBlank(found)) : differences;
}

/** The fields in which what is sent changes what is stored, lists that only gain or change places included. */
export function changedFields(sent: Contact, stored: StoredContact): FieldName[] {
  const was = fieldsOf(stored);
  return [...fieldsOf(sent)].flatMap(([field, value]) => (isSameValue(field, value, was.get(field)) ? [] : [field]));
}

/**
 * The contact as it is sent. It goes under what Clarky finds it by, which the file may not have, or not in the first place;
 * and a list in which the file says nothing new goes as Clarky has it, since to send the file's part could drop the rest.
 */
export function contactToSend(contact: Contact, stored: StoredContact, rules: JoinRules): Contact {
  const replaces = rules.lists === 'replace';
  const changes = new Set(changesOf(contact, stored, { ...rules, replaces }).map(({ field }) => field));
  const sent: Contact = rules.keepExisting ? onlyChanges(contact, changes) : { ...contact };
  const gone = (field: ListField, value: string): boolean =>
    field === 'phone_numbers' && rules.givenAway?.includes(value) === true;
  for (const field of LIST_FIELDS) {
    const values = contact[field];
    if (values === undefined) continue;
    if (!changes.has(field) && rules.lists !== 'as sent') sent[field] = stored[field];
    else if (rules.lists === 'join') {
      const kept = stored[field].filter((value) => !gone(field, value) || holdsAll(field, values, [value]));
      sent[field] = joined(field, kept, values);
    } else sent[field] = led(field, stored[field], values);
  }
  if (stored.emails.length > 0) sent.emails ??= stored.emails;
  else if (stored.phone_numbers.length > 0) {
    sent.phone_numbers = led('phone_numbers', stored.phone_numbers, sent.phone_numbers ?? [], true);
  }
  return rules.fillsAll ? withAllThatIsStored(sent, stored) : sent;
}

/** Differences of a contact with what it becomes in place of what the file says: a list may be joined to what is there. */
export function differencesAsSent(differences: readonly Difference[], sent: Contact): Difference[] {
  return differences.map((difference) => {
    const list = LIST_FIELDS.find((field) => field === difference.field);
    return list === undefined ? difference : { ...difference, expected: sent[list] ?? difference.expected };
  });
}

function onlyChanges(contact: Contact, changes: ReadonlySet<FieldName>): Contact {
  const sent: Contact = {};
  for (const field of TEXT_FIELDS) if (changes.has(field) && contact[field] !== undefined) sent[field] = contact[field];
  if (changes.has('deal_value') && contact.deal_value !== undefined) sent.deal_value = contact.deal_value;
  const custom = Object.entries(contact.custom_fields ?? {}).filter(([key]) => changes.has(`custom_fields.${key}`));
  return custom.length === 0 ? sent : { ...sent, custom_fields: Object.fromEntries(custom) };
}

function joined(field: ListField, stored: readonly string[], values: readonly string[]): string[] {
  return [...stored, ...values.filter((value) => !holdsAll(field, stored, [value]))];
}

/** The file's list, led by the value by which Clarky finds the contact; Clarky finds nobody by a tag. */
function led(
  field: ListField,
  stored: readonly string[],
  values: readonly string[],
  always = false,
): readonly string[] {
  const [primary] = stored;
  if (primary === undefined || field === 'tags' || (field === 'phone_numbers' && !always)) return values;
  const isPrimary = (value: string): boolean =>
    field === 'emails' ? holdsAll('emails', [primary], [value]) : isSamePhone(primary, value);
  return [primary, ...values.filter((value) => !isPrimary(value))];
}

function withAllThatIsStored(sent: Contact, stored: StoredContact): Contact {
  const whole: Contact = { ...sent };
  for (const field of TEXT_FIELDS) if (stored[field] !== undefined) whole[field] ??= stored[field];
  for (const field of LIST_FIELDS) if (stored[field].length > 0) whole[field] ??= stored[field];
  if (stored.deal_value !== undefined) whole.deal_value ??= stored.deal_value;
  const custom = Object.entries(stored.custom_fields).filter(([, value]) => !isBlank(value));
  if (custom.length === 0) return whole;
  return {
    ...whole,
    custom_fields: { ...(Object.fromEntries(custom) as Record<string, CustomValue>), ...sent.custom_fields },
  };
}

/**
 * What became of the fields that Clarky had and that were not sent: those answered as blank are lost, those answered with a
 * value were kept. What an answer does not show at all is neither.
 * @param answer the contact as it came
 */
export function leftOut(
  stored: StoredContact,
  sent: Contact,
  answer: Readonly<Record<string, unknown>>,
): { readonly lost: Map<FieldName, unknown>; readonly kept: readonly FieldName[] } {
  const lost = new Map<FieldName, unknown>();
  const kept: FieldName[] = [];
  const wrote = fieldsOf(sent);
  const custom = answer.custom_fields;
  for (const [field, value] of fieldsOf(stored)) {
    if (wrote.has(field)) continue;
    const isCustom = field.startsWith('custom_fields.');
    if (isCustom ? !isObject(custom) : !Object.hasOwn(answer, field)) continue;
    const now = isCustom && isObject(custom) ? custom[field.slice('custom_fields.'.length)] : answer[field];
    if (isBlank(now)) lost.set(field, value);
    // Clarky may keep custom fields if a write names none, and replace them all if it names some.
    else if (!isCustom || sent.custom_fields !== undefined) kept.push(field);
  }
  return { lost, kept };
}

/** Whether an answer leaves out something that Clarky had and that was not sent: it shows nothing of what became of that. */
export function hidesWhatWasLeftOut(
  stored: StoredContact,
  sent: Contact,
  answer: Readonly<Record<string, unknown>>,
): boolean {
  const wrote = fieldsOf(sent);
  return [...fieldsOf(stored).keys()].some((field) => {
    if (wrote.has(field)) return false;
    return !Object.hasOwn(answer, field.startsWith('custom_fields.') ? 'custom_fields' : field);
  });
}

/** A contact as it was read, with what it had and shows no more as blank: some servers show no blank fields. */
export function withBlanks(
  stored: StoredContact,
  read: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const fields = [...fieldsOf(stored).keys()].filter((field) => !field.startsWith('custom_fields.'));
  return { custom_fields: {}, ...Object.fromEntries(fields.map((field) => [field, null])), ...read };
}

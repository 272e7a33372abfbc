/** What is to be known of a write before it leaves, so that it can be taken back. */
import type { Contact } from '../../contact/contact.js';
import { digestText } from '../../contact/identity.js';
import { placeOfContact, type PlannedContact } from '../../plan/planned.js';
import { fieldsOf, holdsAll, isListField, isOfBot, isSameValue, type FieldName } from '../compare.js';
import { isTexts } from '../../given.js';
import { readStored, type StoredContact } from '../stored.js';
import { changedFields } from '../to-send.js';
import type { UndoFact } from './undo-lines.js';

interface Write {
  /** What is sent. */
  readonly contact: Contact;
  /** What Clarky has; undefined for somebody new. */
  readonly stored: StoredContact | undefined;
  readonly bot: string;
  /** True if its answer is to show what Clarky does with fields that a write does not name. */
  readonly isProof: boolean;
}

/** The fields that a write changes, what they held, and where that may be emptied what else the contact holds. */
export function changesOfWrite(
  write: Write,
): Pick<Extract<UndoFact, { kind: 'sending' }>, 'before' | 'wrote' | 'left' | 'seen'> {
  const { contact, stored, bot, isProof } = write;
  if (stored === undefined) return { before: {}, wrote: Object.fromEntries(fieldsOf(contact)) };
  const named = fieldsOf(contact);
  const was = fieldsOf(stored);
  const left = Object.fromEntries([...was].filter(([field]) => !named.has(field)));
  const isOfAnother = !isOfBot(stored, bot);
  // Where each bot has its own contacts, it is made with all of that.
  const changed = isOfAnother ? [...named.keys()] : changedFields(contact, stored);
  const wrote = Object.fromEntries(changed.map((field) => [field, named.get(field)]));
  const before = Object.fromEntries(changed.flatMap((field) => (was.has(field) ? [[field, was.get(field)]] : [])));
  return {
    before: isOfAnother ? { ...before, bot_id: stored.bot_id } : before,
    wrote: isOfAnother ? { ...wrote, bot_id: bot } : wrote,
    ...(isProof ? { left } : {}),
    seen: { updated_at: stored.updated_at, company_id: stored.company_id },
  };
}

/**
 * The same once the answer is there, with the fields that were sent as they were and that it shows without some of that: what is lost is
 * taken back as well. What was not sent is told elsewhere (to-send.ts), and so is what an answer does not show at all.
 * @param answer the contact as it came
 * @returns undefined where nothing of that is lost
 */
export function changesAnswered(
  write: Write,
  answer: Readonly<Record<string, unknown>>,
): ReturnType<typeof changesOfWrite> | undefined {
  const { contact, stored } = write;
  const now = readStored(answer);
  if (stored === undefined || now?.id !== stored.id) return undefined;
  const [named, is, changes] = [fieldsOf(contact), fieldsOf(now), changesOfWrite(write)];
  const isShown = (field: FieldName): boolean =>
    Object.hasOwn(answer, field.startsWith('custom_fields.') ? 'custom_fields' : field);
  const lost = [...fieldsOf(stored)].filter(([field, was]) => {
    if (!named.has(field) || Object.hasOwn(changes.wrote, field) || !isShown(field)) return false;
    if (!isListField(field) || !isTexts(was)) return !isSameValue(field, is.get(field), was);
    return !holdsAll(field, now[field], was);
  });
  if (lost.length === 0) return undefined;
  const shown = lost.map(([field]) => [field, is.get(field) ?? null] as const);
  return {
    ...changes,
    before: { ...changes.before, ...Object.fromEntries(lost) },
    wrote: { ...changes.wrote, ...Object.fromEntries(shown) },
  };
}

/** Whom a write is of: the contact, and the row that stands for it. */
export function sendingOf(planned: Pick<PlannedContact, 'identity' | 'records'>) {
  return { kind: 'sending', identity: digestText(planned.identity), ...placeOfContact(planned) } as const;
}

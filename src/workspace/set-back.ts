/** What taking back a contact means, field by field: nothing that a person changed since is touched. Pure. */
import type { ContactPointShape } from '../contact/payload.js';
import { CONTACT_FIELDS } from '../contact/contact.js';
import { fieldsOf, holdsAll, isListField, isSameValue, type FieldName } from './compare.js';
import { isTexts } from '../given.js';
import { isBlankOther, otherFieldsChanged, type OtherFields } from './other-fields.js';
import { isProvedOld, type StoredContact } from './stored.js';
import type { UndoEntry } from './undo/undo-journal.js';
import type { Seen } from './undo/undo-lines.js';

/** Why something is left as it is. */
export type LeftReason =
  /** Somebody changed these fields since. */
  | 'changed'
  /** Clarky did not say whether it made the contact or wrote to one that was there. */
  | 'unclear'
  /** It was taken for a new one, but Clarky wrote to one that was there: what it held is not known. */
  | 'not_known_before'
  /** No answer came: whether it arrived is not known. */
  | 'unanswered'
  /** The import did not get it there: who is there all the same came otherwise. */
  | 'not_taken'
  /** Clarky answers with another contact in its place. */
  | 'merged'
  /** An import of another file has found it there since. */
  | 'in_another_file'
  /** Clarky shows it as it was before it answered the import. */
  | 'reads_behind';

export type UndoStep =
  | { readonly kind: 'delete' }
  /** Fields to set back, and those that somebody changed since. */
  | { readonly kind: 'set_back'; readonly fields: readonly FieldName[]; readonly left: readonly FieldName[] }
  | { readonly kind: 'leave'; readonly reason: LeftReason; readonly fields: readonly string[] }
  /** It is gone, or holds what it held before. */
  | { readonly kind: 'nothing' };

/** Clarky links a contact to a company by its email, some time after it was written: no person did that. */
const SERVERS_OWN: ReadonlySet<FieldName> = new Set(['company_id']);

/**
 * Decides what undo does with a contact.
 * @param current the contact as it is now; undefined where it is not there any more
 * @param others its fields that the importer does not write, as they are now, where they are known
 * @param nowMs since the epoch, when it was read; without it, it was read soon after the import
 */
export function undoStepOf(
  entry: UndoEntry,
  current: StoredContact | undefined,
  others?: OtherFields,
  nowMs = -Infinity,
): UndoStep {
  if (current !== undefined && entry.id !== undefined && current.id !== entry.id) {
    return { kind: 'leave', reason: 'merged', fields: [] };
  }
  if (isShownAsBefore(entry, current, nowMs)) return { kind: 'leave', reason: 'reads_behind', fields: [] };
  if (entry.wasThere) return current === undefined ? { kind: 'nothing' } : setBackStep(entry, current);
  if (entry.hasNotCome === true) return { kind: 'nothing' };
  if (!entry.isAccepted) {
    return { kind: 'leave', reason: entry.wasNotTaken === true ? 'not_taken' : 'unanswered', fields: [] };
  }
  if (current === undefined) return { kind: 'nothing' };
  if (entry.created === undefined) return { kind: 'leave', reason: 'unclear', fields: [] };
  if (!entry.created) return { kind: 'leave', reason: 'not_known_before', fields: [] };
  const changed = [...fieldsChangedSince(entry, current), ...othersChangedSince(entry, current, others)];
  if (changed.length === 0 && wasTouchedSince(entry, current)) return { kind: 'leave', reason: 'changed', fields: [] };
  if (changed.length > 0) return { kind: 'leave', reason: 'changed', fields: changed };
  return entry.isElsewhere === true ? { kind: 'leave', reason: 'in_another_file', fields: [] } : { kind: 'delete' };
}

function isShownAsBefore({ after }: UndoEntry, seen: StoredContact | undefined, nowMs: number): boolean {
  return isProvedOld(Date.parse(seen?.updated_at ?? ''), Date.parse(after?.updated_at ?? ''), nowMs);
}

/** Every field that an import may have changed, those that it never writes included. */
function allFieldsOf(contact: StoredContact): Map<FieldName, unknown> {
  const fields = fieldsOf(contact);
  for (const [field, value] of Object.entries(contact.others ?? {})) fields.set(field as FieldName, value);
  return contact.bot_id === undefined ? fields : fields.set('bot_id', contact.bot_id);
}

function setBackStep(entry: UndoEntry, current: StoredContact): UndoStep {
  const now = allFieldsOf(current);
  const fields: FieldName[] = [];
  const left: FieldName[] = [];
  for (const field of Object.keys(entry.wrote) as FieldName[]) {
    const before = entry.before[field];
    // What went out as it was is none of the import's.
    if (isSameValue(field, now.get(field), before) || isSameValue(field, entry.wrote[field], before)) continue;
    (holdsWhatWasWritten(entry, field, now.get(field)) ? fields : left).push(field);
  }
  if (fields.length > 0) return { kind: 'set_back', fields, left };
  return left.length > 0 ? { kind: 'leave', reason: 'changed', fields: left } : { kind: 'nothing' };
}

function holdsWhatWasWritten(entry: UndoEntry, field: FieldName, now: unknown): boolean {
  const wrote = entry.wrote[field];
  if (isSameValue(field, now, wrote)) return true;
  if (entry.after !== undefined && isSameValue(field, now, allFieldsOf(entry.after).get(field))) return true;
  if (!isListField(field) || !isTexts(now) || !isTexts(wrote)) return false;
  // The server may have joined what was written to what was there.
  const before = entry.before[field];
  return holdsAll(field, now, wrote) && holdsAll(field, [...wrote, ...(isTexts(before) ? before : [])], now);
}

/** Whether a contact holds what was sent last: an answer that was not heard would have shown it. */
export function holdsAllThatWasWritten(entry: UndoEntry, current: StoredContact): boolean {
  const now = allFieldsOf(current);
  return (Object.keys(entry.wrote) as FieldName[]).every((field) => {
    if (isSameValue(field, now.get(field), entry.wrote[field])) return true;
    return isListField(field) && holdsWhatWasWritten(entry, field, now.get(field));
  });
}

/** Whether a contact that the import was to make is as it was to be made, and holds nothing else. */
export function isAsWritten(entry: Pick<UndoEntry, 'wrote' | 'after'>, current: StoredContact): boolean {
  return fieldsChangedSince(entry, current).length === 0;
}

/**
 * Whether somebody wrote to a contact since it was answered, be it a field that is not known here. A company that Clarky
 * itself has linked since explains a later moment.
 */
function wasTouchedSince({ after }: Pick<UndoEntry, 'after'>, current: Seen): boolean {
  if (after?.updated_at === undefined || current.updated_at === undefined) return false;
  if (Date.parse(after.updated_at) === Date.parse(current.updated_at)) return false;
  return after.company_id === current.company_id;
}

/** Whether it is certain that nobody wrote to a contact between an answer that showed it and a later look. */
export function isAsAnswered(entry: Pick<UndoEntry, 'after'>, seen: Seen | undefined): boolean {
  const isKnown = entry.after?.updated_at !== undefined && seen?.updated_at !== undefined;
  return isKnown && !wasTouchedSince(entry, seen);
}

/** The owner and the like. Where the server says when a contact was written, a field that only a reading shows is not counted. */
function othersChangedSince({ others: was, after }: UndoEntry, current: StoredContact, is: OtherFields = {}): string[] {
  const isMomentKnown = after?.updated_at !== undefined && current.updated_at !== undefined;
  return was === undefined ? [] : otherFieldsChanged(was, is, !isMomentKnown);
}

/** The fields that have changed since the import made the contact. */
function fieldsChangedSince({ wrote, after }: Pick<UndoEntry, 'wrote' | 'after'>, current: StoredContact): FieldName[] {
  const now = fieldsOf(current);
  const made = after === undefined ? new Map<FieldName, unknown>() : fieldsOf(after);
  // What Clarky did not keep is how it was made; an answer that leaves out what it did keep tells nothing.
  const isUntouched = after?.updated_at !== undefined && after.updated_at === current.updated_at;
  const asMade = (field: FieldName): unknown => made.get(field) ?? (isUntouched ? undefined : wrote[field]);
  const all = new Set([...now.keys(), ...made.keys(), ...(Object.keys(wrote) as FieldName[])]);
  return [...all].filter((field) => {
    if (SERVERS_OWN.has(field) && wrote[field] === undefined) return false;
    const value = field === 'bot_id' ? current.bot_id : now.get(field);
    return !isSameValue(field, value, wrote[field]) && !isSameValue(field, value, asMade(field));
  });
}

/** Fields with a value that a write does not name. */
export function fieldsLeftOut(contact: StoredContact, named: readonly FieldName[]): FieldName[] {
  return [...allFieldsOf(contact).keys()].filter((field) => !named.includes(field));
}

/** Those of them that hold nothing after it. */
export function emptiedBy(was: StoredContact, now: StoredContact, named: readonly FieldName[]): FieldName[] {
  const left = allFieldsOf(now);
  return fieldsLeftOut(was, named).filter((field) => !left.has(field));
}

/** What a contact is set back to where a PATCH empties what it does not name: these fields, and all else as it is. */
export function wholeOf(
  { before }: Pick<UndoEntry, 'before'>,
  fields: readonly FieldName[],
  current: StoredContact,
  emptied: ReadonlySet<FieldName>,
): Pick<UndoEntry, 'before'> {
  const known = fieldsOf(current);
  const kept = [...allFieldsOf(current)].filter(([field]) => known.has(field) || emptied.has(field));
  const set = fields.map((field) => [field, before[field]] as const);
  return { before: Object.fromEntries([...kept, ...set]) };
}

/** The values that a contact holds in these fields. */
export function valuesIn(contact: StoredContact, fields: readonly FieldName[]): UndoEntry['before'] {
  const all = allFieldsOf(contact);
  return Object.fromEntries(fields.map((field) => [field, all.get(field)]));
}

/** The body of the PATCH that sets these fields back; null or an empty list where a field was blank. */
export function setBackBody(
  entry: Pick<UndoEntry, 'before'>,
  fields: readonly FieldName[],
  current: StoredContact,
  shape: ContactPointShape,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const before = entry.before[field];
    if (field.startsWith('custom_fields.')) {
      // All of them: whether a PATCH joins them to those that are there is not documented.
      const sofar = (body.custom_fields ?? current.custom_fields) as Record<string, unknown>;
      body.custom_fields = { ...sofar, [field.slice('custom_fields.'.length)]: before ?? null };
    } else if (isListField(field)) {
      const values = isTexts(before) ? before : [];
      const key = field === 'emails' ? 'email' : 'phone_number';
      body[field] =
        field === 'tags' || shape === 'strings'
          ? values
          : values.map((value, at) => ({ [key]: value, is_primary: at === 0 }));
    } else {
      body[field] = before ?? null;
    }
  }
  return body;
}

/** Where a contact that was set back is not what was meant: a field not as before, or another one touched. */
export function notAsMeant(
  entry: Pick<UndoEntry, 'before'>,
  fields: readonly FieldName[],
  was: StoredContact,
  now: StoredContact,
): FieldName[] {
  const wasFields = allFieldsOf(was);
  const nowFields = allFieldsOf(now);
  return [...new Set([...wasFields.keys(), ...nowFields.keys(), ...fields])].filter((field) => {
    const meant = fields.includes(field) ? entry.before[field] : wasFields.get(field);
    // What a server sets by itself may change; it is not to be empty.
    if (isSetByServer(field)) return !isBlankOther(meant) && !nowFields.has(field);
    return !isSameValue(field, nowFields.get(field), meant);
  });
}

/** Lists that were to lose something, and have all that they had and should have: the server adds to them, and takes nothing out. */
export function stillJoined(
  entry: Pick<UndoEntry, 'before'>,
  fields: readonly FieldName[],
  was: StoredContact,
  now: StoredContact,
): FieldName[] {
  const [wasFields, nowFields] = [allFieldsOf(was), allFieldsOf(now)];
  return fields.filter((field) => {
    const [meant = [], had, has] = [entry.before[field] ?? [], wasFields.get(field), nowFields.get(field)];
    if (!isListField(field) || !isTexts(meant) || !isTexts(had) || !isTexts(has)) return false;
    return !isSameValue(field, has, meant) && holdsAll(field, has, [...had, ...meant]);
  });
}

function isSetByServer(field: FieldName): boolean {
  if (SERVERS_OWN.has(field)) return true;
  return field !== 'bot_id' && !field.startsWith('custom_fields.') && !CONTACT_FIELDS.some((known) => known === field);
}

/** What a write emptied that was cut off before its answer could show it. */
import { CONTACT_FIELDS } from '../../contact/contact.js';
import { fieldsOf, type FieldName } from '../compare.js';
import type { StoredContact } from '../stored.js';
import type { UndoEntry } from './undo-journal.js';

/**
 * The fields that a contact held, that the write did not name, and that are blank now; none of one that was answered and given
 * back what its answer showed to be lost.
 */
export function emptiedFields(entry: UndoEntry | undefined, now: StoredContact): Map<FieldName, unknown> {
  if (entry === undefined || entry.isAccepted || entry.id !== now.id) return new Map();
  const lost = Object.entries(entry.before).filter(([field]) => entry.wrote[field] === null);
  const held = Object.entries({ ...entry.left, ...Object.fromEntries(lost) }) as [FieldName, unknown][];
  const there = fieldsOf(now);
  return new Map(held.filter(([field]) => isSendable(field) && !there.has(field)));
}

const CUSTOM = 'custom_fields.';

/** The contact as it was with these. */
export function withFields(contact: StoredContact, fields: ReadonlyMap<FieldName, unknown>): StoredContact {
  const own = [...fields].filter(([field]) => !field.startsWith(CUSTOM));
  const custom = [...fields].filter(([field]) => field.startsWith(CUSTOM));
  return {
    ...contact,
    ...Object.fromEntries(own),
    custom_fields: {
      ...contact.custom_fields,
      ...Object.fromEntries(custom.map(([field, value]) => [field.slice(CUSTOM.length), value])),
    },
  };
}

function isSendable(field: FieldName): boolean {
  return field.startsWith(CUSTOM) || CONTACT_FIELDS.some((known) => known === field);
}

/** What a write emptied that was cut off before its answer could show it. */
import { fieldsOf, type FieldName } from '../compare.js';
import type { StoredContact } from '../stored.js';
import type { UndoEntry } from './undo-journal.js';

/** The fields that a contact held, that the write did not name, and that are blank now; none of one that was answered. */
export function emptiedFields(entry: UndoEntry | undefined, now: StoredContact): Map<FieldName, unknown> {
  if (entry?.left === undefined || entry.isAccepted || entry.id !== now.id) return new Map();
  const held = fieldsOf(now);
  return new Map((Object.entries(entry.left) as [FieldName, unknown][]).filter(([field]) => !held.has(field)));
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

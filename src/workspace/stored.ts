/** A contact as the workspace holds it, whichever of the documented shapes it was sent in (Clarky API, "The contact"). */
import { TEXT_FIELDS, type TextField } from '../contact/contact.js';
import { otherValuesOf } from './other-fields.js';

/** Fields as the API gave them, emails and phones as plain strings with the primary one first. */
export interface StoredContact extends Partial<Record<TextField, string>> {
  readonly id: string;
  /** The bot that has it, where that is told. */
  readonly bot_id?: string;
  readonly emails: readonly string[];
  readonly phone_numbers: readonly string[];
  readonly tags: readonly string[];
  readonly deal_value?: number;
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly updated_at?: string;
  /** What else it shows that is not blank: fields that the importer never writes. */
  readonly others?: Readonly<Record<string, unknown>>;
}

/** As it is kept in a file, and read from there by `readStored`. */
export function wireOf({ others, ...stored }: StoredContact): object {
  return { ...others, ...stored };
}

/**
 * Reads a contact of an answer.
 * @returns undefined where it has no id: such an answer is not understood, and never taken for a contact
 */
export function readStored(wire: unknown): StoredContact | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const fields = wire as Record<string, unknown>;
  if (typeof fields.id !== 'string' && typeof fields.id !== 'number') return undefined;
  const text: Partial<Record<TextField, string>> = {};
  for (const field of TEXT_FIELDS) {
    const value = fields[field];
    if (typeof value === 'string' && value !== '') text[field] = value;
  }
  const others = otherValuesOf(fields);
  const dealValue = typeof fields.deal_value === 'string' ? Number(fields.deal_value) : fields.deal_value;
  return {
    ...text,
    id: String(fields.id),
    ...(typeof fields.bot_id === 'string' ? { bot_id: fields.bot_id } : {}),
    emails: pointsOf(fields.emails, 'email'),
    phone_numbers: pointsOf(fields.phone_numbers, 'phone_number'),
    tags: Array.isArray(fields.tags) ? fields.tags.filter((tag) => typeof tag === 'string') : [],
    ...(typeof dealValue === 'number' && Number.isFinite(dealValue) ? { deal_value: dealValue } : {}),
    custom_fields:
      typeof fields.custom_fields === 'object' && fields.custom_fields !== null && !Array.isArray(fields.custom_fields)
        ? (fields.custom_fields as Record<string, unknown>)
        : {},
    ...(typeof fields.updated_at === 'string' ? { updated_at: fields.updated_at } : {}),
    ...(Object.keys(others).length > 0 ? { others } : {}),
  };
}

/** Strings or objects with a flag; the first is the primary one where no flag is set. */
function pointsOf(wire: unknown, key: 'email' | 'phone_number'): string[] {
  if (!Array.isArray(wire)) return [];
  const primary: string[] = [];
  const others: string[] = [];
  for (const item of wire as unknown[]) {
    if (typeof item === 'string') others.push(item);
    else if (typeof item === 'object' && item !== null) {
      const { [key]: value, is_primary: isPrimary } = item as Record<string, unknown>;
      if (typeof value === 'string') (isPrimary === true ? primary : others).push(value);
    }
  }
  return [...primary, ...others];
}

/** Some servers keep what was deleted, and say when that was. */
export function isMarkedDeleted(contact: Readonly<Record<string, unknown>>): boolean {
  const marks = ['deleted_at', 'archived_at', 'is_deleted', 'deleted', 'is_archived', 'archived'];
  return marks.some((mark) => {
    const value = contact[mark];
    return value === true || (mark.endsWith('_at') && typeof value === 'string' && value !== '');
  });
}

/** Whether what was read was written before an answer, by their stamps. One of whole seconds stands for all of its second. */
export function isStampedBefore(readMs: number, answeredMs: number): boolean {
  const isOfSeconds = readMs % 1000 === 0;
  return readMs < (isOfSeconds ? Math.floor(answeredMs / 1000) * 1000 : answeredMs);
}

/** Whether what was read says that it is no older than an answer; false where either has no stamp. */
export function isStampedSince(readMs: number, answeredMs: number): boolean {
  return !Number.isNaN(readMs - answeredMs) && !isStampedBefore(readMs, answeredMs);
}

/** What writes and what is read may be stamped by two clocks of one system. */
const SAME_MOMENT_MS = 1000;
/** So long after an answer, what is older than it is no truth, however long it was asked for; later the workspace was set back. */
const PROVED_MS = 10 * 60_000;

/** Whether what was read was written last before an answer that came already: who reads is behind, and there is more than it shows. */
export function isProvedOld(readMs: number, answeredMs: number, nowMs: number): boolean {
  return readMs + SAME_MOMENT_MS < answeredMs && nowMs - answeredMs < PROVED_MS;
}

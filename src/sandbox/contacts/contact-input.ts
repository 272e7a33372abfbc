import type { Readings } from '../readings.js';
import { SERVER_FIELDS, TEXT_FIELDS, type ContactPoint, type TextField, type WireContact } from '../wire.js';

/** A write's body once its types are known to be right: only the fields that it has. */
export interface ContactInput extends Partial<
  Pick<WireContact, TextField | 'bot_id' | 'tags' | 'deal_value' | 'custom_fields'>
> {
  emails?: ContactPoint[];
  phone_numbers?: ContactPoint[];
}

/** A value, or the field that is at fault and why. */
export type Checked<Value> = { ok: true; value: Value } | { ok: false; field: string; message: string };

/** What the sandbox's own settings have to do with a body. */
export type InputRules = Pick<Readings, 'accepts' | 'unknownFields' | 'normalises'>;

const POINT_KEYS = { emails: 'email', phone_numbers: 'phone_number' } as const;
type PointField = keyof typeof POINT_KEYS;

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...TEXT_FIELDS,
  ...SERVER_FIELDS,
  'bot_id',
  'emails',
  'phone_numbers',
  'tags',
  'deal_value',
  'custom_fields',
]);

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks the types of a write's fields (Clarky API, "The contact"). Whether ids exist is not looked at. */
export function readContactInput(body: Record<string, unknown>, rules: InputRules): Checked<ContactInput> {
  const input: ContactInput = {};
  if (rules.unknownFields === 'reject') {
    const unknown = Object.keys(body).find((field) => !KNOWN_FIELDS.has(field));
    if (unknown !== undefined) return wrong(unknown, 'is not a field of a contact');
  }
  for (const field of TEXT_FIELDS) {
    const value = body[field];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') return wrong(field, 'must be a string or null');
    input[field] = value;
  }
  if (body.bot_id !== undefined) {
    if (typeof body.bot_id !== 'string') return wrong('bot_id', 'must be a string');
    input.bot_id = body.bot_id;
  }
  for (const field of ['emails', 'phone_numbers'] as const) {
    if (body[field] === undefined) continue;
    const points = readPoints(body[field], field, rules);
    if (!points.ok) return points;
    input[field] = points.value;
  }
  const { tags, deal_value: dealValue, custom_fields: customFields } = body;
  if (tags !== undefined) {
    if (!isStringArray(tags)) return wrong('tags', 'must be an array of strings');
    input.tags = [...new Set(tags)];
  }
  if (dealValue !== undefined) {
    if (dealValue !== null && typeof dealValue !== 'number') return wrong('deal_value', 'must be a number or null');
    input.deal_value = dealValue;
  }
  if (customFields !== undefined) {
    if (!isJsonObject(customFields)) return wrong('custom_fields', 'must be an object');
    input.custom_fields = customFields;
  }
  return { ok: true, value: input };
}

/** The point that stands for the contact: the flagged one, else the first. */
export function primaryOf(points: readonly ContactPoint[] | undefined): string | undefined {
  return (points?.find((point) => point.primary) ?? points?.[0])?.value;
}

function readPoints(value: unknown, field: PointField, rules: InputRules): Checked<ContactPoint[]> {
  if (!Array.isArray(value)) return wrong(field, 'must be an array');
  const points: ContactPoint[] = [];
  for (const item of value as unknown[]) {
    const point = readPoint(item, field, rules.accepts);
    if (!point.ok) return point;
    points.push(rules.normalises ? { ...point.value, value: normalised(point.value.value, field) } : point.value);
  }
  const primary = Math.max(
    0,
    points.findIndex((point) => point.primary),
  );
  return { ok: true, value: points.map((point, index) => ({ value: point.value, primary: index === primary })) };
}

function readPoint(item: unknown, field: PointField, accepts: Readings['accepts']): Checked<ContactPoint> {
  const key = POINT_KEYS[field];
  if (typeof item === 'string') {
    if (accepts === 'objects') return wrong(field, `must hold objects with ${key}`);
    return checkPoint(item, false, field);
  }
  if (!isJsonObject(item)) return wrong(field, `must hold strings or objects with ${key}`);
  if (accepts === 'strings') return wrong(field, 'must hold strings');
  const { [key]: value, is_primary: primary } = item;
  if (typeof value !== 'string') return wrong(field, `must hold objects with ${key}`);
  if (primary !== undefined && typeof primary !== 'boolean')
    return wrong(field, 'has an is_primary that is no boolean');
  return checkPoint(value, primary === true, field);
}

function checkPoint(value: string, primary: boolean, field: PointField): Checked<ContactPoint> {
  const readable = field === 'emails' ? /^[^@\s]+@[^@\s]+$/u.test(value.trim()) : /\d/u.test(value);
  if (readable) return { ok: true, value: { value, primary } };
  return wrong(
    field,
    field === 'emails' ? 'holds something that is no email' : 'holds something that is no phone number',
  );
}

/** What a server that tidies up makes of a value: another spelling of the same thing. */
function normalised(value: string, field: PointField): string {
  if (field === 'emails') return value.trim().toLowerCase();
  const digits = value.replace(/\D/gu, '');
  return `${value.trim().startsWith('+') ? '+' : ''}${digits.replace(/(\d{3})(?=\d)/gu, '$1 ')}`;
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function wrong(field: string, what: string): { ok: false; field: string; message: string } {
  return { ok: false, field, message: `${field} ${what}` };
}

/** An object as cells: what is inside an object gets a name of two parts, a list of texts becomes one cell. */
import { isObject } from '../../given.js';

/** Levels inside a record that become columns. */
const MAX_DEPTH = 6;
/** Objects of a list inside a record that become columns: "emails 1 address", "emails 2 address". */
export const MAX_LISTED = 10;

/** Characters of a column's name; names of names would otherwise grow far beyond the object. */
const LONGEST_NAME = 1000;

/** Stands before and after the place of an object in a list, inside the name of a column. */
const MARK = '\u0000';
const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');

type JsonObject = Readonly<Record<string, unknown>>;

function scalarText(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'number' ? numberText(value) : undefined;
}

/** Never `4.4e+21`: a long number is a phone or an id. */
const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);

const PRIMARY = ['is_primary', 'isPrimary', 'primary', 'is_default', 'isDefault', 'default', 'preferred', 'pref'];

/** A list of objects with the one first that says it is the primary one. */
function primaryFirst(list: readonly unknown[]): readonly unknown[] {
  const says = (item: unknown): boolean => isObject(item) && PRIMARY.some((key) => item[key] === true);
  const isPrimary = (item: unknown): boolean => says(item) || (isObject(item) && says(item.metadata));
  return [...list].sort((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)));
}

/** Lists whose objects are names of groups, and what such an object calls its name. */
const LABEL_LIST = /(?:^|[._ ])(?:tags?|labels?|categor(?:y|ies)|groups?|segments?)$/i;
const LABEL_KEYS = ['name', 'label', 'title', 'tag', 'text', 'value', 'slug'];

/** The names of tags that are objects: `[{"id": 1, "name": "VIP"}]`. */
function labelsOf(list: readonly unknown[], name: string): string[] | undefined {
  if (!LABEL_LIST.test(name)) return undefined;
  const labels = list.map((item) => {
    const key = isObject(item) ? LABEL_KEYS.find((candidate) => typeof item[candidate] === 'string') : undefined;
    return isObject(item) && key !== undefined ? scalarText(item[key]) : undefined;
  });
  return labels.every((label) => label !== undefined) ? labels.filter((label) => label !== '') : undefined;
}

const PAIR_NAMES = ['name', 'key', 'question', 'field_name', 'fieldName'];
const PAIR_VALUES = ['value', 'values', 'answer'];

/** Fields that stand as a list of names and values: `[{"name": "email", "values": ["…"]}]`. */
function pairsOf(list: readonly unknown[]): readonly (readonly [string, unknown])[] | undefined {
  const pairs = list.map((item): readonly [string, unknown] | undefined => {
    if (!isObject(item)) return undefined;
    const name = PAIR_NAMES.map((key) => item[key]).find((text) => typeof text === 'string' && text !== '');
    const value = PAIR_VALUES.find((key) => key in item);
    return typeof name === 'string' && value !== undefined ? [name, item[value]] : undefined;
  });
  const found = pairs.filter((pair) => pair !== undefined);
  const names = new Set(found.map(([name]) => name));
  return found.length === list.length && names.size === list.length ? found : undefined;
}

/** Databases write a value with its type around it: `{"S": "Ada"}`, `{"$oid": "…"}`, `{"stringValue": "Ada"}`. */
const TYPED =
  /^(?:[SN]|BOOL|M|L|NULL|\$(?:oid|date|numberLong|numberInt)|(?:string|integer|boolean|timestamp|map)Value)$/;

function untyped(value: JsonObject): unknown {
  const [key = '', ...others] = Object.keys(value);
  return others.length === 0 && TYPED.test(key) ? value[key] : value;
}

/** Of a number in two spellings, the international one: `{"value": "(212) 555-0147", "canonicalForm": "+12125550147"}`. */
function inOneSpelling(value: JsonObject): JsonObject {
  const { canonicalForm, ...others } = value;
  return typeof canonicalForm === 'string' && canonicalForm !== '' ? { ...others, value: canonicalForm } : value;
}

/** Clarky's own custom fields: each is one column, whatever it holds. */
const CUSTOM = 'custom_fields.';
const CUSTOM_DEPTH = 2;

/** A list in one cell. */
function listText(list: unknown): string {
  const texts = Array.isArray(list) ? list.map(scalarText) : [undefined];
  return texts.every((item) => item !== undefined)
    ? texts.filter((item) => item !== '').join('; ')
    : JSON.stringify(list);
}

/** What a record becomes. */
export interface Flattened {
  /** By the columns' full names, which `nameOfColumn` makes readable. */
  readonly cells: ReadonlyMap<string, string>;
  /** What a text alone does not tell: numbers, truths and lists, and all that Clarky's own `custom_fields` hold. */
  readonly given: ReadonlyMap<string, unknown>;
  /** How many objects each list has, by its name without places. */
  readonly lengths: ReadonlyMap<string, number>;
}

/** A key, or keys inside one another, that can name no column. */
export class LongName extends Error {
  constructor() {
    super(`a key is longer than ${LONGEST_NAME} characters`);
  }
}

/** The cells of an object by their columns, in its own order. @throws LongName */
export function flatten(object: object): Flattened {
  const cells = new Map<string, string>();
  const lengths = new Map<string, number>();
  const given = new Map<string, unknown>();
  const emit = (name: string, text: string): void => {
    // What is blank in one spelling of a name may stand in another.
    if (text !== '' || !cells.has(name)) cells.set(name, text);
  };
  const visitList = (list: readonly unknown[], name: string, depth: number): void => {
    const plain = list.map((item) => (isObject(item) ? untyped(item) : item));
    const texts = plain.map(scalarText);
    const areScalars = texts.every((item) => item !== undefined);
    const values = areScalars ? texts.filter((item) => item !== '') : labelsOf(plain, name);
    if (values !== undefined) {
      emit(name, values.join('; '));
      given.set(name, areScalars ? plain : values);
      return;
    }
    for (const [key, value] of pairsOf(plain) ?? []) visit(value, `${name}.${key}`, depth + 1);
    if (pairsOf(plain) !== undefined) return;
    const bare = name.replace(MARKED, '');
    lengths.set(bare, Math.max(lengths.get(bare) ?? 0, plain.length));
    primaryFirst(plain)
      .slice(0, MAX_LISTED)
      .forEach((item: unknown, at) => {
        visit(item, `${name}${MARK}${at + 1}${MARK}`, depth + 1);
      });
  };
  const visit = (held: unknown, name: string, depth: number): void => {
    if (name.length > LONGEST_NAME) throw new LongName();
    const value = isObject(held) ? untyped(held) : held;
    const text = scalarText(value);
    const isCustom = depth === CUSTOM_DEPTH && name.startsWith(CUSTOM);
    if (typeof value === 'number' || typeof value === 'boolean' || (isCustom && text !== '')) given.set(name, held);
    if (text !== undefined) emit(name, text);
    else if (isCustom && isObject(held)) emit(name, JSON.stringify(held));
    else if (isCustom) emit(name, listText(held));
    else if (depth >= MAX_DEPTH) emit(name, JSON.stringify(value));
    else if (Array.isArray(value)) visitList(value, name, depth);
    else {
      for (const [key, inner] of Object.entries(inOneSpelling(value as JsonObject))) {
        visit(inner, name === '' ? key : `${name}.${key}`, depth + 1);
      }
    }
  };
  visit(object, '', 0);
  return { cells, lengths, given };
}

/** The name of a column for people: places are told only in lists that hold several objects in some record. */
export function nameOfColumn(name: string, lengths: ReadonlyMap<string, number>): string {
  return name.replace(MARKED, (_, place: string, at: number) => {
    const list = name.slice(0, at).replace(MARKED, '');
    return (lengths.get(list) ?? 1) > 1 ? ` ${place}` : '';
  });
}

/** Whether a column holds a part of what another one would hold. */
export function isPartOf(column: string, whole: string): boolean {
  return column.startsWith(whole) && (column[whole.length] === '.' || column[whole.length] === MARK);
}

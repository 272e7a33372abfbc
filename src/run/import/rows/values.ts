/** What a row of the caller's holds, as JSON holds it; what no cell can hold is an error, and never left out in silence. */
import { types } from 'node:util';

/** Why a value can be in no cell: what it is, and what helps. */
export class NoCell extends Error {
  constructor(
    readonly what: string,
    readonly help?: string,
  ) {
    super(what);
  }
}

/** What an object is where it holds no values by their names; undefined where it does. */
export function whatNoRecord(value: object): NoCell | undefined {
  if (types.isPromise(value) || typeof (value as { then?: unknown }).then === 'function')
    return new NoCell('a Promise', 'Await it first.');
  if (types.isMap(value)) return new NoCell('a Map', 'Make an object of it by Object.fromEntries.');
  if (types.isSet(value)) return new NoCell('a Set', 'Make a list of it by Array.from.');
  if (types.isDate(value)) return new NoCell('a Date');
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value))
    return new NoCell('bytes', 'Make a text of them first, such as by toString.');
  if (types.isBoxedPrimitive(value) || value instanceof URL) return new NoCell(`a ${nameOf(value)}`);
  if (types.isNativeError(value)) return new NoCell('an Error', 'Take its message.');
  if (types.isProxy(value) || isPlain(value) || Object.keys(value).length > 0) return undefined;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return undefined;
  return new NoCell(`a ${nameOf(value)} without values of its own`, 'Make an object of its values.');
}

function nameOf(value: object): string {
  const { constructor } = value as { constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object';
}

/** Of another realm as well. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * A value as JSON has it: a Set is a list, a Map an object, a URL its text. Functions of an object of a class are its methods, and no
 * values.
 * @param within the objects that it is in
 * @throws NoCell
 */
export function jsonValue(value: unknown, within: readonly object[] = []): unknown {
  switch (typeof value) {
    case 'bigint':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new NoCell(String(value));
      return value;
    case 'symbol':
      throw new NoCell('a symbol');
    case 'function':
      throw new NoCell('a function', 'Call it, or leave it out.');
    case 'object':
      return value === null ? null : jsonObject(value, within);
    default:
      return value;
  }
}

function jsonObject(value: object, within: readonly object[]): unknown {
  if (within.includes(value)) throw new NoCell('itself', 'Leave it out.');
  const inside = [...within, value];
  const listed = (list: Iterable<unknown>): unknown[] => Array.from(list, (item) => jsonValue(item, inside) ?? null);
  if (Array.isArray(value) || types.isSet(value)) return listed(value as Iterable<unknown>);
  if (types.isMap(value)) return byName(value as ReadonlyMap<unknown, unknown>, inside);
  if (types.isDate(value)) {
    if (Number.isNaN(value.getTime())) throw new NoCell('a date that is none');
    // Inside custom_fields it is sent as it is: one at midnight is a day.
    return within.length < 2 ? value.toJSON() : value.toJSON().replace(/T00:00:00\.000Z$/, '');
  }
  if (types.isBoxedPrimitive(value)) return jsonValue(value.valueOf(), inside);
  if (value instanceof URL) return value.href;
  const none = whatNoRecord(value);
  if (none !== undefined) throw none;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return jsonValue(toJSON.call(value, ''), inside);
  const entries = Object.entries(value) as [string, unknown][];
  return byName(isPlain(value) ? entries : entries.filter(([, held]) => typeof held !== 'function'), inside);
}

function byName(entries: Iterable<readonly [unknown, unknown]>, inside: readonly object[]): object {
  const values: [string, unknown][] = [];
  for (const [name, value] of entries) {
    if (typeof name !== 'string' && typeof name !== 'number') throw new NoCell('a Map whose keys are no texts');
    const json = jsonValue(value, inside);
    if (json !== undefined) values.push([String(name), json]);
  }
  return Object.fromEntries(values);
}

/** Whether nothing is in it. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.values(value).every(isNothing);
}

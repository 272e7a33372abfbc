/** Kinds of what only code hands over: a function, a list, an object whose every name is known. Pure. */
import { didYouMean } from '../edit-distance.js';
import { shown, type Checked, type Kind } from './kind.js';

/** The kinds of the options of a call, by name. */
export type Kinds<Options> = Readonly<Record<keyof Required<Options>, Kind<unknown>>>;

/** What a test tells. @param words what it is to be, as a sentence ends: `a function` */
export function whatIs(test: (raw: unknown) => boolean, words: string): Kind<unknown> {
  return { control: 'text', check: (raw) => (test(raw) ? { value: raw } : notWhat(raw, words)) };
}

/** The words for a value that is not what an option takes. */
export function notWhat(raw: unknown, words: string): Checked<never> {
  const wrong = raw === undefined ? 'it is left out' : `${shown(raw)} is not what it takes`;
  return { wrong, next: `It is ${words}.` };
}

const isText = (raw: unknown): raw is string => typeof raw === 'string' && raw.trim() !== '';

export const TRUTH = whatIs((raw) => typeof raw === 'boolean', 'true or false');
export const FUNCTION = whatIs((raw) => typeof raw === 'function', 'a function');
export const SIGNAL = whatIs((raw) => raw instanceof AbortSignal, 'an AbortSignal');
export const TEXTS = whatIs((raw) => Array.isArray(raw) && raw.every(isText), 'a list of texts');
export const API_KEY = whatIs(isText, 'an API key');
export const FILE = whatIs(isText, 'the path of a file or a folder');
export const PATHS_IN_CODE = whatIs(
  (raw) => Array.isArray(raw) && raw.length > 0 && raw.every(isText),
  'a list of paths, one at least',
);
export const STATE_DIR = whatIs((raw) => raw === false || isText(raw), 'the path of a folder, or false');

/** A text that a header or an address may hold: not blank, and no space in it. */
export const WORD = whatIs((raw) => typeof raw === 'string' && /^\S+$/u.test(raw), 'a text without spaces');

/** Time in milliseconds. @param least 0, or above it where it is left out */
export function milliseconds(least?: 0): Kind<unknown> {
  const isEnough = (raw: number): boolean => (least === undefined ? raw > 0 : raw >= least);
  const words = least === undefined ? 'a number of milliseconds above 0' : 'a number of milliseconds, 0 or more';
  return whatIs((raw) => typeof raw === 'number' && Number.isFinite(raw) && isEnough(raw), words);
}

export const SHARE = whatIs((raw) => typeof raw === 'number' && raw >= 0 && raw <= 1, 'a number from 0 to 1');

/** One of some values that are no texts, too. */
export function oneOf(...values: readonly (string | number | boolean)[]): Kind<unknown> {
  return whatIs(
    (raw) => values.some((value) => value === raw),
    values.map((value) => JSON.stringify(value)).join(' or '),
  );
}

/** Either of two: what one of them takes. @param words of both */
export function either(one: Kind<unknown>, other: Kind<unknown>, words: string): Kind<unknown> {
  return {
    control: 'text',
    check: (raw, nowMs) => {
      const [first, second] = [one.check(raw, nowMs), other.check(raw, nowMs)];
      return 'value' in first ? first : 'value' in second ? second : notWhat(raw, words);
    },
  };
}

/** A list of what that kind takes. */
export function listOf(kind: Kind<unknown>, words: string): Kind<unknown> {
  return {
    control: 'text',
    check: (raw, nowMs) => {
      if (!Array.isArray(raw)) return notWhat(raw, words);
      return inside(
        raw.map((value: unknown, at) => [String(at), kind.check(value, nowMs)] as const),
        Object.values,
      );
    },
  };
}

/** An object in which each of these may be left out, and nothing else is. @param such an example */
export function record(kinds: Readonly<Record<string, Kind<unknown>>>, such: string): Kind<unknown> {
  return {
    control: 'text',
    check: (raw, nowMs) => {
      if (!isObject(raw)) return notWhat(raw, `an object such as ${such}`);
      const found = Object.entries(raw).map(([name, value]: [string, unknown]) => {
        const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
        if (kind === undefined) return [name, unknownIn(name, Object.keys(kinds))] as const;
        return [name, value === undefined ? { value } : kind.check(value, nowMs)] as const;
      });
      return inside(found, (values) => values);
    },
  };
}

/** An object by names of the caller's own, each of which holds that kind. */
export function recordOf(kind: Kind<unknown>, such: string): Kind<unknown> {
  return {
    control: 'text',
    check: (raw, nowMs) =>
      isObject(raw)
        ? inside(
            Object.entries(raw).map(([name, value]: [string, unknown]) => [name, kind.check(value, nowMs)] as const),
            (values) => values,
          )
        : notWhat(raw, `an object such as ${such}`),
  };
}

/** What holds its values by their names: a Map, a list or a date has none, and would say nothing. */
export function isObject(raw: unknown): raw is object {
  return ['[object Object]', '[object Module]'].includes(Object.prototype.toString.call(raw));
}

/** What is wrong in a part is said with the part's name: `faults.outage: …`. */
function inside(
  found: readonly (readonly [name: string, checked: Checked<unknown>])[],
  together: (values: Record<string, unknown>) => unknown,
): Checked<unknown> {
  for (const [name, checked] of found) {
    if (!('value' in checked)) return { ...checked, within: `.${name}${checked.within ?? ''}` };
  }
  const values = found.flatMap(([name, checked]) => ('value' in checked ? [[name, checked.value] as const] : []));
  // What is left out and what is undefined are the same to whoever takes it.
  return { value: together(Object.fromEntries(values.filter(([, value]) => value !== undefined))) };
}

function unknownIn(name: string, names: readonly string[]): Checked<never> {
  return { wrong: 'there is no such option', next: didYouMean(name, names, `There are ${names.join(', ')}.`) };
}

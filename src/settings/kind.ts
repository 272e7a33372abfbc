/** What a setting may hold: one check for flag, environment, mapping file, page and library. Pure. */
import { nearestNames } from '../edit-distance.js';

/** A value, or one sentence (without its full stop) that says why there is no value. */
export type Checked<Value> =
  | { readonly value: Value }
  | {
      readonly wrong: string;
      readonly next?: string | undefined;
      /** Of a value that has parts: which of them it is, `.limit`. */
      readonly within?: string | undefined;
    };

/** How a page asks for it, and a shell completes it. */
export type Control = 'choice' | 'switch' | 'number' | 'text' | 'path' | 'folder' | 'pairs';

export interface Kind<Value> {
  readonly control: Control;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /**
   * Checks text (a flag, the environment), what a mapping file holds, or what a library's caller gave.
   * @param nowMs the wall clock, for times that are said without a day
   */
  readonly check: (raw: unknown, nowMs: number) => Checked<Value>;
}

/** One of some words. */
export function choice<const Word extends string>(...choices: readonly Word[]): Kind<Word> {
  return {
    control: 'choice',
    choices,
    check: (raw) => {
      const value = choices.find((word) => word === raw);
      if (value !== undefined) return { value };
      const [meant] = typeof raw === 'string' ? nearestNames(raw, choices) : [];
      const wrong = `${shown(raw)} is none of ${choices.join(', ')}`;
      return { wrong, ...(meant === undefined ? {} : { next: `Did you mean ${meant}?` }) };
    },
  };
}

/** On or off. */
export const SWITCH: Kind<boolean> = {
  control: 'switch',
  check: (raw) => (typeof raw === 'boolean' ? { value: raw } : { wrong: `${shown(raw)} is neither true nor false` }),
};

/** Any text but a blank one. */
export const TEXT: Kind<string> = {
  control: 'text',
  check: (raw) =>
    typeof raw === 'string' && raw.trim() !== '' ? { value: raw } : { wrong: `${shown(raw)} is not a text of its own` },
};

export const PATH: Kind<string> = {
  control: 'path',
  check: (raw) => {
    if (raw === '') return { wrong: 'it needs the path of a file' };
    if (typeof raw !== 'string') return { wrong: `${shown(raw)} is not the path of a file` };
    return raw.includes('\0') ? { wrong: 'a path has no NUL in it' } : { value: raw };
  },
};

export const FOLDER: Kind<string> = { ...PATH, control: 'folder' };

/** A name of a file may have 255 bytes, and what is kept adds its own ending. */
const MOST_BYTES_OF_NAME = 200;

/** What files are called by, in whatever folder they are: whoever hands on a name that is not their own leads nowhere else by it. */
export const NAME: Kind<string> = {
  control: 'text',
  check: (raw) => {
    const checked = TEXT.check(raw, Number.NaN);
    if (!('value' in checked)) return checked;
    const { value } = checked;
    if (/[\\/]/.test(value) || value === '.' || value === '..') {
      return { wrong: `${shown(value)} is a path and no name`, next: '--work-dir names the folder of what is kept.' };
    }
    if (/\p{Cc}/u.test(value)) return { wrong: 'a name has no control characters in it' };
    return Buffer.byteLength(value) > MOST_BYTES_OF_NAME
      ? { wrong: `a name has ${MOST_BYTES_OF_NAME} bytes at most` }
      : checked;
  },
};

/** What is written whole is a file: of all outputs the log alone may go to standard error. */
export const OUTPUT_PATH: Kind<string> = {
  ...PATH,
  check: (raw, nowMs) =>
    raw === '-'
      ? { wrong: '- is no file', next: 'Only the log can be - (standard error). A file that is called so is ./-' }
      : PATH.check(raw, nowMs),
};

/** A path; in code also the word for none. */
export const PATH_OR_MEMORY: Kind<string> = {
  ...PATH,
  check: (raw, nowMs) => {
    const checked = OUTPUT_PATH.check(raw, nowMs);
    if ('value' in checked || typeof raw === 'string') return checked;
    return { ...checked, next: "It is a path, or 'memory' where none is to be kept." };
  },
};

/** A path, or false for none. */
export const PATH_OR_NONE: Kind<string | false> = {
  control: 'path',
  check: (raw, nowMs) => (raw === false ? { value: false } : PATH.check(raw, nowMs)),
};

/** The same of an output, but for the log. */
export const OUTPUT_OR_NONE: Kind<string | false> = {
  control: 'path',
  check: (raw, nowMs) => (raw === false ? { value: false } : OUTPUT_PATH.check(raw, nowMs)),
};

/** A whole number of at least `least`. */
export function wholeNumber(least: number): Kind<number> {
  return {
    control: 'number',
    check: (raw) => {
      const value = typeof raw === 'string' && /^\s*\d+\s*$/.test(raw) ? Number(raw) : raw;
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
        ? { value }
        : { wrong: `${shown(raw)} is not a whole number of ${least} or more` };
    },
  };
}

/** A Map is told as that. */
function objectOf(raw: unknown): string {
  const form = Object.prototype.toString.call(raw).slice('[object '.length, -1);
  return form === 'Object' ? 'an object' : `${/^[AEIOU]/.test(form) ? 'an' : 'a'} ${form}`;
}

/** A value as a sentence quotes it; what is no text by its form. */
export function shown(raw: unknown): string {
  if (typeof raw === 'string') return JSON.stringify(raw.length > 60 ? `${raw.slice(0, 59)}…` : raw);
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  if (typeof raw === 'function') return 'a function';
  return raw === null || raw === undefined ? 'nothing' : Array.isArray(raw) ? 'a list' : objectOf(raw);
}

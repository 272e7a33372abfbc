/** What a call of the library is given: every option is one that there is, and holds what it may hold. Pure. */
import { didYouMean } from '../edit-distance.js';
import { ImporterError } from '../errors.js';
import {
  API_KEY,
  FILE,
  FUNCTION,
  type Kinds,
  notWhat,
  PATHS_IN_CODE,
  SIGNAL,
  STATE_DIR,
  TEXTS,
  TRUTH,
  whatIs,
} from './code-kinds.js';
import type { Kind } from './kind.js';
import { checkValue } from './resolve.js';
import { SETTINGS, type Written } from './settings.js';

/** Options that are no settings. */
export const OTHERS = {
  file: FILE,
  files: PATHS_IN_CODE,
  leftAside: TEXTS,
  ownFiles: TEXTS,
  columns: whatIs(Array.isArray, 'a list'),
  rows: whatIs(
    (raw) => typeof raw === 'object' && raw !== null,
    'a list, an iterable, an async iterable, a Buffer or a stream',
  ),
  mapRow: FUNCTION,
  wording: FUNCTION,
  stdin: whatIs((raw) => typeof raw === 'object' && raw !== null && 'on' in raw, 'a stream'),
  signal: SIGNAL,
  handedOver: whatIs(Array.isArray, 'a list'),
  key: API_KEY,
  moreKeys: TEXTS,
  rereadKeys: FUNCTION,
  attended: TRUTH,
  told: whatIs((raw) => typeof raw === 'object' && raw !== null, 'an object'),
  ownLines: TRUTH,
  stateDir: STATE_DIR,
  onEvent: FUNCTION,
  onForeseen: FUNCTION,
  onChecked: FUNCTION,
  confirm: FUNCTION,
};

const KNOWN: Readonly<Record<string, Kind<unknown>>> = {
  ...Object.fromEntries(Object.entries(SETTINGS).map(([name, { kind }]) => [name, kind])),
  ...OTHERS,
};

/** Names that a flag would have as an option, where the option has another: `--max-duration` is `maxDurationMs`. */
const BY_FLAG = new Map(
  Object.entries(SETTINGS).map(([name, { flag }]) => [
    flag.replace(/^--| .*$/g, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    name,
  ]),
);

type Need = 'file' | 'key';

/**
 * Checks the options of a library's caller, whatever its types said.
 * @param needs what the call can't do without
 * @returns the options with their values as they are used (a country in capitals)
 * @throws ImporterError `usage` naming the option; `no_key` where there is none
 */
export function checkOptions<Options extends object>(
  options: Options | Written<Options>,
  nowMs: number,
  needs: readonly Need[] = [],
  called = 'options',
): Options {
  return checkedBy(KNOWN, options, { nowMs, needs, called }) as Options;
}

/**
 * The same of a call that has a table of its own: what it is not given is left out of the result.
 * @throws ImporterError `usage` naming the option; `no_key` where there is none
 */
export function checkCall<Options extends object>(
  kinds: Kinds<Options>,
  options: unknown,
  nowMs: number,
  needs: readonly Need[] = [],
): Options {
  const checked = checkedBy(kinds, options, { nowMs, needs, called: 'options', isOwn: true });
  return Object.fromEntries(Object.entries(checked).filter(([, value]) => value !== undefined)) as Options;
}

function checkedBy(
  kinds: Readonly<Record<string, Kind<unknown>>>,
  given: unknown,
  {
    nowMs,
    needs,
    called,
    isOwn = false,
  }: {
    readonly nowMs: number;
    readonly needs: readonly Need[];
    readonly called: string;
    /** They are that call's own, and no settings. */
    readonly isOwn?: boolean;
  },
): object {
  requireObject(given, called);
  const checked = Object.entries(given).map(([name, value]: [string, unknown]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw unknownName(name, Object.keys(kinds), isOwn ? undefined : SETTINGS_PAGE);
    // If the call needs a key, that is checked apart; among settings a blank key counts as no key.
    if (value === undefined || (name === 'key' && (needs.includes('key') || (!isOwn && isBlank(value)))))
      return [name, value];
    return [name, checkValue(kind, value, name, nowMs)];
  });
  const { file, key } = given as { readonly file?: unknown; readonly key?: unknown };
  if (needs.includes('file') && file === undefined) checkValue(FILE, file, 'file', nowMs);
  if (needs.includes('key') && (typeof key !== 'string' || isBlank(key))) {
    throw new ImporterError('no_key', 'There is no API key.', {
      next: 'Hand it over as `key`, for example what the variable CLARKY_KEY holds.',
    });
  }
  return Object.fromEntries(checked) as object;
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** @throws ImporterError `usage` where these are no options at all */
export function requireObject(given: unknown, called = 'options'): asserts given is object {
  if (typeof given === 'object' && given !== null) return;
  const none: Kind<unknown> = {
    control: 'text',
    check: (raw) => notWhat(raw, 'an object of options, such as { key }'),
  };
  checkValue(none, given, called, Number.NaN);
}

export const SETTINGS_PAGE = 'docs/settings.md lists the options.';

/** The error for a name that no option of a call has. */
export function unknownName(name: string, names: readonly string[], where?: string): ImporterError {
  const meant = BY_FLAG.get(name);
  const isOfCall = meant !== undefined && meant !== name && names.includes(meant);
  return unknownOption(name, names, isOfCall ? meant : undefined, where);
}

/** The error for a name that is none of these. @param meant what it stands for elsewhere, if that is known */
function unknownOption(name: string, names: readonly string[], meant?: string, where?: string): ImporterError {
  const shown = JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name);
  return new ImporterError('usage', `There is no option ${shown}.`, {
    next:
      meant === undefined
        ? didYouMean(name, names, where ?? `The options are ${names.join(', ')}.`)
        : `Did you mean ${meant}?`,
  });
}

/** What a call of the library is given: every option is one that there is, and holds what it may hold. Pure. */
import { ImporterError } from '../errors.js';
import { unknownOption } from '../option-names.js';
import { shown } from './kind.js';
import { checkSetting } from './resolve.js';
import type { AnySetting } from './setting.js';
import { SETTINGS, type Written } from './settings.js';

type Check = readonly [is: (raw: unknown) => boolean, what: string];

const isText = (raw: unknown): boolean => typeof raw === 'string' && raw.trim() !== '';
const TRUTH: Check = [(raw) => typeof raw === 'boolean', 'true or false'];
const FUNCTION: Check = [(raw) => typeof raw === 'function', 'a function'];
const TEXTS: Check = [(raw) => Array.isArray(raw) && raw.every(isText), 'a list of texts'];

/** Options that are no settings. */
const OTHERS: Readonly<Record<string, Check>> = {
  file: [isText, 'the path of a file'],
  files: TEXTS,
  leftAside: TEXTS,
  rows: [
    (raw) => typeof raw === 'object' && raw !== null,
    'a list, an iterable, an async iterable, a Buffer or a stream',
  ],
  mapRow: FUNCTION,
  stdin: [(raw) => typeof raw === 'object' && raw !== null && 'on' in raw, 'a stream'],
  signal: [(raw) => raw instanceof AbortSignal, 'an AbortSignal'],
  handedOver: [Array.isArray, 'a list'],
  key: [isText, 'an API key'],
  moreKeys: TEXTS,
  rereadKeys: FUNCTION,
  attended: TRUTH,
  ownLines: TRUTH,
  stateDir: [(raw) => raw === false || isText(raw), 'the path of a folder, or false'],
  onEvent: FUNCTION,
  onForeseen: FUNCTION,
  onChecked: FUNCTION,
  confirm: FUNCTION,
};

/** Names that a flag would have as an option, where the option has another: `--max-duration` is `maxDurationMs`. */
const BY_FLAG = new Map(
  Object.entries(SETTINGS).map(([name, { flag }]) => [
    flag.replace(/^--| .*$/g, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    name,
  ]),
);

/**
 * Checks the options of a library's caller, whatever its types said.
 * @param needs what the call can't do without
 * @returns the options with their values as they are used (a country in capitals)
 * @throws ImporterError `usage` naming the option; `no_key` where there is none
 */
export function checkOptions<Options extends object>(
  options: Options | Written<Options>,
  nowMs: number,
  needs: readonly ('file' | 'key')[] = [],
  called = 'options',
): Options {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) throw wrong(called, given, 'an object of options, such as { key }');
  const checked = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    checkOne(name, value, nowMs),
  ]);
  const { file, key } = given as { readonly file?: unknown; readonly key?: unknown };
  if (needs.includes('file') && file === undefined) throw wrong('file', file, 'the path of a file');
  if (needs.includes('key') && (typeof key !== 'string' || key.trim() === '')) {
    throw new ImporterError('no_key', 'There is no API key.', {
      next: 'Hand it over as `key`, for example what the variable CLARKY_KEY holds.',
    });
  }
  return Object.fromEntries(checked) as Options;
}

function checkOne(name: string, value: unknown, nowMs: number): unknown {
  const settings: Readonly<Record<string, AnySetting>> = SETTINGS;
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting !== undefined) return value === undefined ? value : checkSetting(setting, value, name, nowMs);
  const other = Object.hasOwn(OTHERS, name) ? OTHERS[name] : undefined;
  if (other === undefined) throw unknown(name);
  const [is, what] = other;
  if (value !== undefined && name !== 'key' && !is(value)) throw wrong(name, value, what);
  return value;
}

function wrong(name: string, value: unknown, what: string): ImporterError {
  return new ImporterError(
    'usage',
    `${name}: ${value === undefined ? 'it is left out' : `${shown(value)} is not what it takes`}.`,
    {
      next: `It is ${what}.`,
    },
  );
}

function unknown(name: string): ImporterError {
  const names = [...Object.keys(SETTINGS), ...Object.keys(OTHERS)];
  return unknownOption(name, names, BY_FLAG.get(name), 'docs/settings.md lists the options.');
}

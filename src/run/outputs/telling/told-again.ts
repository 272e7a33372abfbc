/** What the next command on a list must be told again, so that it does what is meant as it is printed: on a terminal, and in a report. */
import type { WriteRate } from '../../../settings/times.js';
import type { CommandName } from '../../../settings/setting.js';
import { settingsFor, type SettingName, type Settings } from '../../../settings/settings.js';
import { shellWord } from '../../../wording/shell.js';

/** Which checkpoint, mapping and sheet is meant: without one of these, another command would go by others. */
const WHICH_STATE = ['mapping', 'sheet', 'checkpoint', 'workDir', 'name'] as const satisfies readonly SettingName[];

/** How the file is read. */
const HOW_READ = ['encoding', 'delimiter', 'noHeader', 'country'] as const satisfies readonly SettingName[];

/** What no checkpoint keeps, and the next command needs as well. */
const NOT_KEPT: Readonly<Partial<Record<CommandName, readonly SettingName[]>>> = {
  import: [...WHICH_STATE, 'apiUrl', 'keyFile', 'profile', 'live', 'rate', 'redis'],
  verify: [...WHICH_STATE, 'apiUrl', 'keyFile', 'profile', 'noEdits'],
  undo: [...WHICH_STATE, 'apiUrl', 'keyFile', 'profile', 'rate', 'redis'],
  // A plan keeps nothing, nor does it find what another kept where nothing was imported.
  plan: [...WHICH_STATE, ...HOW_READ, 'apiUrl', 'keyFile', 'profile', 'unmapped', 'onInvalid'],
  map: [...WHICH_STATE, ...HOW_READ],
};

/**
 * The flags, each after a blank; those that the environment gives are not said again.
 * @param env where the next command will find what it is not told
 * @param findsKept false where the next command does not find a checkpoint that keeps the rest
 */
export function toldAgain(
  settings: Settings,
  command: 'import' | 'plan' | 'verify' | 'undo' | 'map',
  env: Readonly<Record<string, string | undefined>> = process.env,
  findsKept = true,
): string {
  const wanted = NOT_KEPT[command] ?? [];
  return settingsFor(command)
    .filter(([name, { environment, isKept }]) => {
      const value = settings[name];
      const isInherited = environment !== undefined && env[environment]?.trim() === value;
      const isWanted = wanted.includes(name) || (!findsKept && isKept === true);
      return isWanted && value !== undefined && value !== false && !isInherited;
    })
    .flatMap(([name, { flag }]) => {
      const [long = flag] = flag.split(' ');
      return wordsOf(settings[name]).map((word) => ` ${long}${word === '' ? '' : ` ${word}`}`);
    })
    .join('');
}

/** What stands behind each time the flag is said. */
function wordsOf(value: Settings[SettingName]): string[] {
  if (value === true) return [''];
  if (Array.isArray(value)) return value.map((one: string) => shellWord(one));
  if (typeof value !== 'object') return [shellWord(String(value))];
  if ('writes' in value && 'seconds' in value) return [rateInWords(value as WriteRate)];
  return Object.entries(value).map(([field, text]) => shellWord(`${field}=${String(text)}`));
}

function rateInWords({ writes, seconds }: WriteRate): string {
  return Number.isFinite(writes) ? `${writes}/${seconds}` : 'off';
}

/** Whether a command goes by what is told so. */
export function isToldAgain(command: string): command is Parameters<typeof toldAgain>[1] {
  return ['import', 'plan', 'verify', 'undo', 'map'].includes(command);
}

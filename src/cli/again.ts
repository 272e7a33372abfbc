/** What the next command on a file must be told again, so that it does what is meant as it is printed. */
import { existsSync, statSync } from 'node:fs';
import { ImporterError } from '../errors.js';
import { defaultPaths } from '../run/settings.js';
import type { Summary } from '../run/tally.js';
import type { WriteRate } from '../settings/times.js';
import type { CommandName } from '../settings/setting.js';
import { settingsFor, type SettingName, type Settings } from '../settings/settings.js';
import { namingKey } from './keys.js';
import { shellWord } from '../wording/shell.js';

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

/** What an import or an undo of the rejects is told: how the source is written says nothing of them, and their state is known by their own name. */
export function toldToRejects(settings: Settings, findsKept: boolean, command: 'import' | 'undo' = 'import'): string {
  const ofTheSource = { encoding: undefined, delimiter: undefined, sheet: undefined, noHeader: undefined };
  const own = { ...settings, ...ofTheSource, checkpoint: undefined, workDir: undefined, name: undefined };
  return toldAgain(own, command, process.env, findsKept);
}

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

/** So many files are named one by one. */
const FILES_NAMED = 6;

/**
 * Advice that stands for any file, of those that were named, so that it can be copied; and for any key, of what gave it.
 * @param files as they were typed
 */
export function namingFile(error: ImporterError, files: readonly string[], settings: Settings): ImporterError {
  const { code, message, next, said } = error;
  const named = namingKey(next, settings)?.replace(COMMAND_ON_FILE, (typed, command: string) => {
    const isNamed = command === 'map' ? isOneFile(files) : files.length > 0 && files.length <= FILES_NAMED;
    if (!isNamed || !isToldAgain(command)) return typed;
    return `clarky-contacts ${command} ${files.map(shellWord).join(' ')}${toldAgain(settings, command)}`;
  });
  return named === next ? error : new ImporterError(code, message, { next: named, said, cause: error });
}

const COMMAND_ON_FILE = /clarky-contacts ([a-z]+) FILE/g;

function isToldAgain(command: string): command is Parameters<typeof toldAgain>[1] {
  return ['import', 'plan', 'verify', 'undo', 'map'].includes(command);
}

/** A mapping is made of one file, not of several, nor of a folder. */
function isOneFile([file = '-', ...others]: readonly string[]): boolean {
  return others.length === 0 && file !== '-' && existsSync(file) && statSync(file).isFile();
}

/** The checkpoint, where it is not beside the file and what was told does not lead there. */
export function whereItsStateIs({ file, checkpoint }: Summary, { checkpoint: told, workDir, name }: Settings): string {
  const isTold = told !== undefined || workDir !== undefined || name !== undefined;
  return isTold || checkpoint === defaultPaths(file).checkpoint || checkpoint === ''
    ? ''
    : ` --checkpoint ${shellWord(checkpoint)}`;
}

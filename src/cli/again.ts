/** What the next command on a file must be told again, so that it does what is meant as it is printed. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ImporterError } from '../errors.js';
import { nameOfSet } from '../run/reading/named-input.js';
import { defaultPaths } from '../run/settings.js';
import type { Summary } from '../run/tally.js';
import { isReadOnce } from '../run/outputs/named-again.js';
import { isToldAgain, toldAgain } from '../run/outputs/telling/told-again.js';
import type { Settings } from '../settings/settings.js';
import { namingKey } from './keys.js';
import { shellWord } from '../wording/shell.js';

/** What an import or an undo of the rejects is told: how the source is written says nothing of them, and their state is known by their own name. */
export function toldToRejects(settings: Settings, findsKept: boolean, command: 'import' | 'undo' = 'import'): string {
  const ofTheSource = { encoding: undefined, delimiter: undefined, sheet: undefined, noHeader: undefined };
  const own = { ...settings, ...ofTheSource, checkpoint: undefined, workDir: undefined, name: undefined };
  return toldAgain(own, command, process.env, findsKept);
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
    if (command === 'map') return commandToMap([...new Set(files)], settings) ?? typed;
    const isNamed = files.length > 0 && files.length <= FILES_NAMED;
    if (!isNamed || !isToldAgain(command)) return typed;
    return `clarky-contacts ${command} ${files.map(shellWord).join(' ')}${toldAgain(settings, command)}`;
  });
  const isOfPipe = named?.includes('clarky-contacts map FILE') === true && isReadOnce(files[0] ?? '');
  const told = isOfPipe ? `${named} FILE is what comes through the pipe, once it is saved.` : named;
  return told === next ? error : new ImporterError(code, message, { next: told, said, cause: error });
}

const COMMAND_ON_FILE = /clarky-contacts ([a-z]+) FILE/g;

/** A mapping is made of one file; of several it is decided in the first, for all. Undefined for a folder, and for what is read once. */
function commandToMap(files: readonly string[], settings: Settings): string | undefined {
  const [first = '-', ...others] = files;
  if (first === '-' || !existsSync(first) || !statSync(first).isFile()) return undefined;
  const list = join(dirname(first), nameOfSet(files));
  const { mapping = others.length === 0 ? undefined : defaultPaths(list, settings).mapping } = settings;
  return `clarky-contacts map ${shellWord(first)}${toldAgain({ ...settings, mapping }, 'map')}`;
}

/** The checkpoint, where it is not beside the file and what was told does not lead there. */
export function whereItsStateIs({ file, checkpoint }: Summary, { checkpoint: told, workDir, name }: Settings): string {
  const isTold = told !== undefined || workDir !== undefined || name !== undefined;
  return isTold || checkpoint === defaultPaths(file).checkpoint || checkpoint === ''
    ? ''
    : ` --checkpoint ${shellWord(checkpoint)}`;
}

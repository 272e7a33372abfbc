/**
 * A list as a command that is printed names it again: with its files, and with what leads to the same mapping, sheet and state.
 * A report is pasted from in the folder of the list, on another day: its paths are as seen from there, and tell of no other folder.
 */
import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileInFacts, isAddress } from '../../address.js';
import { DEFAULT_API_URL } from '../../endpoint.js';
import type { CommandName } from '../../settings/setting.js';
import { settingsFor } from '../../settings/settings.js';
import { shellWord } from '../../wording/shell.js';
import { correctedIn, originsOf } from '../reading/origins.js';
import { defaultPaths, type Reach } from '../settings.js';
import { isToldAgain, toldAgain } from './telling/told-again.js';

/** What was told of the list. */
export interface ToldOfList {
  readonly file: string;
  readonly files?: readonly string[] | undefined;
  readonly mapping?: string | undefined;
  readonly sheet?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly workDir?: string | undefined;
  readonly name?: string | undefined;
  /** By what Clarky is reached, and how fast. */
  readonly reach?: Reach | undefined;
}

/**
 * What a report says of a list that was sent so: as the command was told, else as the options say, of which Clarky's own address is
 * where a command goes by itself. A path or an address that opens something else on another day is not said.
 */
export function toldOfRun<Of extends Omit<ToldOfList, 'reach'> & Reach>(
  options: Of & { readonly told?: Reach | undefined },
  env: Readonly<Record<string, string | undefined>> = process.env,
): ToldOfList {
  const { told = options } = options;
  const isOwn = told === options && told.apiUrl === DEFAULT_API_URL && (env['CLARKY_API_URL'] ?? '') === '';
  const isThere = told.keyFile?.every((path) => !isReadOnce(path)) === true;
  const hasSecret = told.redis?.includes('@') === true;
  const { rate, profile, noEdits } = told;
  const reach = {
    apiUrl: isOwn ? undefined : told.apiUrl,
    keyFile: isThere ? told.keyFile : undefined,
    redis: hasSecret ? undefined : told.redis,
  };
  return { ...options, reach: { ...reach, rate, profile, noEdits } };
}

const FLAGS = ['mapping', 'checkpoint', 'workDir', 'sheet', 'name'] as const;

/** So many files are named one by one; what comes of a pattern or a folder is named by the folder. */
const FILES_NAMED = 6;

/** True where no later command reads the same once more: standard input, and a pipe. */
export function isReadOnce(file: string): boolean {
  if (file === '-' || /^\/(?:dev\/fd|proc)\//.test(file)) return true;
  return !isAddress(file) && statSync(file, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** In the folder of a report. */
function asSeenFrom(folder: string): (path: string) => string {
  return (path) => (isAddress(path) ? fileInFacts(path) : path === '-' ? path : relative(folder, resolve(path)) || '.');
}

/** `contacts.csv --name monthly`, behind `clarky-contacts import`, in the folder where the list is. */
export function namedInReport(told: ToldOfList, command: CommandName): string {
  return named(told, command, asSeenFrom(folderOf(told))) + reachedAgain(told, command);
}

function reachedAgain({ reach = {}, ...told }: ToldOfList, command: CommandName): string {
  const keyFile = reach.keyFile?.map(asSeenFrom(folderOf(told)));
  return isToldAgain(command) ? toldAgain({ ...reach, keyFile }, command) : '';
}

/** The same behind `clarky-contacts map`, in the folder where the command was typed. */
export function namedHere(told: ToldOfList): string {
  return named(told, 'map', (path) => path);
}

/** The rejects, as an import of them is told: their state is known by their own name, and they have no sheet. */
export function rejectsInReport(rejects: string, all: ToldOfList, isRejectsFile?: boolean): string {
  if (correctedIn(all.file, rejects, isRejectsFile) === all.file) return namedInReport(all, 'import');
  const { mapping, checkpoint, ...told } = all;
  const [source = rejects] = originsOf(rejects);
  const isFound = checkpoint === undefined || checkpoint === defaultPaths(source).checkpoint;
  const where = { file: rejects, mapping, ...(isFound ? {} : { checkpoint }) };
  return named(where, 'import', asSeenFrom(folderOf(told))) + reachedAgain(told, 'import');
}

function folderOf({ file, files: [first = file] = [] }: ToldOfList): string {
  return first === '-' || isAddress(first) ? resolve() : dirname(resolve(file));
}

/** What a command takes as its files: the folder that they came with, or each of them. */
export function filesOf({ file, files = [] }: ToldOfList): readonly string[] {
  const isOfFolder = files.length > 0 && files.every((one) => dirname(resolve(one)) === resolve(file));
  return isOfFolder || files.length > FILES_NAMED || files.length === 0 ? [file] : files;
}

function named(told: ToldOfList, command: CommandName, shown: (path: string) => string): string {
  const { file, files = [] } = told;
  // Of several files but one can be mapped; the mapping file is that of all.
  const list = command === 'map' ? [files[0] ?? file] : filesOf(told);
  const mapping =
    told.mapping ?? (command === 'map' && files.length > 0 ? defaultPaths(file, told).mapping : undefined);
  const known = new Map(settingsFor(command).map(([name, { flag }]) => [name as string, flag.replace(/ .*/s, '')]));
  const words = FLAGS.flatMap((name) => {
    const value = name === 'mapping' ? mapping : told[name];
    const flag = known.get(name);
    if (value === undefined || flag === undefined) return [];
    return [flag, shellWord(name === 'sheet' || name === 'name' ? value : shown(value))];
  });
  return [...list.map((path) => shellWord(shown(path))), ...words].join(' ');
}

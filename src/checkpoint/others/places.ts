/**
 * Where imports note whom they have sent, for imports of other files to the same workspace and bot: in the state folder, a folder
 * for each API, in it one for each bot, and in that a file for each checkpoint, named by digests.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { replaceFile } from '../../storage/replacement.js';
import { makeFolder, sharedFolder } from '../../storage/state-folder.js';
import { targetOf } from '../../storage/private-file.js';
import type { Scope } from '../format.js';

export const FORMAT_NAME = 'clarky-contacts people';
export const HEADER = JSON.stringify({ format: FORMAT_NAME, version: 1 });
const ENDING = '.jsonl';
/** In the folder of a bot: the names of those that a workspace had beside it. */
const BESIDE = 'beside.json';
const IS_NAME = /^[0-9a-f]{32}$/;

/** The file of one checkpoint among those of one workspace and bot. */
export interface PeoplePlace {
  readonly folder: string;
  readonly name: string;
}

/** Undefined where nothing is shared. @param path of the checkpoint */
export async function placeOf(
  path: string,
  { api, bot }: Scope,
  stateDir: string | false | undefined,
): Promise<PeoplePlace | undefined> {
  const all = folderOfAll(stateDir);
  return all === undefined
    ? undefined
    : { folder: join(all, named(api), named(bot)), name: await nameOfCheckpoint(path) };
}

/** The folder of a bot; of the only one that was imported to where none is named; undefined where it can't be told. */
export function folderOf(
  api: string,
  bot: string | undefined,
  stateDir: string | false | undefined,
): string | undefined {
  const all = folderOfAll(stateDir);
  if (all === undefined) return undefined;
  const ofApi = join(all, named(api));
  if (bot !== undefined) return join(ofApi, named(bot));
  const bots = namesIn(ofApi);
  return bots.length === 1 ? join(ofApi, bots[0] ?? '') : undefined;
}

/** Files of people, but for those of these names. */
export interface PeopleFolder {
  readonly folder: string;
  readonly except: readonly string[];
}

/** A workspace, as far as it is known. */
export interface Somewhere {
  readonly api: string;
  /** Undefined where it is not known. */
  readonly bot: string | undefined;
  /**
   * All of the workspace: another one is of another workspace, which may be at the same address, unless it was noted beside one of
   * these. None where they can't be told.
   */
  readonly bots?: readonly string[] | undefined;
  readonly stateDir: string | false | undefined;
}

/**
 * Where the people of a workspace are: whether an upsert to one bot finds those of another is for each workspace to decide.
 * @param own the names of the files that are of the import itself, as far as it goes to this bot
 */
export function foldersOf({ api, bot, bots = [], stateDir }: Somewhere, own: readonly string[]): PeopleFolder[] {
  const all = folderOfAll(stateDir);
  if (all === undefined) return [];
  const ofApi = join(all, named(api));
  const ofBot = bot === undefined ? undefined : named(bot);
  const names = bots.length > 0 ? withOnceBeside(ofApi, bots.map(named)) : namesIn(ofApi);
  return [...new Set([ofBot ?? [], names].flat())].map((name) => ({
    folder: join(ofApi, name),
    except: ofBot === undefined || name === ofBot ? own : [],
  }));
}

/** Notes which bots a workspace has beside the one that is imported to: whom these were sent is known when they are gone. */
export async function noteBeside({ api, bot, bots = [], stateDir }: Somewhere): Promise<void> {
  const all = folderOfAll(stateDir);
  if (all === undefined || bot === undefined || bots.length < 2) return;
  const folder = join(all, named(api), named(bot));
  const known = onceBeside(folder);
  const names = bots.map(named).filter((name) => !known.includes(name));
  if (names.length === 0) return;
  try {
    makeFolder(folder);
    await replaceFile(join(folder, BESIDE), JSON.stringify([...known, ...names]));
  } catch {
    // That nothing can be noted there is said where the people are.
  }
}

function onceBeside(folder: string): string[] {
  try {
    const names: unknown = JSON.parse(readFileSync(join(folder, BESIDE), 'utf8'));
    const isName = (name: unknown): name is string => typeof name === 'string' && IS_NAME.test(name);
    return Array.isArray(names) ? names.filter(isName) : [];
  } catch {
    return [];
  }
}

/** With all that ever stood beside one of them, or beside those. */
function withOnceBeside(ofApi: string, names: readonly string[]): string[] {
  const all = new Set(names);
  const groups = namesIn(ofApi).map((name) => [name, ...onceBeside(join(ofApi, name))]);
  const grows = (group: readonly string[]): boolean =>
    group.some((name) => all.has(name)) && !group.every((name) => all.has(name));
  for (let group = groups.find(grows); group !== undefined; group = groups.find(grows))
    for (const name of group) all.add(name);
  return [...all];
}

/** What was noted under a checkpoint, for whichever workspaces and bots. */
export async function peopleFilesOf(path: string, stateDir: string | false | undefined): Promise<string[]> {
  const all = folderOfAll(stateDir);
  if (all === undefined) return [];
  const name = await nameOfCheckpoint(path);
  const folders = namesIn(all).flatMap((api) => namesIn(join(all, api)).map((bot) => join(all, api, bot)));
  return folders.filter((folder) => namesIn(folder).includes(name)).map((folder) => join(folder, name));
}

/** The names of the files in such a folder. */
export function peopleNamesIn(folder: string): string[] {
  return namesIn(folder).filter((name) => name.endsWith(ENDING));
}

/** The name that a checkpoint's file has: by where it really is, so that it is one by each of its names. */
export async function nameOfCheckpoint(path: string): Promise<string> {
  const target = resolve(await targetOf(path).catch(() => path));
  const folder = await realpath(dirname(target)).catch(() => dirname(target));
  return `${named(join(folder, basename(target)))}${ENDING}`;
}

const OF_CHECKPOINTS = '.checkpoint.jsonl';

/** The file whose checkpoint has this name, where both lie in a folder; undefined where they do not, or it is called otherwise. */
export async function fileCalled(name: string, folder: string): Promise<string | undefined> {
  for (const entry of namesIn(folder)) {
    if (!entry.endsWith(OF_CHECKPOINTS)) continue;
    if ((await nameOfCheckpoint(join(folder, entry))) === name) return entry.slice(0, -OF_CHECKPOINTS.length);
  }
  return undefined;
}

function folderOfAll(stateDir: string | false | undefined): string | undefined {
  const shared = sharedFolder(stateDir);
  return shared && join(shared, 'people');
}

function named(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

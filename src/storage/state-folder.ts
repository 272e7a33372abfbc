import { chmodSync, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { devNull, homedir, userInfo } from 'node:os';
import { dirname, join, posix, relative, sep, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a variable or the system names as a user's folder. XDG Base Directory has what is no whole path ignored: it would be another
 * folder wherever a program is started.
 */
export function wholePath(named: string | undefined, platform: string = process.platform): string | undefined {
  const paths = platform === 'win32' ? win32 : posix;
  return named !== undefined && paths.isAbsolute(named) ? named : undefined;
}

/** The home of the user; where neither HOME nor the system names one, a place below which nothing can be made, which whoever needs it then tells. */
export function homeFolder(ask: () => string = homedir, listed: () => string = () => userInfo().homedir): string {
  for (const home of [ask, listed]) {
    try {
      const path = wholePath(home());
      if (path !== undefined) return path;
    } catch {
      // The system knows none.
    }
  }
  return devNull;
}

/** Where a program keeps a user's state: XDG Base Directory's `XDG_STATE_HOME`, `%LOCALAPPDATA%` on Windows. */
function userFolder(env: Environment, platform: string, home: string): string {
  return (
    namedFolder(env, platform) ??
    (platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.local', 'state'))
  );
}

function namedFolder(env: Environment, platform: string): string | undefined {
  return wholePath(platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME'], platform);
}

/** What to do where it can't be used. */
export function otherStateFolder(platform: string = process.platform): string {
  const variable = platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME';
  return `Name another folder in the environment variable ${variable}, by its whole path.`;
}

/** In memory, for all users of a Linux machine, gone with a reboot as the monotonic clock is. */
const SHARED_MEMORY = '/dev/shm';

/** Where the budgets of a machine are: where the user says, else a place that all its users share, else the user's own. */
export function machineFolder(
  env: Environment,
  platform: string,
  home: string,
  isShared: (folder: string) => boolean = (folder) => sharedMode(folder) === FOR_ALL,
): string {
  if (namedFolder(env, platform) === undefined && platform === 'linux' && isShared(SHARED_MEMORY)) return SHARED_MEMORY;
  return userFolder(env, platform, home);
}

const FOR_ALL = 0o777;
const FOR_GROUP = 0o2770;
const FOR_OWNER = 0o700;

/** What is made in a folder is shared with the users that the folder itself is shared with. */
export function sharedMode(folder: string): number {
  const mode = statSync(folder, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o002) !== 0) return FOR_ALL;
  return (mode & 0o2020) === 0o2020 ? FOR_GROUP : FOR_OWNER;
}

/**
 * What the processes of this machine share. @param stateDir a folder instead of the user's; false for none
 * @returns undefined where nothing is shared
 */
export function sharedFolder(stateDir: string | false | undefined): string | undefined {
  if (stateDir === false) return undefined;
  return join(stateDir ?? userFolder(process.env, process.platform, homeFolder()), 'clarky-contacts');
}

/**
 * Makes a folder and those above it. Node's `recursive` loops for ever in places like /proc.
 * @throws the file system's error where it can't be made
 */
export function makeFolder(folder: string, mode = 0o700): void {
  if (makeInParent(folder, mode) === undefined) return;
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder), mode);
  // Where the folder above stands now, another process may have made it in this very moment.
  const missing = makeInParent(folder, mode);
  if (missing !== undefined) throw missing;
}

/** In it nobody removes or renames what is another's. */
const STICKY = 0o1000;

/**
 * Makes a folder below a place, with those between. What others may write to is of no use where it is a link, which could lead
 * anywhere; and all but the innermost are let be by those who did not make them.
 * @throws the file system's error where one can't be made, or used
 */
export function makeSharedFolder(place: string, folder: string): void {
  const mode = sharedMode(place);
  makeFolder(place);
  const names = relative(place, folder).split(sep);
  for (const at of names.keys()) {
    const each = join(place, ...names.slice(0, at + 1));
    const own = mode === FOR_ALL && at < names.length - 1 ? FOR_ALL | STICKY : mode;
    makeFolder(each, own);
    if (mode !== FOR_OWNER) keepToItsOwner(each, own);
  }
}

function keepToItsOwner(folder: string, mode: number): void {
  const entry = lstatSync(folder);
  if (entry.isSymbolicLink()) throw new Error(`${folder} is a symbolic link`);
  // Made by an earlier version, which let everybody remove it.
  if (entry.uid === process.getuid?.() && (entry.mode & 0o7777) !== mode) chmodSync(folder, mode);
}

/** @returns the system's error where the folder above is missing */
function makeInParent(folder: string, mode: number): Error | undefined {
  try {
    mkdirSync(folder, { mode });
    // What the process's umask took from those who share it.
    if (mode !== 0o700) chmodSync(folder, mode);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.code === 'ENOENT') return failure;
    if (failure.code !== 'EEXIST') throw error;
    // A pipe in its place would be opened, and waited for without end.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw Object.assign(new Error(`${folder} is no folder`), { code: 'ENOTDIR', path: folder });
    }
  }
  return undefined;
}

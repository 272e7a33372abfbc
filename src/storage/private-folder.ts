/**
 * Private folders for what is kept only while a process lives, in the system's folder for temporary files. Those of
 * processes that were killed are removed at the next start.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImporterError } from '../errors.js';
import { nextForFolderOf, notWritable } from './failures.js';
import { isLeftLongAgo } from './locks/left-long-ago.js';
import { livenessOf } from './locks/liveness.js';
import { openDoor, type Owner, thisProcess } from './lock-owner.js';
import { holderIsAlive, holderName, machineName } from './process-identity.js';
import { makeFolder } from './state-folder.js';

const PREFIX = 'clarky-contacts-';
const NAME = /^clarky-contacts-(?:[a-z]+-)?(?:([0-9a-f]{8})-)?(\d+-\d+)-\w{6}$/;
/** In each: whose it is, for another container that shares the folder. At its door somebody answers while it lives. */
const OWNER = '.owner';

/** This process's own. */
const own = new Set<string>();

export interface PrivateFolder {
  readonly path: string;
  /** Removes it with all that is in it; can be called twice. */
  remove(): Promise<void>;
}

/**
 * Makes one, readable by its owner alone.
 * @param kind a word in its name
 * @throws ImporterError `not_writable`
 */
export async function makePrivateFolder(kind: string, parent = tmpdir()): Promise<PrivateFolder> {
  await sweepPrivateFolders(parent);
  const path = makeNow(parent, kind);
  const door = await openDoor(join(path, OWNER));
  return {
    path,
    remove: async () => {
      await door.close();
      await rm(path, { recursive: true, force: true });
      own.delete(path);
    },
  };
}

/** At one go: a signal finds it either not there or among our own. */
function makeNow(parent: string, kind: string): string {
  try {
    makeFolder(parent);
    const path = mkdtempSync(join(parent, `${PREFIX}${kind}-${machineName()}-${holderName()}-`));
    own.add(path);
    writeFileSync(join(path, OWNER), JSON.stringify(thisProcess()), { mode: 0o600 });
    return path;
  } catch (error) {
    throw noTemporaryFolder(parent, error);
  }
}

/** Which folder it is an environment variable says, and nobody reads that in its path. */
function noTemporaryFolder(parent: string, cause: unknown): ImporterError {
  const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
  const { code, message } = notWritable(`The folder for temporary files, ${parent} (${variable}),`, cause);
  return new ImporterError(code, message, {
    next: nextForFolderOf(variable, cause),
    cause,
  });
}

/**
 * Removes what processes of this machine that are gone left behind, and what those of others did long ago.
 * @returns the paths of what was removed
 */
export async function sweepPrivateFolders(parent = tmpdir()): Promise<string[]> {
  const here = machineName();
  const removed: string[] = [];
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const [, machine = here, holder] = NAME.exec(name) ?? [];
    if (holder === undefined) continue;
    const path = join(parent, name);
    const isLeft = machine === here ? !holderIsAlive(holder) : (await isLeftLongAgo(path)) || (await isGone(path));
    // Of another user's folders none can be removed, and none need be.
    if (!isLeft) continue;
    await rm(path, { recursive: true }).then(
      () => removed.push(path),
      () => undefined,
    );
  }
  return removed;
}

/** Of another container: as of a lock, its owner is gone where that is certain. */
async function isGone(path: string): Promise<boolean> {
  const file = join(path, OWNER);
  try {
    const { mtimeMs } = await stat(file);
    const owner = JSON.parse(await readFile(file, 'utf8')) as Owner;
    // It is not touched: whoever can't be asked is held to live.
    const laid = { lockFile: file, touchedMs: mtimeMs, nowMs: () => Promise.resolve(mtimeMs) };
    return !(await livenessOf(owner, laid)).isAlive;
  } catch {
    return false;
  }
}

export function hasPrivateFolders(): boolean {
  return own.size > 0;
}

/** For the last moment of a process: removes all of its own at once. */
export function removePrivateFoldersNow(): void {
  for (const path of own) rmSync(path, { recursive: true, force: true });
  own.clear();
}

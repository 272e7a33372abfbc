/**
 * Files of ours: readable by their owner alone, owned by whoever runs this, and never reached through a link that
 * somebody else made. A path is opened without following its last link, and what was opened is looked at then: between a
 * look and an opening, anybody who may write to the folder could change what is there.
 */
import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath, rm, type FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { ImporterError } from '../errors.js';
import { hasErrno, notWritable } from './failures.js';

/** Owner may read and write, nobody else anything. */
export const PRIVATE_MODE = 0o600;
const OTHERS = 0o077;

/** A pipe is not waited for, a link is not followed; Windows knows neither. */
const UNFOLLOWED = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const MOST_LINKS = 40;

/**
 * Where a path leads: links of our own are followed, one by one, to a name that is none, or that of an open file
 * (/dev/stdout, /dev/fd/3): that link is the kernel's, and its text may be no path at all.
 * @throws ImporterError `not_writable` for a link that another user made
 */
export async function targetOf(path: string): Promise<string> {
  let target = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const entry = await entryAt(target);
    if (entry?.isSymbolicLink() !== true || (await isOfKernel(entry))) return links === 0 ? path : target;
    if (isAnothers(entry)) throw foreignLink(target);
    target = resolve(dirname(target), await readlink(target));
  }
  throw notWritable(path, Object.assign(new Error('too many links'), { code: 'ELOOP' }));
}

async function isOfKernel(link: Stats): Promise<boolean> {
  return link.dev === (await lstat('/proc/self').catch(() => undefined))?.dev;
}

/** What is at a path, links not followed; undefined where nothing is. */
export async function entryAt(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(absentAt(path));
}

/** What becomes of an error where a path was looked at: undefined where nothing is there. */
export function absentAt(path: string): (error: unknown) => undefined {
  return (error) => {
    if (!hasErrno(error, 'ENOENT')) throw notWritable(path, error);
  };
}

/**
 * Opens a file of ours for appending and reading, making it where it is missing; one that others could read is closed to them.
 * @throws ImporterError `not_writable` where what is there is no file, or another user's
 */
export async function openForAppend(path: string): Promise<FileHandle> {
  return openOurs(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
}

/**
 * Opens a file of ours for reading, without changing anything; undefined where there is none.
 * @throws ImporterError `not_writable` where what is there is no file, or another user's
 */
export async function openForReading(path: string): Promise<FileHandle | undefined> {
  try {
    return await openOurs(path, constants.O_RDONLY);
  } catch (error) {
    if (error instanceof ImporterError && hasErrno(error.cause, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** The text of a file of ours; undefined where there is none. @throws ImporterError `not_writable`, or the system's error */
export async function readOurText(path: string): Promise<string | undefined> {
  const file = await openForReading(path);
  try {
    return await file?.readFile('utf8');
  } finally {
    await file?.close();
  }
}

/** Closes a file of ours to others, as far as the file system knows them. @throws ImporterError `not_writable` */
export async function closeToOthers(path: string): Promise<void> {
  const file = await openForReading(path);
  await file?.chmod(PRIVATE_MODE).catch(() => undefined);
  await file?.close();
}

/**
 * The bytes of a file, whoever made it; what is at the end of a pipe or a device is not waited for.
 * @throws the system's error; ImporterError where it is no file
 */
export async function readRegularFile(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw notAFile(path, entry);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function openOurs(path: string, flags: number): Promise<FileHandle> {
  const target = await targetOf(path);
  const file = await open(target, flags | UNFOLLOWED, PRIVATE_MODE).catch((error: unknown) => {
    throw notWritable(path, error);
  });
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw notAFile(path, entry);
    if (isAnothers(entry) && !(await isOfThisFolder(target, entry))) throw foreignFile(path);
    // File systems without permissions refuse; there is nothing to be closed then.
    if ((entry.mode & OTHERS) !== 0 && (flags & constants.O_CREAT) !== 0) {
      await file.chmod(PRIVATE_MODE).catch(() => undefined);
    }
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** True for what another user owns, as far as the system knows owners. */
export function isAnothers(entry: Stats): boolean {
  const uid = process.getuid?.();
  return uid !== undefined && process.platform !== 'win32' && entry.uid !== uid;
}

/** Network drives show every file as one owner's: what is made there now then has that owner too. */
export async function isOfThisFolder(path: string, entry: Stats): Promise<boolean> {
  const probe = join(dirname(path), `.clarky-${randomBytes(9).toString('hex')}.tmp`);
  try {
    const file = await open(probe, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, PRIVATE_MODE);
    try {
      return (await file.stat()).uid === entry.uid;
    } finally {
      await file.close();
      await rm(probe, { force: true });
    }
  } catch {
    return false;
  }
}

export function foreignFile(path: string): ImporterError {
  return new ImporterError('not_writable', `${path} belongs to another user; nothing is written into it.`, {
    next: 'Remove it, name another path, or run this as the user who made it.',
  });
}

function foreignLink(path: string): ImporterError {
  return new ImporterError('not_writable', `${path} is a link that another user made; nothing is written through it.`, {
    next: 'Remove the link, or name another path.',
  });
}

export function notAFile(path: string, entry: Stats): ImporterError {
  return new ImporterError('not_writable', `${path} is ${kindOf(entry)}, not a file.`, {
    next: 'Move it away, or name another path.',
  });
}

function kindOf(entry: Stats): string {
  if (entry.isDirectory()) return 'a folder';
  if (entry.isFIFO()) return 'a pipe';
  return entry.isSocket() ? 'a socket' : 'a device';
}

/** Makes a rename or a new file in `path`'s folder survive a power cut; a no-op where folders can't be synced. */
export async function syncFolderOf(path: string): Promise<void> {
  try {
    const folder = await open(dirname(path), constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!hasErrno(error, 'EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP')) throw error;
  }
}

/** Where something really is, whatever links lead to it; of what is not there, where it would be. */
export async function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

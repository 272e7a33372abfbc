/**
 * Files that only their owner may read, never reached through a link that somebody else planted.
 * Everything that the importer writes goes through here.
 */
import { constants } from 'node:fs';
import { lstat, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ImporterError } from '../errors.js';

/** Owner may read and write, nobody else anything. */
export const PRIVATE_MODE = 0o600;

/** True for an error of the operating system with that code, e.g. `ENOENT`. */
export function hasErrno(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * Refuses a path that is a symbolic link owned by another user: in a shared folder it could lead a write anywhere.
 * @throws ImporterError `not_writable`
 */
export async function refuseForeignLink(path: string): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  let entry;
  try {
    entry = await lstat(path);
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return;
    throw notWritable(path, error);
  }
  if (entry.isSymbolicLink() && entry.uid !== uid) {
    throw new ImporterError(
      'not_writable',
      `${path} is a link that another user made; nothing is written through it.`,
      {
        next: 'Remove the link, or name another path.',
      },
    );
  }
}

/** Turns an error of the operating system while writing `path` into one sentence for the user. */
export function notWritable(path: string, cause: unknown): ImporterError {
  return new ImporterError('not_writable', `${path} can't be written: ${reasonOf(cause)}.`, {
    next: 'Free space or change permissions, or name another path.',
    cause,
  });
}

/**
 * The same in the middle of a run, when contacts may have been sent already.
 * @param what the file, as the beginning of a sentence
 */
export function storageFailed(what: string, cause: unknown): ImporterError {
  return new ImporterError('storage_failed', `${what} can't be written: ${reasonOf(cause)}.`, {
    next: 'Make room, then run the same command again: it goes on where it stopped.',
    cause,
  });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof ImporterError && cause.cause !== undefined) return reasonOf(cause.cause);
  if (hasErrno(cause, 'EACCES', 'EPERM')) return 'permission denied';
  if (hasErrno(cause, 'EROFS')) return 'the file system is read-only';
  if (hasErrno(cause, 'ENOSPC', 'EDQUOT')) return 'the disk is full';
  if (hasErrno(cause, 'EFBIG')) return 'it may not grow any more';
  if (hasErrno(cause, 'ENOENT')) return 'the folder does not exist';
  if (hasErrno(cause, 'ENOTDIR')) return 'its folder is not a folder';
  if (hasErrno(cause, 'EISDIR')) return 'it is a folder';
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Opens a private file for appending and reading, making it where it is missing.
 * @throws ImporterError `not_writable`
 */
export async function openForAppend(path: string): Promise<FileHandle> {
  await refuseForeignLink(path);
  try {
    return await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, PRIVATE_MODE);
  } catch (error) {
    throw notWritable(path, error);
  }
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

/** Names a file beside `path` that is written first and renamed to it then; the name tells machine and process. */
export function temporaryBeside(path: string): string {
  return `${path}.${machineName()}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Removes what processes of this machine that are gone (kill -9) left half written beside `path`. */
export async function removeAbandonedTemporaries(path: string): Promise<void> {
  const start = `${basename(path)}.${machineName()}-`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start) || !name.endsWith('.tmp')) continue;
    const pid = /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length))?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(dirname(path), name), { force: true }).catch(() => undefined);
  }
}

function machineName(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasErrno(error, 'ESRCH');
  }
}

/**
 * Replaces a file whole: readers see the old content or the new one, never a part, also after a power cut.
 * A link of our own at `path` is replaced, not followed.
 * @throws ImporterError `not_writable`
 */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await refuseForeignLink(path);
  await removeAbandonedTemporaries(path);
  const temporary = temporaryBeside(path);
  let file: FileHandle | undefined;
  try {
    file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, PRIVATE_MODE);
    await write(file);
    await file.sync();
    await file.close();
    file = undefined;
    await rename(temporary, path);
    await syncFolderOf(path);
  } catch (error) {
    await file?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error instanceof ImporterError ? error : notWritable(path, error);
  }
}

/** A file put in the place of another whole, or not at all. */
import { constants } from 'node:fs';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImporterError } from '../errors.js';
import { hasErrno, notWritable } from './failures.js';
import {
  entryAt,
  foreignFile,
  isAnothers,
  isOfThisFolder,
  notAFile,
  openForAppend,
  PRIVATE_MODE,
  syncFolderOf,
  targetOf,
} from './private-file.js';
import { isLeftLongAgo } from './locks/left-long-ago.js';
import { holderIsAlive, holderName, machineName } from './process-identity.js';

export interface Replacement {
  /** What is written to it appears at the path with `commit`; at a device or pipe at once. */
  readonly file: FileHandle;
  /** On disk, and in its place, when it resolves. @throws ImporterError `not_writable` */
  commit(): Promise<void>;
  /** Leaves no trace; does nothing after `commit`. */
  discard(): Promise<void>;
}

/**
 * Opens what is to stand at `path`: readers see the old content or the new one, never a part, also after a power cut. A
 * link of our own is replaced, not followed. A device or a pipe (/dev/stdout) is never replaced but written to.
 * @param mode permissions of the file
 * @throws ImporterError `not_writable`, also where another user's file stands there
 */
export async function openReplacement(path: string, mode = PRIVATE_MODE): Promise<Replacement> {
  if (await isWrittenThrough(path)) return openThrough(path);
  await refuseAnothers(path);
  await removeAbandonedTemporaries(path);
  const temporary = temporaryBeside(path);
  const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode).catch(
    (error: unknown) => {
      throw notWritable(path, error);
    },
  );
  let isOpen = true;
  const discard = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
  };
  return {
    file,
    discard,
    commit: async () => {
      try {
        // A stream that was made of the file may have closed it.
        await file.close();
        const written = await open(temporary, constants.O_RDONLY);
        try {
          await written.sync();
        } finally {
          await written.close();
        }
        await rename(temporary, path);
        isOpen = false;
        await syncFolderOf(path);
      } catch (error) {
        await discard();
        throw notWritable(path, error);
      }
    },
  };
}

/**
 * Replaces a file whole.
 * @param content what writes it is not to use `write`: it leaves off where a disk becomes full, and does not say so
 * @throws ImporterError `not_writable`
 */
export async function replaceFile(
  path: string,
  content: string | ((file: Pick<FileHandle, 'appendFile' | 'fd'>) => Promise<void>),
): Promise<void> {
  const replacement = await openReplacement(path);
  try {
    if (typeof content === 'string') await pipeline([content], replacement.file.createWriteStream());
    else await content(replacement.file);
  } catch (error) {
    await replacement.discard();
    throw error instanceof ImporterError ? error : notWritable(path, error);
  }
  await replacement.commit();
}

/**
 * Removes a file of ours, or a link of ours to one; a device or pipe stays.
 * @returns whether something was removed
 * @throws ImporterError `not_writable`
 */
export async function removeFile(path: string): Promise<boolean> {
  const entry = await entryAt(path);
  if (entry === undefined || (await isWrittenThrough(path))) return false;
  await refuseAnothers(path);
  try {
    await rm(path);
    return true;
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return false;
    throw notWritable(path, error);
  }
}

/**
 * Whether what stands at a path, links of our own followed, is a device, a pipe, a socket, or what is open under a number.
 * @throws ImporterError `not_writable` for a pipe or socket that another user has put there: they would read what is written
 */
export async function isWrittenThrough(path: string): Promise<boolean> {
  const entry = await entryAt(await targetOf(path));
  if (entry === undefined) return false;
  if ((entry.isFIFO() || entry.isSocket()) && isAnothers(entry)) throw foreignFile(path);
  return entry.isCharacterDevice() || entry.isFIFO() || entry.isSocket() || entry.isSymbolicLink();
}

/**
 * Opens a file of ours to add to it, or a device or pipe that is there. @throws ImporterError `not_writable`
 */
export async function openForLines(path: string): Promise<FileHandle> {
  return (await isWrittenThrough(path)) ? openDevice(path) : openForAppend(path);
}

async function openThrough(path: string): Promise<Replacement> {
  const file = await openDevice(path);
  const close = (): Promise<void> => file.close().catch(() => undefined);
  return { file, commit: close, discard: close };
}

/** A pipe that nobody reads is not waited for; one that is read slowly is, and holds up no thread. */
async function openDevice(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0));
    // A stream that is made of it writes through these.
    return Object.assign(file, {
      write: asRoomComes(file.write.bind(file)),
      writev: asRoomComes(file.writev.bind(file)),
    });
  } catch (error) {
    throw notWritable(path, error);
  }
}

const ROOM_LOOKED_FOR_MS = 5;

function asRoomComes<Given extends unknown[], Written>(
  write: (...given: Given) => Promise<Written>,
): (...given: Given) => Promise<Written> {
  return async (...given) => {
    for (;;) {
      try {
        return await write(...given);
      } catch (error) {
        if (!hasErrno(error, 'EAGAIN')) throw error;
        await sleep(ROOM_LOOKED_FOR_MS);
      }
    }
  };
}

async function refuseAnothers(path: string): Promise<void> {
  const entry = await entryAt(path);
  if (entry === undefined || entry.isSymbolicLink()) return;
  if (!entry.isFile()) throw notAFile(path, entry);
  if (isAnothers(entry) && !(await isOfThisFolder(path, entry))) throw foreignFile(path);
}

/** What is left of 255 bytes for the name itself, where a file is named after another. */
const LONGEST_STEM_BYTES = 180;

/** How the files beside `path` that belong to it for a while begin: with its name, or with a digest of a long one. */
export function stemBeside(path: string): string {
  const name = basename(path);
  if (Buffer.byteLength(name) <= LONGEST_STEM_BYTES) return name;
  return `.clarky-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
}

/** Behind the stem: the machine, the process, and what tells one from the other. */
const TEMPORARY = /^([0-9a-f]{8})-(\d+(?:-\d+)?)-[0-9a-f]{12}\.tmp$/;

/** Names a file that is written first and renamed to `path` then; the name tells machine and process. */
export function temporaryBeside(path: string): string {
  const random = randomBytes(6).toString('hex');
  return join(dirname(path), `${stemBeside(path)}.${machineName()}-${holderName()}-${random}.tmp`);
}

/** Removes what processes of this machine that are gone (kill -9) left half written beside `path`, and what those of others did long ago. */
export async function removeAbandonedTemporaries(path: string): Promise<void> {
  const start = `${stemBeside(path)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start)) continue;
    const [, machine, holder] = TEMPORARY.exec(name.slice(start.length)) ?? [];
    if (holder === undefined) continue;
    const left = join(dirname(path), name);
    const isAbandoned = machine === machineName() ? !holderIsAlive(holder) : await isLeftLongAgo(left);
    if (isAbandoned) await rm(left, { force: true }).catch(() => undefined);
  }
}

/**
 * One import at a time on one checkpoint. Each contender lays a file of its own beside it, whose content names its owner;
 * whoever then sees no other living owner's file holds the lock. Two that come at the same moment see each other, step
 * back and try again after different waits, so there is no moment at which a lock could be stolen; and since the name of
 * a dead owner's file is never used again, removing it can't hit anybody else's.
 */
import { constants } from 'node:fs';
import { link, open, readdir, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ImporterError } from '../errors.js';
import { hasErrno, notWritable } from './failures.js';
import { parseObject } from './json-lines.js';
import { doorOf, isAlive, isDoor, isGivenUp, openDoor, thisProcess, type Owner } from './lock-owner.js';
import { notAFile, PRIVATE_MODE } from './private-file.js';
import { stemBeside } from './replacement.js';
import { makeFolder, sharedFolder } from './state-folder.js';

export interface Lock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for a living owner, in milliseconds; 0 fails at once. */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What whoever finds it taken can do, as a sentence. */
  readonly advice?: string | undefined;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
}

const CONTENTION_TRIES = 6;

/**
 * Takes the lock of `path`.
 * @throws ImporterError `locked` naming the owner where another living process has it; `not_writable`
 */
export async function takeLock(path: string, options: LockOptions = {}): Promise<Lock> {
  const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const random = options.random ?? Math.random;
  let waitLeftMs = options.waitMs ?? 0;
  for (let tries = 1; ; tries++) {
    const attempt = await tryLock(path);
    if (attempt.held) return attempt.lock;
    options.signal?.throwIfAborted();
    // A few quick tries even without --wait: the other may be a contender that is about to step back.
    const pauseMs = tries < CONTENTION_TRIES ? 5 + random() * 40 : Math.min(1000, waitLeftMs);
    if (tries >= CONTENTION_TRIES) {
      if (waitLeftMs <= 0) throw lockedBy(attempt.owner, attempt.file, options.advice);
      waitLeftMs -= pauseMs;
    }
    await sleep(pauseMs);
  }
}

type Attempt = { held: true; lock: Lock } | { held: false; owner: Owner; file: string };

async function tryLock(path: string): Promise<Attempt> {
  const folder = dirname(path);
  const prefix = prefixOf(path);
  const mine = join(folder, `${prefix}${randomBytes(9).toString('hex')}`);
  const door = await openDoor(mine);
  const release = async (): Promise<void> => {
    await rm(mine, { force: true });
    await door.close();
    await rm(doorOf(mine), { force: true });
  };
  try {
    await layDown(mine, path);
    const other = await holderBeside(folder, prefix, mine);
    if (other === undefined) return { held: true, lock: { release } };
    await release();
    return { held: false, ...other };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Who holds the lock of `path` just now, without a hand laid on it; undefined where nobody does, or this process. */
export async function lockHolder(path: string): Promise<Owner | undefined> {
  const held = await holderBeside(dirname(path), prefixOf(path)).catch(() => undefined);
  const { pid, host, start } = thisProcess();
  const isOwn = held?.owner.pid === pid && held.owner.host === host && held.owner.start === start;
  return isOwn ? undefined : held?.owner;
}

function prefixOf(path: string): string {
  return `${stemBeside(path)}.lock-`;
}

/** A living owner of a lock, and the file that says so. */
async function holderBeside(
  folder: string,
  prefix: string,
  mine?: string,
): Promise<{ readonly owner: Owner; readonly file: string } | undefined> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (!name.startsWith(prefix) || file === mine || isDoor(name)) continue;
    const owner = await livingOwner(file);
    // Not laid down yet: its owner will see our file when it is.
    if (owner !== undefined && !isHalf(file)) return { owner, file };
  }
  return undefined;
}

/** Takes away what processes that were killed have left of any locks in a folder: nobody may ever take those again. */
export async function sweepLocks(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.includes('.lock-') && !isDoor(name)) await livingOwner(join(folder, name));
  }
}

export interface FileLockOptions extends LockOptions {
  /** Where the processes of this machine meet; default: the user's state folder; false: nowhere. */
  readonly stateDir?: string | false | undefined;
}

/** The lock of a file by its number, whatever it is called, where the processes of this machine can meet; none where they can't. */
export async function takeLocksOfFile(path: string, options: FileLockOptions): Promise<Lock[]> {
  const folder = sharedFolder(options.stateDir);
  if (folder === undefined) return [];
  const { dev, ino } = await stat(path);
  const locks = join(folder, 'locks');
  try {
    makeFolder(locks);
    await sweepLocks(locks).catch(() => undefined);
    return [await takeLock(join(locks, `${dev}-${ino}`), options)];
  } catch (error) {
    if (error instanceof ImporterError && error.code === 'locked') throw error;
    return [];
  }
}

/** Whose a lock file is; undefined, and the file taken away, where its owner is gone: its name is never used again. */
async function livingOwner(file: string): Promise<Owner | undefined> {
  const found = await readOwner(file);
  if (found === undefined) return undefined;
  const laidDown = file.replace(/\.tmp$/, '');
  const isLeft = isHalf(file) && found.owner === NAMELESS && (await isGivenUp(laidDown, found.laidMs));
  if (!isLeft && (await isAlive(found.owner, file, found.laidMs))) return found.owner;
  await rm(file, { force: true });
  await rm(doorOf(laidDown), { force: true });
  return undefined;
}

function isHalf(file: string): boolean {
  return file.endsWith('.tmp');
}

/** The file appears with its content or not at all, so that nobody reads half an owner. */
async function layDown(file: string, path: string): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    // Exclusive: what somebody else put there is neither followed nor written into.
    await writeFile(temporary, JSON.stringify(thisProcess()), { mode: PRIVATE_MODE, flag: 'wx' });
    await link(temporary, file).catch(async (error: unknown) => {
      // File systems without hard links: an exclusive write is the next best.
      if (!hasErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error;
      await writeFile(file, JSON.stringify(thisProcess()), { mode: PRIVATE_MODE, flag: 'wx' });
    });
  } catch (error) {
    throw notWritable(path, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

interface Found {
  readonly owner: Owner;
  readonly laidMs: number;
}

const NAMELESS: Owner = { pid: 0, host: 'unknown', start: '' };

/** Undefined where it has just gone. @throws ImporterError `not_writable` where it is no file */
async function readOwner(path: string): Promise<Found | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => error);
  if (hasErrno(file, 'ENOENT')) return undefined;
  if (file instanceof Error || !isHandle(file)) return { owner: NAMELESS, laidMs: Infinity };
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw notAFile(path, entry);
    return { owner: parseOwner(await file.readFile('utf8')) ?? NAMELESS, laidMs: entry.mtimeMs };
  } finally {
    await file.close();
  }
}

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && 'fd' in value;
}

/** Who wrote a lock file; undefined where that can't be read. */
export function parseOwner(text: string): Owner | undefined {
  const { pid, host, start, boot, container } = parseObject(text) ?? {};
  if (typeof pid !== 'number') return undefined;
  const place = typeof boot === 'string' && typeof container === 'string' ? { boot, container } : {};
  return { pid, host: String(host), start: String(start), ...place };
}

const WAIT = 'Wait for it to end, then run the same command again.';

function lockedBy(owner: Owner, file: string, advice = WAIT): ImporterError {
  return new ImporterError(
    'locked',
    `Another import is using this checkpoint: process ${owner.pid} on ${owner.host} (${file}).`,
    { next: `${advice} If that process is surely gone (another machine), remove the lock file.` },
  );
}

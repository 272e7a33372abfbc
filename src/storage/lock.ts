/**
 * One import at a time on one checkpoint. Each contender lays a file of its own beside it, whose content names its owner;
 * whoever then sees no other living owner's file holds the lock. Two that come at the same moment see each other, step
 * back and try again after different waits, so there is no moment at which a lock could be stolen; and since the name of
 * a dead owner's file is never used again, removing it can't hit anybody else's.
 */
import { closeSync, openSync, statSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ImporterError } from '../errors.js';
import { hasErrno } from './failures.js';
import {
  clockOf,
  livenessOf,
  touching,
  UNTOUCHED_GONE_AFTER_MS,
  GONE_AFTER_MS,
  unseenInWords,
} from './locks/liveness.js';
import { layDown, NAMELESS, readOwner } from './locks/lock-file.js';
import { doorOf, isDoor, isGivenUp, openDoor, thisProcess, type Owner, type OwnerScope } from './lock-owner.js';
import { stemBeside } from './replacement.js';
import { makeFolder, sharedFolder } from './state-folder.js';

export interface Lock {
  /**
   * Before anything is written: a process that was stopped or asleep for long may count as gone.
   * @throws ImporterError `locked` where another has taken it
   */
  assertHeld(): void;
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for a living owner, in milliseconds; 0 fails at once. */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told once that it waits, for whom, and how long at most, in milliseconds. */
  readonly onWait?: ((by: string, atMostMs: number) => void) | undefined;
  /** What whoever finds it taken can do, as a sentence. */
  readonly advice?: string | undefined;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly random?: () => number;
  /** How often it shows that it is alive. */
  readonly touchMs?: number | undefined;
  /** What whoever finds it taken is told that it is held for. */
  readonly scope?: OwnerScope | undefined;
}

/** A lock that is held, as others see it. */
export interface Holding {
  readonly owner: Owner;
  readonly file: string;
  /** Of a holder that can't be asked whether it lives: for how long it hasn't been seen. */
  readonly unseenMs?: number | undefined;
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
  let isTold = false;
  for (let tries = 1; ; tries++) {
    const attempt = await tryLock(path, options);
    if (attempt.held) return attempt.lock;
    options.signal?.throwIfAborted();
    // A few quick tries even without --wait: the other may be a contender that is about to step back.
    const pauseMs = tries < CONTENTION_TRIES ? 5 + random() * 40 : Math.min(1000, waitLeftMs);
    if (tries >= CONTENTION_TRIES) {
      if (waitLeftMs <= 0) throw lockedBy(attempt.by, options.advice);
      if (!isTold) options.onWait?.(usedBy(attempt.by), waitLeftMs);
      isTold = true;
      waitLeftMs -= pauseMs;
    }
    await sleep(pauseMs);
  }
}

type Attempt = { held: true; lock: Lock } | { held: false; by: Holding };

async function tryLock(path: string, { touchMs, scope }: LockOptions): Promise<Attempt> {
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
    await layDown(mine, path, scope);
    const by = await holderBeside(folder, prefix, mine);
    if (by === undefined) return { held: true, lock: heldAs(mine, { touchMs, release }) };
    await release();
    return { held: false, by };
  } catch (error) {
    await release();
    throw error;
  }
}

function heldAs(
  file: string,
  { touchMs, release }: { touchMs: number | undefined; release: () => Promise<void> },
): Lock {
  const folder = dirname(file);
  const numberOf = (): number | undefined => statSync(folder, { throwIfNoEntry: false })?.ino;
  const folderNumber = numberOf();
  const touches = touching(() => [file], touchMs);
  return {
    assertHeld: () => {
      try {
        // Opened, and not looked up: a network drive looks whether it is still there.
        closeSync(openSync(file, 'r'));
      } catch (error) {
        // Where the whole folder was taken away, nobody has taken the lock.
        if (hasErrno(error, 'ENOENT', 'ESTALE') && numberOf() === folderNumber) throw takenAway();
      }
    },
    release: async () => {
      touches.stop();
      await release();
    },
  };
}

function takenAway(): ImporterError {
  return new ImporterError(
    'locked',
    'This import had stood still for so long that its lock was taken away: another import may be using its checkpoint.',
    { next: 'Nothing is lost: run the same command again, it goes on where both have stopped.' },
  );
}

/** Who holds the lock of `path` just now, without a hand laid on it; undefined where nobody does, or this process. */
export async function lockHolder(path: string): Promise<Holding | undefined> {
  const held = await holderBeside(dirname(path), prefixOf(path)).catch(() => undefined);
  const { pid, host, start } = thisProcess();
  const isOwn = held?.owner.pid === pid && held.owner.host === host && held.owner.start === start;
  return isOwn ? undefined : held;
}

/** All locks of the checkpoints in a folder that are held just now, with the name of what each is of. */
export async function locksIn(folder: string): Promise<(Holding & { readonly of: string })[]> {
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => name.endsWith('.checkpoint.jsonl'));
  const held = await Promise.all(paths.map(async (of) => ({ of, by: await lockHolder(join(folder, of)) })));
  return held.flatMap(({ of, by }) => (by === undefined ? [] : [{ of, ...by }]));
}

function prefixOf(path: string): string {
  return `${stemBeside(path)}.lock-`;
}

/** A living owner of a lock, and the file that says so. */
async function holderBeside(folder: string, prefix: string, mine?: string): Promise<Holding | undefined> {
  const nowMs = clockOf(folder);
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (!name.startsWith(prefix) || file === mine || isDoor(name)) continue;
    const holding = await heldBy(file, nowMs);
    // Not laid down yet: its owner will see our file when it is.
    if (holding !== undefined && !isHalf(file)) return holding;
  }
  return undefined;
}

/** Takes away what processes that were killed have left of any locks in a folder: nobody may ever take those again. */
export async function sweepLocks(folder: string): Promise<void> {
  const nowMs = clockOf(folder);
  for (const name of await readdir(folder)) {
    if (name.includes('.lock-') && !isDoor(name)) await heldBy(join(folder, name), nowMs);
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
async function heldBy(file: string, nowMs: () => Promise<number>): Promise<Holding | undefined> {
  const found = await readOwner(file);
  if (found === undefined) return undefined;
  const laidDown = file.replace(/\.tmp$/, '');
  const isLeft = isHalf(file) && found.owner === NAMELESS && (await isGivenUp(laidDown, found.touchedMs));
  if (!isLeft) {
    const { isAlive, unseenMs } = await livenessOf(found.owner, { lockFile: file, touchedMs: found.touchedMs, nowMs });
    if (isAlive) return { owner: found.owner, file, unseenMs };
  }
  await rm(file, { force: true });
  await rm(doorOf(laidDown), { force: true });
  return undefined;
}

function isHalf(file: string): boolean {
  return file.endsWith('.tmp');
}

const WAIT = 'Wait for it to end, then run the same command again.';

function usedBy({ owner, file, unseenMs }: Holding): string {
  const age = unseenMs === undefined ? '' : `, ${unseenInWords(unseenMs)}`;
  return `Another import is using this checkpoint: process ${owner.pid} on ${owner.host}${age} (${file}).`;
}

function lockedBy(by: Holding, advice = WAIT): ImporterError {
  return new ImporterError('locked', usedBy(by), { next: [advice, ...ofUnasked(by.owner, by.unseenMs)].join(' ') });
}

/** When the lock of one that can't be asked will count no more. */
export function ofUnasked(owner: Owner, unseenMs: number | undefined): string[] {
  if (owner === NAMELESS && unseenMs === undefined) return ['If nobody is importing it, remove the lock file.'];
  if (unseenMs === undefined) return [];
  if (owner.touches === false) {
    const hours = UNTOUCHED_GONE_AFTER_MS / 3_600_000;
    return [
      `It is of an earlier version: its lock counts for ${hours} hours. If it has surely ended, remove the lock file.`,
    ];
  }
  return [
    `Were it cut off with its machine, its lock counts until it wasn't seen for ${GONE_AFTER_MS / 60_000} minutes.`,
  ];
}

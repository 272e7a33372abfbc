/**
 * One import at a time on one checkpoint. Each contender lays a file of its own beside it, whose content names its owner;
 * whoever then sees no other living owner's file holds the lock. Two that come at the same moment see each other, step
 * back and try again after different waits, so there is no moment at which a lock could be stolen; and since the name of
 * a dead owner's file is never used again, removing it can't hit anybody else's.
 */
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { ImporterError } from '../errors.js';
import { hasErrno, notWritable, PRIVATE_MODE, refuseForeignLink } from './private-file.js';
import { isAlive, thisProcess, type Owner } from './lock-owner.js';

export interface Lock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for a living owner, in milliseconds; 0 fails at once. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal | undefined;
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
      if (waitLeftMs <= 0) throw lockedBy(attempt.owner, attempt.file);
      waitLeftMs -= pauseMs;
    }
    await sleep(pauseMs);
  }
}

type Attempt = { held: true; lock: Lock } | { held: false; owner: Owner; file: string };

async function tryLock(path: string): Promise<Attempt> {
  const folder = dirname(path);
  const prefix = `${basename(path)}.lock-`;
  const mine = `${prefix}${randomBytes(9).toString('hex')}`;
  await layDown(join(folder, mine));
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || name === mine) continue;
    const file = join(folder, name);
    const owner = await readOwner(file);
    if (owner === undefined) continue;
    if (isAlive(owner)) {
      // Not laid down yet: its owner will see our file when it is.
      if (name.endsWith('.tmp')) continue;
      await rm(join(folder, mine), { force: true });
      return { held: false, owner, file };
    }
    await rm(file, { force: true });
  }
  return { held: true, lock: { release: () => rm(join(folder, mine), { force: true }) } };
}

/** The file appears with its content or not at all, so that nobody reads half an owner. */
async function layDown(file: string): Promise<void> {
  const temporary = `${file}.tmp`;
  try {
    await refuseForeignLink(temporary);
    await writeFile(temporary, JSON.stringify(thisProcess()), { mode: PRIVATE_MODE, flag: 'wx' });
    await link(temporary, file).catch(async (error: unknown) => {
      // File systems without hard links: an exclusive write is the next best.
      if (!hasErrno(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error;
      await writeFile(file, JSON.stringify(thisProcess()), { mode: PRIVATE_MODE, flag: 'wx' });
    });
  } catch (error) {
    throw error instanceof ImporterError ? error : notWritable(file, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof owner === 'object' && owner !== null && 'pid' in owner && typeof owner.pid === 'number') {
      const { pid, host, start } = owner as Owner;
      return { pid, host: String(host), start: String(start) };
    }
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined;
  }
  return { pid: 0, host: 'unknown', start: '' };
}

function lockedBy(owner: Owner, file: string): ImporterError {
  return new ImporterError(
    'locked',
    `Another import is using this checkpoint: process ${owner.pid} on ${owner.host} (${file}).`,
    {
      next: 'Wait for it to end, use --wait 10m, or give this import its own --checkpoint. If that process is surely gone (another machine), remove the lock file.',
    },
  );
}

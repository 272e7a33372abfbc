/**
 * Whether whoever laid down a lock or a claim still runs: decided here for all of them. A process of this machine is looked up, or
 * asked at its door. One of another machine, or of this one before its disk was moved, can't be asked: it touches what it has laid
 * down, and counts as gone once it hasn't for a while, by the file system's own clock, whatever the machines' clocks say.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { answersAt, type Owner } from '../lock-owner.js';
import { PRIVATE_MODE } from '../private-file.js';
import { bootedAtMs, holderIsAlive, thisPlace } from '../process-identity.js';

/** How often a holder touches what it has laid down. */
const TOUCH_MS = 30_000;

/** A holder that can't be asked counts as gone once it has touched nothing for so long. */
export const GONE_AFTER_MS = 5 * 60_000;

/** One of an earlier version touches nothing: it counts as gone so long after it laid down its lock. */
export const UNTOUCHED_GONE_AFTER_MS = 24 * 60 * 60_000;

/** What a holder has laid down. */
export interface Laid {
  /** What its door is beside. */
  readonly lockFile: string;
  /** When it was touched last, by the file system's clock; Infinity where that can't be seen. */
  readonly touchedMs: number;
  /** What time it is by that clock; asked where it matters alone. */
  readonly nowMs: () => Promise<number>;
}

export interface Liveness {
  readonly isAlive: boolean;
  /** Of a holder that can't be asked: for how long it hasn't been seen. */
  readonly unseenMs?: number | undefined;
}

/** In doubt it lives: whoever is held to be gone loses what it has. */
export async function livenessOf(owner: Owner, laid: Laid): Promise<Liveness> {
  const isAlive = await asked(owner, laid);
  if (isAlive !== undefined) return { isAlive };
  if (laid.touchedMs === Infinity) return { isAlive: true };
  const unseenMs = Math.max(0, (await laid.nowMs()) - laid.touchedMs);
  return { isAlive: unseenMs < (owner.touches === false ? UNTOUCHED_GONE_AFTER_MS : GONE_AFTER_MS), unseenMs };
}

/** Undefined where it can't be asked. */
async function asked(owner: Owner, { lockFile, touchedMs }: Laid): Promise<boolean | undefined> {
  const here = thisPlace();
  const isSameHost = owner.host === hostname();
  const isRunning = (): boolean => holderIsAlive(`${owner.pid}-${owner.start}`);
  if ((owner.boot ?? '') === '' || here.boot === '') return isSameHost ? isRunning() : undefined;
  // Of an earlier start of this machine, or of another machine with the same name.
  if (owner.boot !== here.boot) return isSameHost && touchedMs < bootedAtMs() ? false : undefined;
  return owner.container === here.container ? isRunning() : answersAt(lockFile);
}

/** Makes a file that this process laid down look new. Ours begin with a brace; other files are left alone. @throws if it is gone */
async function touch(file: string): Promise<void> {
  // Written to, and not set to a time: that would be this machine's.
  const handle = await open(file, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    await handle.write('{', 0);
  } finally {
    await handle.close();
  }
}

/** Touches files again and again until it is stopped; keeps no process alive. */
export function touching(files: () => Iterable<string>, everyMs = TOUCH_MS): { stop(): void } {
  const timer = setInterval(() => {
    // One that is gone is found to be so before anything is written.
    for (const file of files()) touch(file).catch(() => undefined);
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** A file system's time is believed for so long before it is asked again. */
const BELIEVED_MS = 10_000;

/** Tells the time as the file system of a folder has it: that of a file made now; this machine's where none can be made. */
export function clockOf(folder: string): () => Promise<number> {
  let seen: { readonly thenMs: number; readonly atMs: number } | undefined;
  return async () => {
    const atMs = performance.now();
    if (seen === undefined || atMs - seen.atMs > BELIEVED_MS) seen = { thenMs: await timeIn(folder), atMs };
    return seen.thenMs + (atMs - seen.atMs);
  };
}

async function timeIn(folder: string): Promise<number> {
  const file = join(folder, `.clarky-now-${randomBytes(9).toString('hex')}`);
  try {
    await writeFile(file, '{', { mode: PRIVATE_MODE, flag: 'wx' });
    return (await stat(file)).mtimeMs;
  } catch {
    return Date.now();
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

/** For how long a holder hasn't been seen, in words. */
export function unseenInWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `not seen for ${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `not seen for ${minutes} minutes` : `not seen for ${Math.floor(minutes / 60)} hours`;
}

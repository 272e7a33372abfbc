/** What a process that is gone has left of a claim. */
import { readFile, stat } from 'node:fs/promises';
import { ImporterError } from '../../errors.js';
import { hasErrno } from '../failures.js';
import { livenessOf } from '../locks/liveness.js';
import { takeLock } from '../lock.js';
import { parseOwner } from '../locks/lock-file.js';
import type { WriteKind } from './claim.js';

/** A claim that nobody's name stands in is being made, or its owner was killed in between. */
const NAMELESS_MS = 2000;

/** In a claim's file: its write is under way since the file was last written to; and what of it changes somebody. */
export const DEPARTED = '\ndeparted';
export const CHANGES = ' to change';

export interface LeftBehind {
  /** Undefined where nothing of it is under way. */
  readonly departed: WriteKind | undefined;
  /** How long after it departed, or was seen first, it may matter. */
  readonly mostMs: number;
  /** How long that is ago already. */
  readonly ageMs: number;
  /** Tells it from what another makes under that name. */
  readonly mark: string;
}

export interface LeftBehindBy {
  /** What the door of an owner is beside. */
  readonly placeOf: (owner: string) => string;
  /** The time by the folder's file system. */
  readonly fileTime: () => Promise<number>;
  readonly longestFlightMs: () => number;
}

/** What a process that is gone left there; undefined where it isn't gone, or nothing is there. */
export async function leftBehind(file: string, by: LeftBehindBy): Promise<LeftBehind | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const { mtimeMs, ino } = await stat(file);
    const [name = ''] = text.split('\n', 1);
    const owner = parseOwner(name);
    const found = { ageMs: Math.max(0, (await by.fileTime()) - mtimeMs), mark: `${ino} ${mtimeMs} ${text}` };
    if (owner === undefined) return { ...found, departed: undefined, mostMs: NAMELESS_MS };
    const laid = { lockFile: by.placeOf(name), touchedMs: mtimeMs, nowMs: by.fileTime };
    if ((await livenessOf(owner, laid)).isAlive) return undefined;
    if (!text.includes(DEPARTED)) return { ...found, departed: undefined, mostMs: 0 };
    const departed = text.includes(CHANGES) ? 'changes' : 'makes';
    return { ...found, departed, mostMs: by.longestFlightMs() };
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Does it under a lock; if another process has the lock, that one does it. */
export async function alone(path: string, action: () => Promise<void>): Promise<void> {
  const lock = await takeLock(path).catch((error: unknown) => {
    if (error instanceof ImporterError && error.code === 'locked') return undefined;
    throw error;
  });
  if (lock === undefined) return;
  try {
    await action();
  } finally {
    await lock.release();
  }
}

/**
 * One writer for each e-mail and phone among the processes of a machine. Two imports of overlapping files, each with a
 * checkpoint of its own, would else send one new contact at the same moment, and a server that looks up, then stores,
 * would have it twice.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImporterError } from '../errors.js';
import { hasErrno } from './failures.js';
import { parseOwner, takeLock } from './lock.js';
import { isAlive, thisProcess } from './lock-owner.js';
import { PRIVATE_MODE } from './private-file.js';
import { makeFolder } from './state-folder.js';

export interface Claims {
  /**
   * Resolves once nobody else has any of these.
   * @returns what gives them up again
   * @throws the signal's reason
   */
  take(keys: readonly string[], signal: AbortSignal): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** How long a write of a process that was killed may still be under way. */
export const LANDING_MS = 2000;

const POLL_MS = 25;

/** Names what is claimed, at one API, so that nobody is found by it. */
export function claimName(api: string, key: string): string {
  return createHash('sha256').update(`${api}\n${key}`).digest('hex').slice(0, 32);
}

/** For imports that nobody shares anything with. */
export const NO_CLAIMS: Claims = {
  take: () => Promise.resolve(() => Promise.resolve()),
  close: () => Promise.resolve(),
};

/** Claims as files in a folder that the processes share, each made by one of them alone. */
export class FolderClaims implements Claims {
  readonly #folder: string;
  readonly #api: string;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #owner = JSON.stringify(thisProcess());
  /** Claims of processes that are gone, and when that was first seen. */
  readonly #gone = new Map<string, number>();
  readonly #now: () => number;

  /** @throws what keeps the folder from being made */
  constructor(
    folder: string,
    api: string,
    clock: { readonly sleep: (ms: number) => Promise<void>; readonly now: () => number },
  ) {
    makeFolder(folder);
    this.#folder = folder;
    this.#api = api;
    this.#sleep = clock.sleep;
    this.#now = clock.now;
  }

  async take(keys: readonly string[], signal: AbortSignal): Promise<() => Promise<void>> {
    // In one order for all, so that no two wait for each other.
    const files = [...new Set(keys.map((key) => join(this.#folder, claimName(this.#api, key))))].sort();
    const mine: string[] = [];
    const giveUp = async (): Promise<void> => {
      for (const file of mine) await rm(file, { force: true });
    };
    try {
      for (const file of files) {
        while (!(await this.#tryTake(file))) {
          await this.#sleep(POLL_MS);
          signal.throwIfAborted();
        }
        mine.push(file);
      }
      return giveUp;
    } catch (error) {
      await giveUp();
      throw error;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #tryTake(file: string): Promise<boolean> {
    try {
      await writeFile(file, this.#owner, { mode: PRIVATE_MODE, flag: 'wx' });
      return true;
    } catch (error) {
      if (!hasErrno(error, 'EEXIST')) throw error;
    }
    if (!(await this.#isGone(file))) return false;
    const seenMs = this.#gone.get(file);
    if (seenMs === undefined) this.#gone.set(file, this.#now());
    else if (this.#now() - seenMs >= LANDING_MS) await this.#remove(file);
    return false;
  }

  async #isGone(file: string): Promise<boolean> {
    try {
      const text = await readFile(file, 'utf8');
      const owner = parseOwner(text);
      // Not written yet, or by a process that was killed in between.
      if (owner === undefined) return true;
      return !(await isAlive(owner, file, (await stat(file)).mtimeMs));
    } catch (error) {
      if (hasErrno(error, 'ENOENT')) return false;
      throw error;
    }
  }

  /** Under a lock, and looked at again: another who saw the same may have made it its own by now. */
  async #remove(file: string): Promise<void> {
    this.#gone.delete(file);
    const lock = await takeLock(`${file}.removal`).catch((error: unknown) => {
      if (error instanceof ImporterError && error.code === 'locked') return undefined;
      throw error;
    });
    if (lock === undefined) return;
    try {
      if (await this.#isGone(file)) await rm(file, { force: true });
    } finally {
      await lock.release();
    }
  }
}

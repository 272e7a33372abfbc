/**
 * One writer for each e-mail and phone among the processes of a machine. Two imports of overlapping files, each with a
 * checkpoint of its own, would else send one new contact at the same moment, and a server that looks up, then stores,
 * would have it twice.
 */
import { existsSync } from 'node:fs';
import { appendFile, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ImporterError } from '../../errors.js';
import { hasErrno } from '../failures.js';
import { clockOf, touching } from '../locks/liveness.js';
import { sweepLocks } from '../lock.js';
import { parseOwner } from '../locks/lock-file.js';
import { answersAt, doorOf, isDoor, openDoor, thisProcess, type Door } from '../lock-owner.js';
import { PRIVATE_MODE } from '../private-file.js';
import { makeFolder } from '../state-folder.js';
import { holderOf, throwIfOverdue, type Holder } from './overdue.js';
import { claimName, type Claim, type ClaimOptions, type Claims, type HasLanded, type WriteKind } from './claim.js';
import { alone, CHANGES, DEPARTED, leftBehind, type LeftBehind, type LeftBehindBy } from './left-behind.js';

const POLL_MS = 25;

/** Shorter waits are not worth telling. */
const LONG_WAIT_MS = 700;

/** Claims as files in a folder that the processes share, each made by one of them alone. */
export class FolderClaims implements Claims {
  readonly #folder: string;
  readonly #api: string;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #owner = JSON.stringify(thisProcess());
  /** Claims of processes that are gone, and when that was first seen. */
  readonly #gone = new Map<string, number>();
  readonly #now: () => number;
  readonly #onAlone: (error: unknown) => void;
  readonly #onWait: (holder: Holder | undefined) => void;
  readonly #patienceMs: number;
  #isAlone = false;
  #hasToldWait = false;
  /** By which those in other containers tell that this process lives. */
  #door: Promise<Door> | undefined;
  /** What it has just now, touched so that those on other machines see it. */
  readonly #held = new Set<string>();
  #touching: { stop(): void } | undefined;
  /** By what it is told what is left behind. */
  readonly #by: LeftBehindBy;

  /** @throws what keeps the folder from being made */
  constructor(folder: string, api: string, how: ClaimOptions) {
    makeFolder(folder);
    this.#folder = folder;
    this.#api = api;
    this.#sleep = how.sleep;
    this.#now = how.now;
    this.#onAlone = how.onAlone ?? (() => undefined);
    this.#onWait = how.onWait ?? (() => undefined);
    this.#patienceMs = how.patienceMs ?? Infinity;
    const { longestFlightMs } = how;
    this.#by = { placeOf: (owner) => this.#placeOf(owner), fileTime: clockOf(folder), longestFlightMs };
  }

  /** Takes away what processes that were killed have left behind, and nobody will ask for again. */
  async sweep(): Promise<void> {
    await sweepLocks(this.#folder);
    const names = await readdir(this.#folder);
    for (const name of names.filter((one) => /^[0-9a-f]{32}$/.test(one))) {
      const file = join(this.#folder, name);
      const left = await leftBehind(file, this.#by);
      if (left !== undefined && left.ageMs >= left.mostMs) await this.#remove(file, left);
    }
    const needed = await this.#ownersOf(names);
    for (const name of names.filter(isDoor)) {
      const place = join(this.#folder, name.slice(0, -doorOf('').length));
      // That nobody is there is what tells of the claims that are left.
      if (!needed.has(place) && (await answersAt(place)) === false) await rm(doorOf(place), { force: true });
    }
  }

  /** The places of those whose claims are still there. */
  async #ownersOf(names: readonly string[]): Promise<Set<string>> {
    const texts = await Promise.all(
      names.filter((name) => !isDoor(name)).map((name) => readFile(join(this.#folder, name), 'utf8').catch(() => '')),
    );
    return new Set(texts.map((text) => this.#placeOf(text.split('\n', 1)[0] ?? '')));
  }

  async take(
    keys: readonly string[],
    signal: AbortSignal,
    hasLanded: HasLanded = () => Promise.resolve(false),
  ): Promise<Claim> {
    // In one order for all, so that no two wait for each other.
    const files = [...new Set(keys.map((key) => join(this.#folder, claimName(this.#api, key))))].sort();
    const mine: string[] = [];
    await (this.#door ??= openDoor(this.#placeOf(this.#owner)));
    this.#touching ??= touching(() => this.#held);
    const giveUp = async (): Promise<void> => {
      for (const file of mine) {
        this.#held.delete(file);
        if (await this.#isMine(file)) await this.#orAlone(() => rm(file, { force: true }));
      }
    };
    try {
      for (const file of files) {
        const fromMs = this.#now();
        while (!(await this.#tryTake(file, hasLanded))) {
          await this.#lookAtHolder(file, this.#now() - fromMs);
          await this.#sleep(POLL_MS);
          signal.throwIfAborted();
        }
        mine.push(file);
        this.#held.add(file);
      }
    } catch (error) {
      if (signal.aborted || !isOfTheDisk(error)) {
        await giveUp();
        throw error;
      }
      this.#goAlone(error);
    }
    const departs = async (write: WriteKind): Promise<void> => {
      const line = write === 'changes' ? `${DEPARTED}${CHANGES}` : DEPARTED;
      for (const file of mine) {
        if (!(await this.#isMine(file)) && existsSync(this.#folder)) throw takenOver();
        await this.#orAlone(() => appendFile(file, line));
      }
    };
    return { departs, giveUp };
  }

  async close(): Promise<void> {
    this.#touching?.stop();
    if (this.#door === undefined) return;
    await (await this.#door).close();
    await rm(doorOf(this.#placeOf(this.#owner)), { force: true }).catch(() => undefined);
  }

  /** Whether a claim is still this process's: one that stood still for long was held to be gone. In doubt it is. */
  async #isMine(file: string): Promise<boolean> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => (hasErrno(error, 'ENOENT') ? '' : this.#owner));
    return text.split('\n', 1)[0] === this.#owner;
  }

  /** What the door of a process is beside. */
  #placeOf(owner: string): string {
    return join(this.#folder, claimName(this.#api, owner));
  }

  async #orAlone(action: () => Promise<void>): Promise<void> {
    await action().catch((error: unknown) => this.#goAlone(error));
  }

  #goAlone(error: unknown): void {
    if (!this.#isAlone) this.#onAlone(error);
    this.#isAlone = true;
  }

  /** Says whom it waits for. @throws ImporterError `unreachable` where that is too long */
  async #lookAtHolder(file: string, waitedMs: number): Promise<void> {
    if (waitedMs < LONG_WAIT_MS) return;
    const isGone = (await leftBehind(file, this.#by)) !== undefined;
    const text = await readFile(file, 'utf8').catch(() => '');
    const owner = isGone ? undefined : parseOwner(text.split('\n', 1)[0] ?? '');
    const holder = owner && holderOf(owner);
    if (!this.#hasToldWait && (isGone || holder !== undefined)) {
      this.#hasToldWait = true;
      this.#onWait(holder);
    }
    if (holder !== undefined) throwIfOverdue(holder, waitedMs, this.#patienceMs);
  }

  async #tryTake(file: string, hasLanded: HasLanded): Promise<boolean> {
    const made = await open(file, 'wx', PRIVATE_MODE).catch((error: unknown) => {
      if (!hasErrno(error, 'EEXIST')) throw error;
    });
    if (made !== undefined) {
      await this.#sign(made, file);
      return true;
    }
    const left = await leftBehind(file, this.#by);
    if (left === undefined) return false;
    const seenMs = this.#gone.get(file) ?? this.#now();
    this.#gone.set(file, seenMs);
    const isOver = this.#now() - seenMs >= left.mostMs - left.ageMs;
    const isDone = isOver || (left.departed !== undefined && (await hasLanded(left.departed)));
    if (isDone) await this.#remove(file, left);
    return false;
  }

  async #sign(made: FileHandle, file: string): Promise<void> {
    try {
      try {
        await made.writeFile(this.#owner);
      } finally {
        await made.close();
      }
    } catch (error) {
      await rm(file, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Under a lock, and looked at again: another who saw the same may have made it its own by now. */
  async #remove(file: string, { mark }: LeftBehind): Promise<void> {
    this.#gone.delete(file);
    await alone(`${file}.removal`, async () => {
      if ((await leftBehind(file, this.#by))?.mark === mark) await rm(file, { force: true });
    });
  }
}

function takenOver(): ImporterError {
  return new ImporterError(
    'locked',
    'This import had stood still for so long that a contact which it was about to write was given to another import.',
    { next: 'Nothing is lost: run the same command again.' },
  );
}

/** Full, read-only, gone: not what another process did, or a signal. */
function isOfTheDisk(error: unknown): boolean {
  if (error instanceof ImporterError) return error.code === 'not_writable' || error.code === 'storage_failed';
  return error instanceof Error && 'syscall' in error;
}

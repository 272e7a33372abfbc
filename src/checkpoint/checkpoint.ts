/** The checkpoint of an import: open it under its lock, ask what is known, append facts that are on disk once awaited. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ImporterError } from '../errors.js';
import { hasErrno, notWritable, openForAppend, storageFailed, syncFolderOf } from '../storage/private-file.js';
import { compactCheckpoint, isWorthCompacting } from './compact.js';
import { FORMAT_VERSION, formatFact, type Fact, type Scope } from './format.js';
import { findScopes, loadCheckpoint, type Loaded } from './load.js';
import { takeLock, type Lock, type LockOptions } from '../storage/lock.js';
import type { CheckpointState } from './state.js';

/** Reads a checkpoint without a lock and without changing it; undefined where there is none. */
export async function readCheckpoint(path: string, scope?: Scope): Promise<CheckpointState | undefined> {
  return withFile(path, async (file) => (await loadCheckpoint(file, path, scope)).state);
}

/** The workspaces and bots that a checkpoint knows of, the one written to last at the end; none where it is missing. */
export async function listScopes(path: string): Promise<Scope[]> {
  return (await withFile(path, (file) => findScopes(file, path))) ?? [];
}

async function withFile<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY);
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined;
    throw new ImporterError('bad_checkpoint', `${path} can't be read.`, { cause: error });
  }
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

/** An open checkpoint; this process alone writes to it. */
export class Checkpoint {
  readonly path: string;
  readonly state: CheckpointState;
  readonly #file: FileHandle;
  readonly #lock: Lock;
  #unwritten = '';
  #flush: Promise<void> | undefined;
  #failure: ImporterError | undefined;

  private constructor(path: string, state: CheckpointState, file: FileHandle, lock: Lock) {
    this.path = path;
    this.state = state;
    this.#file = file;
    this.#lock = lock;
  }

  /**
   * Opens or makes the checkpoint at `path`, cuts off a torn last line, compacts it where that is worth it.
   * @throws ImporterError `locked`, `bad_checkpoint`, `not_writable`
   */
  static async open(path: string, scope: Scope, options: LockOptions = {}): Promise<Checkpoint> {
    const lock = await takeLock(path, options);
    let file: FileHandle | undefined;
    try {
      file = await openForAppend(path);
      let loaded = await loadCheckpoint(file, path, scope);
      if (isWorthCompacting(loaded.lines, loaded.state.replacedLines)) {
        await compactCheckpoint(file, path);
        await file.close();
        file = await openForAppend(path);
        loaded = await loadCheckpoint(file, path, scope);
      }
      const checkpoint = new Checkpoint(path, loaded.state, file, lock);
      await checkpoint.#begin(loaded, scope);
      return checkpoint;
    } catch (error) {
      await file?.close().catch(() => undefined);
      await lock.release();
      throw error;
    }
  }

  async #begin(loaded: Loaded, scope: Scope): Promise<void> {
    try {
      await this.#file.truncate(loaded.soundBytes);
    } catch (error) {
      throw notWritable(this.path, error);
    }
    const facts: Fact[] = [];
    if (loaded.lines === 0) facts.push({ kind: 'header', version: FORMAT_VERSION });
    if (loaded.lastScope?.api !== scope.api || loaded.lastScope.bot !== scope.bot) facts.push({ kind: 'scope', scope });
    if (facts.length === 0) return;
    await this.append(...facts);
    await syncFolderOf(this.path);
  }

  /**
   * Writes facts and syncs them to disk; facts that come while a sync is under way share the next one.
   * @returns once they are on disk, and then counted in `state`
   * @throws ImporterError `storage_failed`: from then on nothing more is recorded, so nothing more may be sent
   */
  async append(...facts: Fact[]): Promise<void> {
    this.#throwFailure();
    this.#unwritten += facts.map(formatFact).join('');
    // The running flush may already have taken its text: then these facts go with the one after it.
    const running = this.#flush;
    if (running) await running.catch(() => undefined);
    this.#throwFailure();
    if (this.#unwritten !== '') this.#flush ??= this.#writeOut().finally(() => (this.#flush = undefined));
    await this.#flush;
    for (const fact of facts) this.state.apply(fact);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  async #writeOut(): Promise<void> {
    const text = this.#unwritten;
    this.#unwritten = '';
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
    } catch (error) {
      this.#failure = storageFailed(`The checkpoint ${this.path}`, error);
      throw this.#failure;
    }
  }

  /** Waits for what is being written, then gives the file and the lock up. */
  async close(): Promise<void> {
    await this.#flush?.catch(() => undefined);
    await this.#file.close().catch(() => undefined);
    await this.#lock.release();
  }
}

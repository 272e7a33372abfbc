import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderIsAlive, holderName } from '../storage/process-identity.js';
import { makeFolder } from '../storage/state-folder.js';
import { LIMIT, NO_TURN, type StoredName } from './token-names.js';

/** Where the names of tokens are: all that an account needs of a folder, or of this process's memory. */
export interface TokenStore {
  /** Every name; none where the store is new or was cleared. */
  list(): StoredName[];
  /** Whether this caller was the one that renamed it; false where the old name is gone. */
  rename(from: StoredName, to: string): boolean;
  /** Makes names up to `count` tokens at least, the first by `nameOf(0)`, and the turn. */
  grow(count: number, nameOf: (index: number) => string): void;
  /** What is noted beside the tokens. */
  notes(): readonly string[];
  /** Puts this note in the place of those that are there. */
  note(name: string): void;
}

/** Gone with the process. */
export class MemoryStore implements TokenStore {
  readonly #names: Set<string>;
  #notes: readonly string[] = [];
  #count = 0;

  /** @param names to start with, as another store held them */
  constructor(names: Iterable<string> = []) {
    this.#names = new Set(names);
  }

  list(): StoredName[] {
    return Array.from(this.#names, (name) => ({ part: '', name }));
  }

  rename(from: StoredName, to: string): boolean {
    if (!this.#names.delete(from.name)) return false;
    this.#names.add(to);
    return true;
  }

  grow(count: number, nameOf: (index: number) => string): void {
    if (this.#count === 0 && this.#names.size === 0) this.#names.add(NO_TURN);
    this.#count = Math.max(this.#count, this.#names.size - 1);
    for (; this.#count < count; this.#count += 1) this.#names.add(nameOf(this.#count));
  }

  notes(): readonly string[] {
    return this.#notes;
  }

  note(name: string): void {
    this.#notes = [name];
  }
}

/** Names are made by the folder: a folder is renamed into place whole or not at all. */
const NAMES_PER_FOLDER = 64;

/** One empty file of many names: a name alone is made several times faster than a file. */
function makeNames(folder: string, [one = '', ...others]: readonly string[]): void {
  writeFileSync(join(folder, one), '');
  for (const name of others) {
    try {
      linkSync(join(folder, one), join(folder, name));
    } catch {
      // Not every file system has files of several names.
      writeFileSync(join(folder, name), '');
    }
  }
}

function renameIn(folder: string, from: string, to: string): boolean {
  try {
    renameSync(join(folder, from), join(folder, to));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What is noted beside the tokens of a folder. @throws the file system's error where there is none */
export function notesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => LIMIT.test(name));
}

/** The names of the tokens of a folder. @throws the file system's error where there is none */
export function tokensIn(folder: string): string[] {
  const parts = readdirSync(folder).filter((name) => /^t\d+$/.test(name));
  return parts.flatMap((part) => readdirSync(join(folder, part)));
}

/**
 * Empty files in folders below one folder, for all processes of a machine. A rename is won by exactly one of them, nothing is
 * ever locked, and a kill at any point loses no name.
 */
export class FolderStore implements TokenStore {
  readonly #folder: string;
  readonly #mode: number;

  /**
   * @param folder made where it is missing
   * @param mode of what is made: for the owner alone, or for all who may write to the folder above
   * @throws the file system's error where the folder can't be used
   */
  constructor(folder: string, mode = 0o700) {
    this.#folder = folder;
    this.#mode = mode;
    makeFolder(folder, mode);
    if (lstatSync(folder).isSymbolicLink()) throw new Error(`${folder} is a symbolic link`);
  }

  list(): StoredName[] {
    return this.#parts().flatMap((part) => readdirSync(join(this.#folder, part)).map((name) => ({ part, name })));
  }

  rename(from: StoredName, to: string): boolean {
    return renameIn(join(this.#folder, from.part), from.name, to);
  }

  grow(count: number, nameOf: (index: number) => string): void {
    makeFolder(this.#folder, this.#mode);
    // Of one that was emptied no name is left: it is made anew.
    const there = new Set(this.list().map(({ part }) => part));
    for (let first = 0; first < count; first += NAMES_PER_FOLDER) {
      if (!there.has(`t${String(first)}`)) this.#build(first, nameOf);
    }
  }

  notes(): readonly string[] {
    return notesIn(this.#folder);
  }

  note(name: string): void {
    const before = this.notes();
    // A rename, as for tokens: it follows no link that somebody put there. Several become one.
    for (const old of before) {
      if (old !== name) renameIn(this.#folder, old, name);
    }
    if (before.length === 0) writeFileSync(join(this.#folder, name), '', { flag: 'wx' });
  }

  #parts(): string[] {
    // A link that somebody put there leads to files that are no tokens.
    const entries = readdirSync(this.#folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && /^t\d+$/.test(entry.name)).map(({ name }) => name);
  }

  /** Where several processes build the same, one of them wins. */
  #build(first: number, nameOf: (index: number) => string): void {
    this.#removeAbandoned();
    const building = join(this.#folder, `building-${holderName()}-${randomBytes(6).toString('hex')}`);
    makeFolder(building, this.#mode);
    const names = Array.from({ length: NAMES_PER_FOLDER }, (_, at) => nameOf(first + at));
    if (first === 0) names.push(NO_TURN);
    makeNames(building, names);
    try {
      renameSync(building, join(this.#folder, `t${String(first)}`));
    } catch (error) {
      rmSync(building, { recursive: true, force: true });
      // Another process was faster; anything else is a real failure.
      if (!this.#parts().includes(`t${String(first)}`)) throw error;
    }
  }

  /** What a process was building when it was killed. */
  #removeAbandoned(): void {
    for (const name of readdirSync(this.#folder)) {
      const holder = /^building-(\d+-\d+)-/.exec(name)?.[1];
      if (holder === undefined || holderIsAlive(holder)) continue;
      rmSync(join(this.#folder, name), { recursive: true, force: true });
    }
  }
}

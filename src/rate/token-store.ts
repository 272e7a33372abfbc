import { randomBytes } from 'node:crypto';
import { linkSync, lstatSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderIsAlive, holderName } from '../storage/process-identity.js';
import { makeFolder } from '../storage/state-folder.js';
import type { TokenState } from './rate.js';

/**
 * A token is kept as a name that is its whole state, so that a rename is all it takes to change it:
 *
 *     007.free
 *     007.sent.<sentMs>.<holder>.<nonce>
 *     007.done.<sentMs>.<doneMs>.<nonce>
 */
export type NamedToken =
  | { readonly kind: 'free'; readonly index: number }
  | {
      readonly kind: 'sent';
      readonly index: number;
      readonly sentMs: number;
      readonly holder: string;
      readonly id: string;
    }
  | {
      readonly kind: 'done';
      readonly index: number;
      readonly sentMs: number;
      readonly doneMs: number;
      readonly id: string;
    };

const NAME = /^(\d+)\.(?:(free)|(sent)\.(\d+)\.(\d+-\d+)\.([0-9a-f]+)|(done)\.(\d+)\.(\d+)\.([0-9a-f]+))$/;

/** Reads a name; undefined where it isn't a token's. */
export function parseTokenName(name: string): NamedToken | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const [, index, free, sent, sentMs, holder = '', sentId = '', , doneSentMs, doneMs, doneId = ''] = match;
  if (free !== undefined) return { kind: 'free', index: Number(index) };
  if (sent !== undefined) return { kind: 'sent', index: Number(index), sentMs: Number(sentMs), holder, id: sentId };
  return { kind: 'done', index: Number(index), sentMs: Number(doneSentMs), doneMs: Number(doneMs), id: doneId };
}

/** The name that holds this state. Stamps are rounded to the safe side: sent earlier, done later. */
export function tokenName(token: NamedToken): string {
  const index = String(token.index).padStart(3, '0');
  switch (token.kind) {
    case 'free':
      return `${index}.free`;
    case 'sent':
      return `${index}.sent.${String(Math.floor(token.sentMs))}.${token.holder}.${token.id}`;
    case 'done':
      return `${index}.done.${String(Math.floor(token.sentMs))}.${String(Math.ceil(token.doneMs))}.${token.id}`;
  }
}

/** The token's state for the arithmetic of the window. */
export function stateOf(token: NamedToken, holderAlive: (holder: string) => boolean): TokenState {
  return token.kind === 'sent' ? { kind: 'sent', sentMs: token.sentMs, holderAlive: holderAlive(token.holder) } : token;
}

/** Whether the holder that a name tells of still runs, asked once for each. */
export function rememberedAlive(self: string): (holder: string) => boolean {
  const alive = new Map<string, boolean>([[self, true]]);
  return (holder) => {
    const known = alive.get(holder) ?? holderIsAlive(holder);
    alive.set(holder, known);
    return known;
  };
}

/** The name that passes the turn among paced writers: `turn.<ms when it was last taken>`, 0 for never. */
const TURN = 'turn.';
export const NO_TURN = 'turn.0';

/** When the turn was last taken; undefined where the name is not that of the turn. */
export function parseTurnName(name: string): number | undefined {
  return name.startsWith(TURN) ? Number(name.slice(TURN.length)) : undefined;
}

export function turnName(takenMs: number): string {
  return `${TURN}${String(Math.ceil(takenMs))}`;
}

/** A name in a store, and the part of the store that it is in. */
export interface StoredName {
  readonly part: string;
  readonly name: string;
}

/** Where the names of tokens are: all that an account needs of a folder, or of this process's memory. */
export interface TokenStore {
  /** Every name; none where the store is new or was cleared. */
  list(): StoredName[];
  /** Whether this caller was the one that renamed it; false where the old name is gone. */
  rename(from: StoredName, to: string): boolean;
  /** Makes names up to `count` tokens at least, the first by `nameOf(0)`, and the turn. */
  grow(count: number, nameOf: (index: number) => string): void;
}

/** Gone with the process. */
export class MemoryStore implements TokenStore {
  readonly #names: Set<string>;
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
    try {
      renameSync(join(this.#folder, from.part, from.name), join(this.#folder, from.part, to));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  grow(count: number, nameOf: (index: number) => string): void {
    makeFolder(this.#folder, this.#mode);
    // Of one that was emptied no name is left: it is made anew.
    const there = new Set(this.list().map(({ part }) => part));
    for (let first = 0; first < count; first += NAMES_PER_FOLDER) {
      if (!there.has(`t${String(first)}`)) this.#build(first, nameOf);
    }
  }

  #parts(): string[] {
    return readdirSync(this.#folder).filter((name) => /^t\d+$/.test(name));
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

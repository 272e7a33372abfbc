import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { holderIsAlive } from '../storage/process-identity.js';
import { type TokenFile, tokenFileName } from './token-file.js';

/** Tokens are made by the folder: a folder is renamed into place whole or not at all. */
const TOKENS_PER_FOLDER = 64;

/** The file in the first folder that passes the turn among paced writers: `turn.<ms when it was last taken>`. */
export const TURN = 'turn.';
export const NO_TURN = 'turn.0';

export interface NewTokens {
  /** How many tokens there must be at least. */
  readonly limit: number;
  /** `done`: as if each had been spent at `nowMs`. */
  readonly as: 'free' | 'done';
  readonly holder: string;
  readonly nowMs: number;
}

/** The folders of tokens in a ledger's folder, by name. */
export function tokenFolderNames(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^t\d+$/.test(name));
}

/** Makes the folders of tokens that are missing; where several processes do so at once, one of them wins each folder. */
export function ensureTokenFolders(folder: string, tokens: NewTokens): void {
  makeFolder(folder);
  const there = new Set(tokenFolderNames(folder));
  for (let first = 0; first < tokens.limit; first += TOKENS_PER_FOLDER) {
    if (!there.has(`t${String(first)}`)) buildTokenFolder(folder, first, tokens);
  }
}

/** Makes a folder and those above it, for its owner alone. Node's `recursive` loops for ever in places like /proc. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    makeFolder(dirname(folder));
    makeFolder(folder);
  }
}

/** Whether this process was the one that renamed it; false where the old name is gone. */
export function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function buildTokenFolder(folder: string, first: number, tokens: NewTokens): void {
  removeAbandoned(folder);
  const building = join(folder, `building-${tokens.holder}-${randomBytes(6).toString('hex')}`);
  mkdirSync(building, { mode: 0o700 });
  for (let index = first; index < first + TOKENS_PER_FOLDER; index += 1) {
    writeFileSync(join(building, tokenFileName(newToken(index, tokens))), '');
  }
  if (first === 0) writeFileSync(join(building, NO_TURN), '');
  try {
    renameSync(building, join(folder, `t${String(first)}`));
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    // Another process was faster; anything else is a real failure.
    if (!tokenFolderNames(folder).includes(`t${String(first)}`)) throw error;
  }
}

function newToken(index: number, { as, nowMs }: NewTokens): TokenFile {
  if (as === 'free') return { kind: as, index };
  return { kind: as, index, sentMs: nowMs, doneMs: nowMs, id: randomBytes(6).toString('hex') };
}

/** What a process was building when it was killed. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const holder = /^building-(\d+-\d+)-/.exec(name)?.[1];
    if (holder !== undefined && !holderIsAlive(holder)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

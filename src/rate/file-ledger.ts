import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { holderIsAlive, holderName } from '../storage/process-identity.js';
import { type Claim, type ClaimRequest, type Ledger, monotonicMs, PACED_MARK_WINDOWS, type Token } from './ledger.js';
import { ensureTokenFolders, makeFolder, NO_TURN, renamed, tokenFolderNames, TURN } from './token-folder.js';
import { parseTokenFile, stateOf, type TokenFile, tokenFileName } from './token-file.js';
import { dueMs, GRACE_MS, type Rate, roomFor, type Write } from './window.js';

/** Another process may free a token at any time; while none is due by the clock, look this often. */
const LOOK_AGAIN_MS = 100;

interface Placed {
  readonly folder: string;
  readonly name: string;
  readonly token: TokenFile;
  readonly dueMs: number;
}

interface HeldToken extends Token {
  readonly folder: string;
  readonly name: string;
  readonly index: number;
}

/** A folder of so many token files is still listed in a millisecond; above it each process counts by itself. */
export const MAX_FILE_TOKENS = 1000;

/**
 * A ledger for all processes of one machine. Each token is a file named after its state, and a rename is the only way to
 * change it: exactly one process wins it, nothing is ever locked, and a kill at any point loses no token.
 * Its clock is the machine's monotonic one. After a reboot that clock starts again, so stamps look older than
 * they are at most by nothing: a stamp in the future is taken for now, any other seems younger than it is.
 */
export class FileLedger implements Ledger {
  readonly #folder: string;
  readonly #rate: { limit: number; readonly windowMs: number };
  readonly #now: () => number;
  readonly #holder = holderName();
  readonly #held = new Map<string, HeldToken>();

  /**
   * @param folder this budget's own folder; made where it is missing, readable by its owner alone
   * @throws the file system's error where the folder can't be used
   */
  constructor(folder: string, rate: Rate, now: () => number = monotonicMs) {
    this.#folder = folder;
    this.#rate = { ...rate };
    this.#now = now;
    makeFolder(folder);
    if (lstatSync(folder).isSymbolicLink()) throw new Error(`${folder} is a symbolic link`);
    this.#ensureTokens();
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const nowMs = this.#now();
    const placed = this.#look(nowMs);
    const turn = this.#turn(nowMs);
    const claim = { writes: writesOf(placed, nowMs), paced: turn.fresh };
    const dues = placed.map((one) => one.dueMs);
    const room = roomFor(dues, { limit: this.#rate.limit, reserve: request.reserve, nowMs });
    if (room.count === 0)
      return { ...claim, tokens: [], waitMs: Math.min(room.waitMs, this.#longestWaitMs(placed, nowMs)) };

    const spacingMs = request.spacingMs;
    if (spacingMs !== undefined) {
      const waitMs = turn.atMs + spacingMs - nowMs;
      if (waitMs > 0) return { ...claim, tokens: [], waitMs };
      if (!this.#takeTurn(turn.name, nowMs)) return { ...claim, tokens: [], waitMs: 1 };
    }
    const count = Math.min(request.wanted, spacingMs === undefined ? room.count : 1);
    const tokens = this.#take(placed, count, nowMs);
    if (spacingMs !== undefined) return { ...claim, tokens, waitMs: spacingMs };
    // Lost to another process, or no more is due: either way the next look tells.
    return { ...claim, tokens, waitMs: tokens.length < count ? 1 : this.#longestWaitMs(placed, nowMs) };
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    this.#release(token, (index) => ({ kind: 'done', index, sentMs: token.sentMs, doneMs: answeredMs, id: token.id }));
    const nowMs = this.#now();
    return writesOf(this.#look(nowMs), nowMs);
  }

  async unsent(token: Token): Promise<void> {
    this.#release(token, (index) => ({ kind: 'free', index }));
  }

  async failed(token: Token): Promise<void> {
    const doneMs = this.#now() + GRACE_MS;
    this.#release(token, (index) => ({ kind: 'done', index, sentMs: token.sentMs, doneMs, id: token.id }));
  }

  async resize(limit: number): Promise<void> {
    if (limit > MAX_FILE_TOKENS) throw new Error(`${limit} writes a window are too many to be shared by files`);
    this.#rate.limit = limit;
    this.#ensureTokens();
  }

  async close(): Promise<void> {
    for (const token of [...this.#held.values()]) await this.failed(token);
  }

  #take(placed: readonly Placed[], count: number, nowMs: number): Token[] {
    const due = placed.filter((one) => one.token.index < this.#rate.limit && one.dueMs <= nowMs);
    // Processes that wake together and start at different tokens seldom reach for the same one.
    const from = Math.floor(Math.random() * due.length);
    const tokens: Token[] = [];
    for (const { folder, name, token } of [...due.slice(from), ...due.slice(0, from)]) {
      if (tokens.length === count) break;
      const id = randomBytes(6).toString('hex');
      const sent = { kind: 'sent', index: token.index, sentMs: nowMs, holder: this.#holder, id } as const;
      const held = { id, sentMs: nowMs, folder, name: tokenFileName(sent), index: token.index };
      if (!renamed(join(folder, name), join(folder, held.name))) continue;
      this.#held.set(id, held);
      tokens.push(held);
    }
    return tokens;
  }

  #release(token: Token, next: (index: number) => TokenFile): void {
    const held = this.#held.get(token.id);
    if (held === undefined) return;
    this.#held.delete(token.id);
    renamed(join(held.folder, held.name), join(held.folder, tokenFileName(next(held.index))));
  }

  /** Every token with its due time; a stamp from before a reboot is first set to now, or it would never be due. */
  #look(nowMs: number): Placed[] {
    const alive = new Map<string, boolean>([[this.#holder, true]]);
    const isAlive = (holder: string): boolean => {
      const known = alive.get(holder) ?? holderIsAlive(holder);
      alive.set(holder, known);
      return known;
    };
    const placed: Placed[] = [];
    for (const folder of this.#tokenFolders()) {
      for (const name of readdirSync(folder)) {
        const token = parseTokenFile(name);
        if (token === undefined) continue;
        const current = stampMs(token) > nowMs + GRACE_MS + 1 ? restamped(folder, name, token, nowMs) : { name, token };
        placed.push({ folder, ...current, dueMs: dueMs(stateOf(current.token, isAlive), this.#rate.windowMs) });
      }
    }
    return placed;
  }

  #tokenFolders(): string[] {
    let names = tokenFolderNames(this.#folder);
    if (names.length === 0) {
      // Someone cleared the folder while we run: what was spent is forgotten, so all of it counts as spent just now.
      this.#ensureTokens('done');
      names = tokenFolderNames(this.#folder);
    }
    return names.map((name) => join(this.#folder, name));
  }

  #ensureTokens(as: 'free' | 'done' = 'free'): void {
    ensureTokenFolders(this.#folder, { limit: this.#rate.limit, as, holder: this.#holder, nowMs: this.#now() });
  }

  /** The file that passes the turn to write among paced processes; its name holds when it was last taken. */
  #turn(nowMs: number): { readonly name: string; readonly atMs: number; readonly fresh: boolean } {
    const name = readdirSync(join(this.#folder, 't0')).find((one) => one.startsWith(TURN)) ?? NO_TURN;
    const atMs = Number(name.slice(TURN.length));
    const beforeReboot = atMs > nowMs + GRACE_MS;
    const taken = atMs > 0 && !beforeReboot;
    const fresh = taken && nowMs - atMs < PACED_MARK_WINDOWS * this.#rate.windowMs;
    return { name, atMs: taken ? atMs : -Infinity, fresh };
  }

  #takeTurn(name: string, nowMs: number): boolean {
    const folder = join(this.#folder, 't0');
    return renamed(join(folder, name), join(folder, `${TURN}${String(Math.ceil(nowMs))}`));
  }

  #longestWaitMs(placed: readonly Placed[], nowMs: number): number {
    const nextDueMs = Math.min(...placed.map((one) => (one.dueMs > nowMs ? one.dueMs : Infinity)));
    const underWay = placed.some((one) => one.token.kind === 'sent' && !this.#held.has(one.token.id));
    return Math.min(nextDueMs - nowMs, underWay ? LOOK_AGAIN_MS : Infinity);
  }
}

function stampMs(token: TokenFile): number {
  if (token.kind === 'free') return -Infinity;
  return token.kind === 'done' ? token.doneMs : token.sentMs;
}

function restamped(folder: string, name: string, token: TokenFile, nowMs: number): { name: string; token: TokenFile } {
  const id = token.kind === 'free' ? '0' : token.id;
  const done: TokenFile = { kind: 'done', index: token.index, sentMs: nowMs, doneMs: nowMs, id };
  const next = tokenFileName(done);
  // Where another process was faster, this reads its work a moment early: as spent now, which it is.
  renamed(join(folder, name), join(folder, next));
  return { name: next, token: done };
}

function writesOf(placed: readonly Placed[], nowMs: number): Write[] {
  return placed.flatMap(({ token, dueMs: due }) => {
    if (token.kind === 'free' || due <= nowMs) return [];
    return [{ id: token.id, sentMs: token.sentMs, doneMs: token.kind === 'done' ? token.doneMs : undefined }];
  });
}

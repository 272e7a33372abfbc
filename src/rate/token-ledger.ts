import { randomBytes } from 'node:crypto';
import { holderName } from '../storage/process-identity.js';
import {
  type Claim,
  type ClaimRequest,
  dueMs,
  GRACE_MS,
  type Ledger,
  listable,
  monotonicMs,
  MOST_LISTED,
  PACED_MARK_WINDOWS,
  type Rate,
  roomFor,
  type Token,
  type Write,
} from './rate.js';
import {
  announcedIn,
  limitName,
  type NamedToken,
  NO_TURN,
  parseTokenName,
  parseTurnName,
  type Placed,
  rememberedAlive,
  stateOf,
  type StoredName,
  tokenName,
  type Turn,
  turnName,
} from './token-names.js';
import { MemoryStore, type TokenStore } from './token-store.js';

/** Another process may free a token at any time: look this often while no token is due by the clock. */
const LOOK_AGAIN_MS = 100;

export interface TokenLedgerOptions {
  readonly store: TokenStore;
  readonly rate: Rate;
  readonly now?: (() => number) | undefined;
  /** Called once where the store fails (a full disk, a folder taken away): this process then goes on by itself. */
  readonly onAlone?: ((error: unknown) => void) | undefined;
}

/**
 * An account whose tokens are names in a store; a rename is the only way to change one. In a folder it is shared by all
 * processes of a machine. Its clock is the machine's monotonic one, which begins anew with a reboot: a stamp from before
 * lies in the future or looks younger than it is, so no token comes back too early.
 */
export class TokenLedger implements Ledger {
  #store: TokenStore;
  #rate: Rate;
  /** What `limit` and `reserve` of a caller are multiplied by: 1 unless the rate is kept as a shorter one. */
  #scale = 1;
  /** What the store held when last seen, and what was done to it since. */
  #names: StoredName[] = [];
  readonly #now: () => number;
  #onAlone: ((error: unknown) => void) | undefined;
  readonly #holder = holderName();
  readonly #held = new Map<string, StoredName & { readonly index: number }>();
  readonly #windowMs: number;
  readonly announced: number | undefined;

  /** @throws the store's error where it can't be used from the start */
  constructor(options: TokenLedgerOptions) {
    this.#store = options.store;
    this.#windowMs = options.rate.windowMs;
    this.#now = options.now ?? monotonicMs;
    this.#onAlone = options.onAlone;
    this.#rate = this.#listable(options.rate.limit);
    this.#grow('free');
    this.announced = announcedIn(this.#store.notes(), this.#now());
  }

  async claim(request: ClaimRequest, ids?: readonly string[]): Promise<Claim> {
    return this.#safely(() => this.#claim(request, ids));
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    return this.#safely(() => {
      this.#release(token, (index) => ({ ...token, kind: 'done', index, doneMs: answeredMs }));
      const nowMs = this.#now();
      return this.#scale === 1 ? this.#writesOf(this.#look(nowMs).placed, nowMs) : [];
    });
  }

  async unsent(token: Token): Promise<void> {
    this.#safely(() => this.#release(token, (index) => ({ kind: 'free', index })));
  }

  async failed(token: Token): Promise<void> {
    const doneMs = this.#now() + GRACE_MS;
    this.#safely(() => this.#release(token, (index) => ({ ...token, kind: 'done', index, doneMs })));
  }

  async resize(limit: number): Promise<void> {
    this.#rate = this.#listable(limit);
    this.#safely(() => this.#grow('free'));
  }

  async note(announced: number): Promise<void> {
    this.#safely(() => this.#store.note(limitName(announced, this.#now())));
  }

  async close(): Promise<void> {
    for (const id of [...this.#held.keys()]) await this.failed({ id, sentMs: this.#now() });
  }

  #claim(request: ClaimRequest, ids?: readonly string[]): Claim {
    const nowMs = this.#now();
    const { placed, turn } = this.#look(nowMs);
    const claim = {
      writes: this.#writesOf(placed, nowMs),
      paced: nowMs - turn.takenMs < PACED_MARK_WINDOWS * this.#windowMs,
    };
    const none = (waitMs: number): Claim => ({ ...claim, tokens: [], waitMs });
    const reserve = Math.floor(request.reserve * this.#scale);
    const room = roomFor(
      placed.map((one) => one.dueMs),
      { limit: this.#rate.limit, reserve, nowMs },
    );
    if (room.count === 0) return none(Math.min(room.waitMs, this.#longestWaitMs(placed, nowMs)));
    if (request.spacingMs === undefined) {
      const count = Math.min(request.wanted, room.count);
      const tokens = this.#take(placed, count, nowMs, ids);
      // Lost to another process, or no more is due: either way the next look tells.
      return { ...claim, tokens, waitMs: tokens.length < count ? 1 : this.#longestWaitMs(placed, nowMs) };
    }
    const waitMs = turn.takenMs + request.spacingMs - nowMs;
    if (waitMs > 0) return none(waitMs);
    if (!this.#rename(turn, turnName(nowMs))) return none(1);
    return { ...claim, tokens: this.#take(placed, 1, nowMs, ids), waitMs: request.spacingMs };
  }

  #take(placed: readonly Placed[], count: number, nowMs: number, ids: readonly string[] = []): Token[] {
    const due = placed.filter((one) => one.token.index < this.#rate.limit && one.dueMs <= nowMs);
    // Processes that wake together and start at different tokens seldom reach for the same one.
    const from = Math.floor(Math.random() * due.length);
    const tokens: Token[] = [];
    for (const stored of [...due.slice(from), ...due.slice(0, from)]) {
      if (tokens.length === count) break;
      const { index } = stored.token;
      const token = { id: ids[tokens.length] ?? randomBytes(6).toString('hex'), sentMs: nowMs };
      const name = tokenName({ ...token, kind: 'sent', index, holder: this.#holder });
      if (!this.#rename(stored, name)) continue;
      this.#held.set(token.id, { part: stored.part, name, index });
      tokens.push(token);
    }
    return tokens;
  }

  #release(token: Token, next: (index: number) => NamedToken): void {
    const held = this.#held.get(token.id);
    if (held === undefined) return;
    this.#rename(held, tokenName(next(held.index)));
    this.#held.delete(token.id);
  }

  #look(nowMs: number): { placed: readonly Placed[]; turn: Turn } {
    this.#names = this.#store.list();
    if (this.#names.length === 0) {
      // Someone cleared the folder while we run: what was spent is forgotten, so all of it counts as spent just now.
      this.#grow('done');
      this.#names = this.#store.list();
    }
    const isAlive = rememberedAlive(this.#holder);
    const placed: Placed[] = [];
    let turn: Turn = { part: '', name: NO_TURN, takenMs: -Infinity };
    for (const stored of this.#names.slice()) {
      const token = parseTokenName(stored.name);
      const takenMs = token === undefined ? parseTurnName(stored.name) : undefined;
      if (token !== undefined) placed.push(this.#place(stored, token, nowMs, isAlive));
      if (takenMs !== undefined)
        turn = { ...stored, takenMs: takenMs > 0 && takenMs <= nowMs + GRACE_MS ? takenMs : -Infinity };
    }
    return { placed, turn };
  }

  /** A stamp from before a reboot is first set to now, or its token would never be due. */
  #place(stored: StoredName, token: NamedToken, nowMs: number, isAlive: (holder: string) => boolean): Placed {
    let current = { ...stored, token };
    const stampMs = token.kind === 'done' ? token.doneMs : token.kind === 'sent' ? token.sentMs : -Infinity;
    if (token.kind !== 'free' && stampMs > nowMs + GRACE_MS + 1) {
      const { index, id } = token;
      const done: NamedToken = { kind: 'done', index, sentMs: nowMs, doneMs: nowMs, id };
      // Where another process was faster, this reads its work a moment early: as spent now, which it is.
      this.#rename(stored, tokenName(done));
      current = { part: stored.part, name: tokenName(done), token: done };
    }
    return { ...current, dueMs: dueMs(stateOf(current.token, isAlive), this.#rate.windowMs) };
  }

  #rename(from: StoredName, to: string): boolean {
    if (!this.#store.rename(from, to)) return false;
    const at = this.#names.findIndex(({ name }) => name === from.name);
    if (at >= 0) this.#names[at] = { part: from.part, name: to };
    return true;
  }

  #longestWaitMs(placed: readonly Placed[], nowMs: number): number {
    const nextDueMs = Math.min(...placed.map((one) => (one.dueMs > nowMs ? one.dueMs : Infinity)));
    const underWay = placed.some((one) => one.token.kind === 'sent' && !this.#held.has(one.token.id));
    return Math.min(nextDueMs - nowMs, underWay ? LOOK_AGAIN_MS : Infinity);
  }

  #writesOf(placed: readonly Placed[], nowMs: number): Write[] {
    // Of a shorter window it is not the whole list, and a budget so large is not worth weighing against other programs'.
    if (this.#scale !== 1) return [];
    return placed.flatMap(({ token, dueMs: due }) => {
      if (token.kind === 'free' || due <= nowMs) return [];
      return [{ id: token.id, sentMs: token.sentMs, doneMs: token.kind === 'done' ? token.doneMs : undefined }];
    });
  }

  #listable(limit: number): Rate {
    const rate = listable({ limit, windowMs: this.#windowMs });
    this.#scale = limit > MOST_LISTED ? rate.limit / limit : 1;
    return rate;
  }

  #grow(as: 'free' | 'done'): void {
    const nowMs = this.#now();
    const id = (): string => randomBytes(6).toString('hex');
    this.#store.grow(this.#rate.limit, (index) =>
      tokenName(as === 'free' ? { kind: as, index } : { kind: as, index, sentMs: nowMs, doneMs: nowMs, id: id() }),
    );
  }

  /** Where the store fails, what was last seen in it goes on in memory. */
  #safely<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (this.#onAlone === undefined) throw error;
      this.#store = new MemoryStore(this.#names.map(({ name }) => this.#asOurs(name)));
      this.#onAlone(error);
      this.#onAlone = undefined;
      return use();
    }
  }

  /** Nobody else will say what became of a request of theirs: it counts as over. */
  #asOurs(name: string): string {
    const token = parseTokenName(name);
    if (token?.kind !== 'sent' || this.#held.has(token.id)) return name;
    return tokenName({ ...token, kind: 'done', doneMs: this.#now() + GRACE_MS });
  }
}

import { type Claim, type ClaimRequest, type Ledger, monotonicMs, type Token } from './ledger.js';
import { GRACE_MS, marginMs, type Rate, type Write } from './window.js';

/** Beyond it, the writes are not listed: a budget this large is not worth weighing against other programs'. */
const LISTED_WRITES = 2000;

interface Spent extends Write {
  readonly doneMs: number;
}

/** A ledger for one process: exact, gone with the process, and fast at any rate. */
export class MemoryLedger implements Ledger {
  #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  readonly #underWay = new Map<string, Token>();
  /** Sorted by `doneMs`, the earliest first. */
  readonly #spent: Spent[] = [];
  #firstSpent = 0;
  #lastId = 0;
  #nextTurnMs = -Infinity;

  /** @param spent writes to start with, as another ledger left them */
  constructor(rate: Rate, now: () => number = monotonicMs, spent: readonly Write[] = []) {
    this.#limit = rate.limit;
    this.#windowMs = rate.windowMs;
    this.#now = now;
    for (const write of spent) this.#spend({ ...write, doneMs: write.doneMs ?? now() + GRACE_MS });
  }

  claim(request: ClaimRequest): Promise<Claim> {
    const nowMs = this.#now();
    const writes = this.#writes(nowMs);
    const room = this.#limit - request.reserve - this.#used();
    if (room <= 0) return Promise.resolve({ tokens: [], waitMs: this.#waitMs(room, nowMs), writes, paced: false });
    const spacingMs = request.spacingMs;
    if (spacingMs !== undefined && nowMs < this.#nextTurnMs) {
      return Promise.resolve({ tokens: [], waitMs: this.#nextTurnMs - nowMs, writes, paced: false });
    }
    const count = Math.min(request.wanted, spacingMs === undefined ? room : 1);
    if (spacingMs !== undefined) this.#nextTurnMs = nowMs + spacingMs;
    const tokens = Array.from({ length: count }, () => this.#grant(nowMs));
    return Promise.resolve({ tokens, waitMs: spacingMs ?? this.#waitMs(0, nowMs), writes, paced: false });
  }

  answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    if (this.#underWay.delete(token.id)) this.#spend({ id: token.id, sentMs: token.sentMs, doneMs: answeredMs });
    return Promise.resolve(this.#writes(this.#now()));
  }

  unsent(token: Token): Promise<void> {
    this.#underWay.delete(token.id);
    return Promise.resolve();
  }

  failed(token: Token): Promise<void> {
    if (this.#underWay.delete(token.id)) this.#spend({ ...token, doneMs: this.#now() + GRACE_MS });
    return Promise.resolve();
  }

  resize(limit: number): Promise<void> {
    this.#limit = limit;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #grant(nowMs: number): Token {
    this.#lastId += 1;
    const token = { id: String(this.#lastId), sentMs: nowMs };
    this.#underWay.set(token.id, token);
    return token;
  }

  #spend(write: Spent): void {
    let at = this.#spent.length;
    while (at > this.#firstSpent && (this.#spent[at - 1]?.doneMs ?? -Infinity) > write.doneMs) at -= 1;
    this.#spent.splice(at, 0, write);
  }

  #dueMs(write: Spent): number {
    return write.doneMs + this.#windowMs + marginMs(this.#windowMs);
  }

  #used(): number {
    return this.#underWay.size + this.#spent.length - this.#firstSpent;
  }

  /** @param room what is free, negative where so many more than the limit are used */
  #waitMs(room: number, nowMs: number): number {
    const next = this.#spent[this.#firstSpent - room];
    return next === undefined ? Infinity : this.#dueMs(next) - nowMs;
  }

  #writes(nowMs: number): Write[] {
    for (let next = this.#spent[this.#firstSpent]; next !== undefined; next = this.#spent[this.#firstSpent]) {
      if (this.#dueMs(next) > nowMs) break;
      this.#firstSpent += 1;
    }
    // Dropping from the front one by one would copy the rest each time.
    if (this.#firstSpent > 1000 || this.#firstSpent === this.#spent.length) {
      this.#spent.splice(0, this.#firstSpent);
      this.#firstSpent = 0;
    }
    if (this.#used() > LISTED_WRITES) return [];
    const underWay = [...this.#underWay.values()].map((token) => ({ ...token, doneMs: undefined }));
    return [...underWay, ...this.#spent.slice(this.#firstSpent)];
  }
}

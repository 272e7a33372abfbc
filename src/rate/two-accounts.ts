/**
 * A rate of another window than Clarky's has an account of its own, and spends from the one of Clarky's window as well: that
 * one is shared with whoever uses the key, whatever window they keep to.
 */
import {
  type Claim,
  type ClaimRequest,
  type Ledger,
  type Rate,
  type Token,
  type Write,
  WRITES_PER_MINUTE,
} from './rate.js';

/** The rate that writes at `rate` are to keep to as well; undefined where it is that of Clarky, or was asked to be faster. */
export function rateBeside({ limit, windowMs }: Rate): Rate | undefined {
  const isClarkys = windowMs === WRITES_PER_MINUTE.windowMs;
  const isFaster = limit * WRITES_PER_MINUTE.windowMs > WRITES_PER_MINUTE.limit * windowMs;
  return isClarkys || isFaster ? undefined : WRITES_PER_MINUTE;
}

/** Grants what both grant. */
export class TwoAccounts implements Ledger {
  readonly #own: Ledger;
  readonly #common: Ledger;
  /** Of each token that is out, by the id of the own account's, the common account's. */
  readonly #pairs = new Map<string, Token>();

  readonly #firstLimit: number;

  /**
   * @param own says what was written, and by whom
   * @param firstLimit of the own account, before a server announced another
   */
  constructor(own: Ledger, common: Ledger, firstLimit: number) {
    this.#own = own;
    this.#common = common;
    this.#firstLimit = firstLimit;
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const own = await this.#own.claim(request);
    if (own.tokens.length === 0) return own;
    // What is left to other programs is left of the own rate.
    const common = await this.#common.claim({ ...request, wanted: own.tokens.length, reserve: 0 });
    const tokens = own.tokens.slice(0, common.tokens.length);
    for (const [at, token] of common.tokens.entries()) {
      const pair = own.tokens[at];
      if (pair !== undefined) this.#pairs.set(pair.id, token);
    }
    for (const token of own.tokens.slice(tokens.length)) await this.#own.unsent(token);
    const waitMs = tokens.length < own.tokens.length ? common.waitMs : own.waitMs;
    return { tokens, waitMs, writes: own.writes, paced: own.paced || common.paced };
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    await this.#pairOf(token, (pair) => this.#common.answered(pair, answeredMs));
    return this.#own.answered(token, answeredMs);
  }

  async unsent(token: Token): Promise<void> {
    await this.#pairOf(token, (pair) => this.#common.unsent(pair));
    await this.#own.unsent(token);
  }

  async failed(token: Token): Promise<void> {
    await this.#pairOf(token, (pair) => this.#common.failed(pair));
    await this.#own.failed(token);
  }

  /** What a server announces lower holds in Clarky's window. */
  async resize(limit: number): Promise<void> {
    await this.#own.resize(limit);
    await this.#common.resize(limit < this.#firstLimit ? limit : WRITES_PER_MINUTE.limit);
  }

  async close(): Promise<void> {
    await this.#own.close();
    await this.#common.close();
  }

  async #pairOf(token: Token, tell: (pair: Token) => Promise<unknown>): Promise<void> {
    const pair = this.#pairs.get(token.id);
    this.#pairs.delete(token.id);
    if (pair !== undefined) await tell(pair);
  }
}

/**
 * A rate of another window than Clarky's has an account of its own, and spends from the one of Clarky's window as well: that
 * one is shared with whoever uses the key, whatever window and rate they keep to.
 */
import { MOST_LISTED, type Claim, type ClaimRequest, type Ledger, type Rate, WRITES_PER_MINUTE } from './rate.js';
import { idsOf, LedgerPair } from './both-places.js';

/** What a rate of another window is in Clarky's window. */
export interface RateBeside extends Rate {
  /** It is so fast that it holds nobody back: what is written is only seen by the others. */
  readonly isWitness: boolean;
}

/** The rate that writes at `rate` keep to as well: Clarky's, or a faster one that was asked for; undefined in Clarky's own window. */
export function rateBeside({ limit, windowMs }: Rate): RateBeside | undefined {
  const { limit: most, windowMs: minuteMs } = WRITES_PER_MINUTE;
  if (windowMs === minuteMs) return undefined;
  const inMinute = Math.max(most, Math.ceil((limit * minuteMs) / windowMs));
  const isWitness = inMinute > MOST_LISTED;
  return { limit: isWitness ? most : inMinute, windowMs: minuteMs, isWitness };
}

/** Grants what both grant; where the common one is a witness, what the own one grants. */
export class TwoAccounts extends LedgerPair {
  /** Before a server announced another. */
  readonly #firstLimit: number;
  readonly #beside: RateBeside;

  /**
   * @param own says what was written, and by whom
   * @param rates of the own account, and of the common one
   */
  constructor(own: Ledger, common: Ledger, rates: { readonly own: Rate; readonly beside: RateBeside }) {
    super(own, common);
    this.#firstLimit = rates.own.limit;
    this.#beside = rates.beside;
  }

  async claim(request: ClaimRequest, ids?: readonly string[]): Promise<Claim> {
    const own = await this.first.claim(request, ids);
    if (own.tokens.length === 0) return own;
    // What is left to other programs is left of the own rate.
    const common = await this.second.claim({ ...request, wanted: own.tokens.length, reserve: 0 }, idsOf(own));
    const tokens = this.#beside.isWitness ? own.tokens : own.tokens.slice(0, common.tokens.length);
    for (const [at, token] of common.tokens.entries()) {
      const pair = own.tokens[at];
      if (pair !== undefined) this.pair(pair.id, token);
    }
    for (const token of own.tokens.slice(tokens.length)) await this.first.unsent(token);
    const waitMs = tokens.length < own.tokens.length ? common.waitMs : own.waitMs;
    return { tokens, waitMs, writes: own.writes, paced: own.paced || common.paced };
  }

  /** What a server announces lower holds in Clarky's window; less of a faster rate is less in the same measure. */
  async resize(limit: number): Promise<void> {
    await this.first.resize(limit);
    const { limit: most, isWitness } = this.#beside;
    if (isWitness) return;
    const isLower = limit < this.#firstLimit;
    const inMinute = most > WRITES_PER_MINUTE.limit ? Math.ceil((most * limit) / this.#firstLimit) : limit;
    await this.second.resize(isLower ? inMinute : most);
  }

  /** It is of Clarky's window, as what is announced is. */
  get announced(): number | undefined {
    return this.second.announced;
  }

  note(announced: number): Promise<void> {
    return this.second.note(announced);
  }
}

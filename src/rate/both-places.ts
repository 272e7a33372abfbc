/**
 * The account of a key that imports on several machines share, and the one of this machine, which its imports share that know
 * nothing of the other place: what goes out is spent from both.
 */
import type { Claim, ClaimRequest, Ledger, Token, Write } from './rate.js';

/** Two ledgers. A write has a token in each, and the second token goes wherever the first one goes. */
export abstract class LedgerPair implements Ledger {
  /** Of each token that is out, by the id of the first's, the second's. */
  readonly #pairs = new Map<string, Token>();

  /** @param first says what was written, and by whom */
  constructor(
    protected readonly first: Ledger,
    protected readonly second: Ledger,
  ) {}

  abstract claim(request: ClaimRequest): Promise<Claim>;
  abstract resize(limit: number): Promise<void>;
  abstract get announced(): number | undefined;
  abstract note(announced: number): Promise<void>;

  protected pair(id: string, token: Token): void {
    this.#pairs.set(id, token);
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    await this.#withPair(token, (pair) => this.second.answered(pair, answeredMs));
    return this.first.answered(token, answeredMs);
  }

  async unsent(token: Token): Promise<void> {
    await this.#withPair(token, (pair) => this.second.unsent(pair));
    await this.first.unsent(token);
  }

  async failed(token: Token): Promise<void> {
    await this.#withPair(token, (pair) => this.second.failed(pair));
    await this.first.failed(token);
  }

  async close(): Promise<void> {
    await this.second.close();
    await this.first.close();
  }

  async #withPair(token: Token, tell: (pair: Token) => Promise<unknown>): Promise<void> {
    const pair = this.#pairs.get(token.id);
    this.#pairs.delete(token.id);
    if (pair !== undefined) await tell(pair);
  }
}

/** Grants what both grant. */
export class BothPlaces extends LedgerPair {
  /** So many were granted here last, where that was fewer than afar: no more are asked for there, to be given back again. */
  #most = Infinity;

  /** @param afar says what was written, and by whom */
  constructor(afar: Ledger, here: Ledger) {
    super(afar, here);
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const afar = await this.first.claim({ ...request, wanted: Math.min(request.wanted, this.#most) });
    if (afar.tokens.length === 0) return afar;
    // What is left to other programs is left of the account afar.
    const here = await this.second.claim({ ...request, wanted: afar.tokens.length, reserve: 0 });
    const tokens = afar.tokens.slice(0, here.tokens.length);
    for (const [at, { id }] of tokens.entries()) {
      const pair = here.tokens[at];
      if (pair !== undefined) this.pair(id, pair);
    }
    const isShort = tokens.length < afar.tokens.length;
    await Promise.all(afar.tokens.slice(tokens.length).map((token) => this.first.unsent(token)));
    // More may be there than was asked for this time.
    const waitMs = isShort ? here.waitMs : this.#most === Infinity ? afar.waitMs : 1;
    this.#most = isShort ? Math.max(1, tokens.length) : Infinity;
    return { tokens, waitMs, writes: afar.writes, paced: afar.paced || here.paced };
  }

  async resize(limit: number): Promise<void> {
    await this.second.resize(limit);
    await this.first.resize(limit);
  }

  /** The lower of what was announced to those here, and to those afar. */
  get announced(): number | undefined {
    const { announced: here = Infinity } = this.second;
    const { announced: afar = Infinity } = this.first;
    const least = Math.min(here, afar);
    return least === Infinity ? undefined : least;
  }

  async note(announced: number): Promise<void> {
    await this.second.note(announced);
    await this.first.note(announced);
  }
}

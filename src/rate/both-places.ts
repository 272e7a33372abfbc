/**
 * The account of a key that imports on several machines share, and the one of this machine, which its imports share that know
 * nothing of the other place: what goes out is spent from both.
 */
import type { Claim, ClaimRequest, Ledger, Token, Write } from './rate.js';

/** Grants what both grant. */
export class BothPlaces implements Ledger {
  readonly #afar: Ledger;
  readonly #here: Ledger;
  /** Of each token that is out, by its id afar, the one of here. */
  readonly #pairs = new Map<string, Token>();
  /** So many were granted here last, where that was fewer than afar: no more are asked for there, to be given back again. */
  #most = Infinity;

  /** @param afar says what was written, and by whom */
  constructor(afar: Ledger, here: Ledger) {
    this.#afar = afar;
    this.#here = here;
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const afar = await this.#afar.claim({ ...request, wanted: Math.min(request.wanted, this.#most) });
    if (afar.tokens.length === 0) return afar;
    // What is left to other programs is left of the account afar.
    const here = await this.#here.claim({ ...request, wanted: afar.tokens.length, reserve: 0 });
    const tokens = afar.tokens.slice(0, here.tokens.length);
    for (const [at, { id }] of tokens.entries()) {
      const pair = here.tokens[at];
      if (pair !== undefined) this.#pairs.set(id, pair);
    }
    const isShort = tokens.length < afar.tokens.length;
    await Promise.all(afar.tokens.slice(tokens.length).map((token) => this.#afar.unsent(token)));
    // More may be there than was asked for this time.
    const waitMs = isShort ? here.waitMs : this.#most === Infinity ? afar.waitMs : 1;
    this.#most = isShort ? Math.max(1, tokens.length) : Infinity;
    return { tokens, waitMs, writes: afar.writes, paced: afar.paced || here.paced };
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    await this.#pairOf(token, (pair) => this.#here.answered(pair, answeredMs));
    return this.#afar.answered(token, answeredMs);
  }

  async unsent(token: Token): Promise<void> {
    await this.#pairOf(token, (pair) => this.#here.unsent(pair));
    await this.#afar.unsent(token);
  }

  async failed(token: Token): Promise<void> {
    await this.#pairOf(token, (pair) => this.#here.failed(pair));
    await this.#afar.failed(token);
  }

  async resize(limit: number): Promise<void> {
    await this.#here.resize(limit);
    await this.#afar.resize(limit);
  }

  /** The lower of what was announced to those here, and to those afar. */
  get announced(): number | undefined {
    const { announced: here = Infinity } = this.#here;
    const { announced: afar = Infinity } = this.#afar;
    const least = Math.min(here, afar);
    return least === Infinity ? undefined : least;
  }

  async note(announced: number): Promise<void> {
    await this.#here.note(announced);
    await this.#afar.note(announced);
  }

  async close(): Promise<void> {
    await this.#here.close();
    await this.#afar.close();
  }

  async #pairOf(token: Token, tell: (pair: Token) => Promise<unknown>): Promise<void> {
    const pair = this.#pairs.get(token.id);
    this.#pairs.delete(token.id);
    if (pair !== undefined) await tell(pair);
  }
}

/**
 * The account of a key that imports on several machines share, and the one of this machine, which its imports share that know
 * nothing of the other place: what goes out is spent from both.
 */
import { type Claim, type ClaimRequest, type Ledger, monotonicMs, type Token, type Write } from './rate.js';

/** Two ledgers. A write has a token in each, and the second token goes wherever the first one goes. */
export abstract class LedgerPair implements Ledger {
  /** Of each token that is out, by the id of the first's, the second's. */
  readonly #pairs = new Map<string, Token>();

  /** @param first says what was written, and by whom */
  constructor(
    protected readonly first: Ledger,
    protected readonly second: Ledger,
  ) {}

  abstract claim(request: ClaimRequest, ids?: readonly string[]): Promise<Claim>;
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

/** Looks, and takes none. */
const NOTHING: ClaimRequest = { wanted: 0, reserve: 0, spacingMs: undefined };

/**
 * Writes of others that only one of both accounts knows. Whoever has both takes a token afar first and then one here, under one
 * id: what is in one place alone at two looks stays so. A token comes back a little earlier in one than in the other, so only
 * those count that are younger than half a window.
 */
class Strangers {
  readonly #halfMs: number;
  #seen: readonly (readonly Write[])[] = [];

  constructor(windowMs: number) {
    this.#halfMs = windowMs / 2;
  }

  /** Whether there are some in each of both. */
  areSeenIn(afar: Claim, here: Claim): boolean {
    const sinceMs = monotonicMs() - this.#halfMs;
    const young = ({ writes }: Claim): readonly Write[] => writes.filter(({ sentMs }) => sentMs > sinceMs);
    const before = this.#seen;
    this.#seen = [without(young(afar), here.writes), without(young(here), afar.writes)];
    return this.#seen.every((now, at) => now.length > without(now, before[at] ?? []).length);
  }
}

function without(some: readonly Write[], others: readonly Write[]): readonly Write[] {
  const known = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !known.has(id));
}

/** The ids of what was claimed. */
export const idsOf = ({ tokens }: Claim): string[] => tokens.map(({ id }) => id);

/** Grants what both grant. */
export class BothPlaces extends LedgerPair {
  #strangers: Strangers | undefined;
  /** So many were granted here last, where that was fewer than afar: no more are asked for there, to be given back again. */
  #most = Infinity;
  readonly #onSplit: () => void;

  /**
   * @param afar says what was written, and by whom
   * @param onSplit called once where others write afar, and others here that are not known there
   */
  constructor(afar: Ledger, here: Ledger, windowMs: number, onSplit: () => void) {
    super(afar, here);
    this.#strangers = new Strangers(windowMs);
    this.#onSplit = onSplit;
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const afar = await this.first.claim({ ...request, wanted: Math.min(request.wanted, this.#most) });
    if (afar.tokens.length === 0) {
      if (this.#strangers !== undefined) this.#look(afar, await this.second.claim(NOTHING));
      return afar;
    }
    // What is left to other programs is left of the account afar.
    const wanted = { ...request, wanted: afar.tokens.length, reserve: 0 };
    const here = await this.second.claim(wanted, idsOf(afar));
    this.#look(afar, here);
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

  #look(afar: Claim, here: Claim): void {
    if (this.#strangers?.areSeenIn(afar, here) !== true) return;
    this.#strangers = undefined;
    this.#onSplit();
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

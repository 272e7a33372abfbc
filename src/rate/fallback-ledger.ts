import type { Claim, ClaimRequest, Ledger, Token } from './ledger.js';
import type { Write } from './window.js';

/**
 * A ledger that goes on by itself when the shared one fails (a full disk, a folder taken away): what was last seen spent
 * counts as spent, and the headers of the answers show what others do from then on.
 */
export class FallbackLedger implements Ledger {
  #ledger: Ledger;
  #limit: number;
  #writes: readonly Write[] = [];
  #fallback: ((limit: number, writes: readonly Write[]) => Ledger) | undefined;
  readonly #onFailure: (error: unknown) => void;

  /** @param fallback makes the ledger to go on with, from the limit in force and the writes last seen */
  constructor(
    ledger: Ledger,
    limit: number,
    fallback: (limit: number, writes: readonly Write[]) => Ledger,
    onFailure: (error: unknown) => void,
  ) {
    this.#ledger = ledger;
    this.#limit = limit;
    this.#fallback = fallback;
    this.#onFailure = onFailure;
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const claim = await this.#try((ledger) => ledger.claim(request));
    this.#writes = claim.writes;
    return claim;
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    this.#writes = await this.#try((ledger) => ledger.answered(token, answeredMs));
    return this.#writes;
  }

  unsent(token: Token): Promise<void> {
    return this.#try((ledger) => ledger.unsent(token));
  }

  failed(token: Token): Promise<void> {
    return this.#try((ledger) => ledger.failed(token));
  }

  resize(limit: number): Promise<void> {
    this.#limit = limit;
    return this.#try((ledger) => ledger.resize(limit));
  }

  close(): Promise<void> {
    return this.#try((ledger) => ledger.close());
  }

  async #try<T>(use: (ledger: Ledger) => Promise<T>): Promise<T> {
    const used = this.#ledger;
    try {
      return await use(used);
    } catch (error) {
      if (this.#ledger === used) this.#switch(error);
      return await use(this.#ledger);
    }
  }

  #switch(error: unknown): void {
    if (this.#fallback === undefined) throw error;
    this.#ledger = this.#fallback(this.#limit, this.#writes);
    this.#fallback = undefined;
    this.#onFailure(error);
  }
}

import { type Ledger, monotonicMs, type Rate, type RateHeaders, type Token } from './rate.js';
import { Pacing } from './pacing.js';
import type { RateEvent } from './telling/rate-event.js';

/** What is announced again and again is noted again as seldom. */
const NOTE_AGAIN_MS = 60_000;

/** The budget of one key: its tokens, and what the answers teach about them. */
export class Account {
  /** Which of the gate's keys it is. */
  readonly number: number;
  readonly ledger: Ledger;
  readonly pacing: Pacing;
  readonly #now: () => number;
  #noted: { readonly limit: number; readonly atMs: number } | undefined;
  /** Writes that are out and not answered yet. */
  underWay = 0;
  #dropped = false;

  constructor(parts: { number: number; ledger: Ledger; pacing: Pacing; now: () => number }) {
    this.number = parts.number;
    this.ledger = parts.ledger;
    this.pacing = parts.pacing;
    this.#now = parts.now;
  }

  get dropped(): boolean {
    return this.#dropped;
  }

  /** Nothing more is claimed; what is under way is heard. */
  drop(): void {
    this.#dropped = true;
  }

  begin(): void {
    this.underWay += 1;
  }

  end(): void {
    this.underWay -= 1;
  }

  /**
   * Claims tokens for writes that wait.
   * @param granted tokens that no write has picked up yet
   */
  async claim(wanted: number, granted: number): Promise<Claimed> {
    const open = this.pacing.open(this.#now(), this.underWay + granted);
    if (open.atMost === 0) {
      const isKnown = open.waitMs !== Infinity;
      return { tokens: [], lookAgainMs: open.waitMs, nextWriteMs: isKnown ? open.waitMs : 0, isStopped: false };
    }
    const request = { wanted: Math.min(wanted, open.atMost), ...this.pacing.terms(this.#now()) };
    const { tokens, waitMs, ...claim } = await this.ledger.claim(request);
    this.pacing.note(claim, this.#now());
    const isStopped = this.dropped || this.pacing.pausedAt(this.#now());
    const nextWriteMs = tokens.length > 0 ? 0 : waitMs;
    // The answer to the one write that goes ahead will tell.
    const isTold = tokens.length >= wanted || (open.atMost === 1 && tokens.length === 1);
    const lookAgainMs = isTold ? Infinity : Math.min(waitMs, this.pacing.longestWaitMs(this.#now()));
    return { tokens, lookAgainMs, nextWriteMs, isStopped };
  }

  /** The answer's headers came at `answeredMs`; a refusal was told to `pacing.halt` by then. */
  async answered(token: Token, headers: RateHeaders, refused: boolean, answeredMs: number): Promise<void> {
    const writes = await this.ledger.answered(token, answeredMs);
    const resizedTo = this.pacing.weigh(token, { ...headers, answeredMs, refused }, writes);
    if (resizedTo !== undefined) await this.ledger.resize(resizedTo);
    if (headers.window !== undefined) await this.#note(headers.window.limit, answeredMs);
  }

  async #note(limit: number, atMs: number): Promise<void> {
    if (this.#noted?.limit === limit && atMs - this.#noted.atMs < NOTE_AGAIN_MS) return;
    this.#noted = { limit, atMs };
    await this.ledger.note(limit);
  }
}

export interface Claimed {
  readonly tokens: readonly Token[];
  /** When to ask again; Infinity where an answer or a new write will tell. */
  readonly lookAgainMs: number;
  /** When the next write can go out, as things stand; 0 where one can now, or an answer will tell. */
  readonly nextWriteMs: number;
  /** A refusal came meanwhile: the tokens are to be given back. */
  readonly isStopped: boolean;
}

export interface AccountsOptions {
  /** One for each key. */
  readonly ledgers: readonly Ledger[];
  /** Of each key. */
  readonly rate: Rate;
  /** The rate was asked for by the user: nothing that a server announces lifts it. */
  readonly capped?: boolean | undefined;
  /** Opens the account of another key. */
  readonly openLedger?: ((key: string) => Promise<Ledger>) | undefined;
  readonly onEvent?: ((event: RateEvent) => void) | undefined;
}

/** The accounts of all keys, by their numbers. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #accounts: Account[];
  /** Everything opened: a key that was dropped or renewed may still have requests under way. */
  readonly #ledgers: Ledger[];
  /** The limit of all was told. */
  #hasTold = false;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#ledgers = [...options.ledgers];
    this.#accounts = options.ledgers.map((ledger, number) => this.#new(ledger, number));
    // What is told is the limit of all: several keys that begin with less are told of once.
    const lowered = this.#accounts.find(({ pacing }) => pacing.limit < options.rate.limit);
    if (lowered !== undefined) this.#tellLimit(options.rate.limit, lowered.pacing.limit);
  }

  /** Requests in a window, of all keys. */
  get limit(): number {
    return this.alive().reduce((sum, { pacing }) => sum + pacing.limit, 0);
  }

  alive(): Account[] {
    return this.#accounts.filter(({ dropped }) => !dropped);
  }

  drop(number: number): Account | undefined {
    const account = this.#accounts[number];
    if (account?.dropped === true) return account;
    account?.drop();
    // Whoever was told what all may write together is told what that is now.
    const [left] = this.alive();
    if (this.#hasTold && left !== undefined) this.#tellLimit(left.pacing.limit, left.pacing.limit);
    return account;
  }

  /** Puts another key in the place of one. Returns the account that was there. */
  async renew(number: number, key: string): Promise<Account | undefined> {
    const ledger = await this.#options.openLedger?.(key);
    if (ledger === undefined) throw new Error('no way to open the account of another key');
    this.#ledgers.push(ledger);
    const before = this.#accounts[number];
    before?.drop();
    this.#accounts[number] = this.#new(ledger, number);
    return before;
  }

  async close(): Promise<void> {
    await Promise.all(this.#ledgers.map((ledger) => ledger.close()));
  }

  #new(ledger: Ledger, number: number): Account {
    const { rate, capped, onEvent = () => undefined } = this.#options;
    const { announced } = ledger;
    const onLimit = (from: number, to: number): void => this.#tellLimit(from, to);
    const pacing = new Pacing({ rate, capped, announced, onEvent, onLimit, random: Math.random });
    return new Account({ number, ledger, pacing, now: monotonicMs });
  }

  #tellLimit(from: number, to: number): void {
    this.#hasTold = true;
    this.#options.onEvent?.({ type: 'limit', from, to, total: this.limit });
  }
}

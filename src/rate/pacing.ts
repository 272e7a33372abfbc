import type { RateHeaders } from './answer-headers.js';
import type { PacedReason, RateEvent } from './events.js';
import { ForeignWatch } from './foreign.js';
import type { Claim, ClaimRequest, Token } from './ledger.js';
import { BOTTLENECK_MAX_PER_SECOND } from './start-queue.js';
import { pacedSpacingMs, type Rate, throttlePauseMs, type Write } from './window.js';

export interface PacingOptions {
  readonly rate: Rate;
  readonly paced: boolean | undefined;
  readonly mayRaise: boolean | undefined;
  readonly onEvent: (event: RateEvent) => void;
  readonly random: () => number;
}

interface SeenAnswer extends RateHeaders {
  readonly answeredMs: number;
  readonly refused: boolean;
}

/** Refusals that another program might explain switch to even spacing when a second one comes within so many windows. */
const SECOND_STRIKE_WINDOWS = 3;

/** What the answers teach: how many writes may be let out now, how many tokens are others', when to pause or to pace. */
export class Pacing {
  readonly #rate: { limit: number; readonly windowMs: number };
  readonly #mayRaise: boolean;
  readonly #onEvent: (event: RateEvent) => void;
  readonly #random: () => number;
  readonly #foreign: ForeignWatch;
  #paced: { readonly sinceMs: number } | undefined;
  /** False until an answer shows how things stand: only one write is let out before it. */
  #opened = false;
  #lastAnswerMs = -Infinity;
  #pausedFromMs = -Infinity;
  #pausedUntilMs = -Infinity;
  #refusalsInRow = 0;
  #lastStrikeMs = -Infinity;
  #toldForeign = 0;

  constructor(options: PacingOptions) {
    this.#rate = { ...options.rate };
    this.#mayRaise = options.mayRaise ?? true;
    this.#onEvent = options.onEvent;
    this.#random = options.random;
    this.#foreign = new ForeignWatch(options.rate.windowMs);
    if (options.paced === true) this.#pace('asked', -Infinity);
  }

  get paced(): boolean {
    return this.#paced !== undefined;
  }

  pausedAt(nowMs: number): boolean {
    return nowMs < this.#pausedUntilMs;
  }

  /**
   * How many writes may be let out at all. At the start, after a pause and after a silence of a twentieth of the window it
   * is one: its answer says what others have used meanwhile, at the cost of one round trip.
   */
  open(nowMs: number, underWay: number): { readonly atMost: number; readonly waitMs: number } {
    if (this.pausedAt(nowMs)) return { atMost: 0, waitMs: this.#pausedUntilMs - nowMs };
    if (underWay === 0 && nowMs - this.#lastAnswerMs > this.#rate.windowMs / 20) this.#opened = false;
    if (this.#opened) return { atMost: Infinity, waitMs: 0 };
    return { atMost: underWay === 0 ? 1 : 0, waitMs: Infinity };
  }

  terms(nowMs: number): Pick<ClaimRequest, 'reserve' | 'spacingMs'> {
    const { limit, windowMs } = this.#rate;
    if (this.#paced === undefined) return { reserve: this.#foreign.heldBack(nowMs, limit), spacingMs: undefined };
    // Until our last burst is out of a weighed window, what looks like others may be ourselves.
    const burstWeighs = nowMs - this.#paced.sinceMs < 2 * windowMs;
    const reserve = burstWeighs ? this.#foreign.heldBackSurely(nowMs, limit) : this.#foreign.heldBack(nowMs, limit);
    return { reserve, spacingMs: pacedSpacingMs(this.#rate) };
  }

  /** What is left to others shrinks with time alone, so a wait is never longer than this while something is. */
  longestWaitMs(nowMs: number): number {
    return this.terms(nowMs).reserve > 0 ? Math.max(10, this.#rate.windowMs / 60) : Infinity;
  }

  note(claim: Claim, nowMs: number): void {
    this.#foreign.note(claim.writes, nowMs);
    if (claim.paced && !this.paced) this.#pace('shared', nowMs);
  }

  /** A 429 came: nothing more is let out until `weigh` has said for how long. */
  halt(nowMs: number): void {
    this.#opened = false;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + this.#rate.windowMs / 60);
  }

  /** Takes in what the answer's headers say. Returns the new limit where it changed. */
  weigh(token: Token, seen: SeenAnswer, writes: readonly Write[]): number | undefined {
    this.#foreign.note(writes, seen.answeredMs);
    if (seen.refused) this.#refused(token, seen);
    else if (token.sentMs >= this.#pausedFromMs) this.#accepted(seen.answeredMs);
    if (seen.window === undefined) return undefined;
    this.#foreign.observe({ ...token, ...seen, ...seen.window });
    this.#tellForeign(seen.answeredMs);
    return this.#resized(seen.window.limit);
  }

  #accepted(answeredMs: number): void {
    this.#opened = true;
    this.#lastAnswerMs = answeredMs;
    this.#refusalsInRow = 0;
  }

  #refused(token: Token, seen: SeenAnswer): void {
    // The rest of a burst of which one was refused already is the same refusal.
    const sameBurst = token.sentMs < this.#pausedFromMs;
    const refusalsInRow = sameBurst ? Math.max(0, this.#refusalsInRow - 1) : this.#refusalsInRow;
    const waitMs = throttlePauseMs(
      { retryAfterMs: seen.retryAfterMs, refusalsInRow },
      this.#rate.windowMs,
      this.#random,
    );
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, seen.answeredMs + waitMs);
    this.#onEvent({ type: 'throttled', waitMs, retryAfterMs: seen.retryAfterMs });
    if (sameBurst) return;
    this.#pausedFromMs = seen.answeredMs;
    this.#refusalsInRow += 1;
    if (!this.paced && this.#isUnexplained(seen.answeredMs)) this.#pace('refused', seen.answeredMs);
  }

  /**
   * Our own account never explains a 429: its tokens prove that the window had room. Another program does where it was
   * seen beyond doubt; where a server that weighs its last window would have looked the same, it gets one chance.
   */
  #isUnexplained(nowMs: number): boolean {
    if (this.#foreign.sureWrites(nowMs) > 0) return false;
    const secondStrike = nowMs - this.#lastStrikeMs < SECOND_STRIKE_WINDOWS * this.#rate.windowMs;
    this.#lastStrikeMs = nowMs;
    return secondStrike || this.#foreign.writes(nowMs) === 0;
  }

  #pace(reason: PacedReason, sinceMs: number): void {
    // Nothing is gained by spacing thousands a second, and no timer could.
    if ((this.#rate.limit / this.#rate.windowMs) * 1000 > BOTTLENECK_MAX_PER_SECOND) return;
    this.#paced = { sinceMs };
    this.#onEvent({ type: 'paced', reason, spacingMs: pacedSpacingMs(this.#rate) });
  }

  #tellForeign(nowMs: number): void {
    const writes = this.#foreign.writes(nowMs);
    if (writes > 0 && this.#toldForeign === 0) {
      this.#onEvent({ type: 'foreign', writes, heldBack: this.terms(nowMs).reserve });
    }
    this.#toldForeign = writes;
  }

  #resized(announced: number): number | undefined {
    const from = this.#rate.limit;
    if (announced === from || (announced > from && !this.#mayRaise)) return undefined;
    this.#rate.limit = announced;
    this.#onEvent({ type: 'limit', from, to: announced });
    return announced;
  }
}

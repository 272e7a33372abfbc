import { ForeignWatch } from './foreign.js';
import {
  type Claim,
  type ClaimRequest,
  pacedSpacingMs,
  perSecond,
  type Rate,
  type RateHeaders,
  throttlePauseMs,
  type Token,
  type Write,
  WRITES_PER_MINUTE,
} from './rate.js';
import { BOTTLENECK_MAX_PER_SECOND } from './queue.js';
import type { PacedReason, RateEvent } from './telling/rate-event.js';

export interface PacingOptions {
  readonly rate: Rate;
  /** The rate was asked for by the user: nothing that a server announces lifts it. */
  readonly capped?: boolean | undefined;
  /** What the server had announced before, as the account has it. */
  readonly announced?: number | undefined;
  readonly onEvent: (event: Exclude<RateEvent, { type: 'limit' }>) => void;
  readonly onLimit: (from: number, to: number) => void;
  readonly random: () => number;
}

interface SeenAnswer extends RateHeaders {
  readonly answeredMs: number;
  readonly refused: boolean;
}

/** Refusals that may be a stray one, or another program's doing, switch to even spacing when a second comes so soon. */
const SECOND_STRIKE_WINDOWS = 3;
/** After so many windows without a refusal, even spacing is doubted; each time that the doubt was wrong, four times as many. */
const CLEAN_WINDOWS = 3;
const DOUBT_FACTOR = 4;
/** A limit announced higher is believed by as much as this a window. */
export const RAISE_FACTOR = 2;

/** What the answers teach: how many writes may be let out now, how many tokens are others', when to pause or to pace. */
export class Pacing {
  readonly #options: PacingOptions;
  readonly #windowMs: number;
  readonly #foreign: ForeignWatch;
  #limit: number;
  #announced: number;
  #believesRaises: boolean;
  #lastRaiseMs: number | undefined;
  #paced: { readonly reason: PacedReason; readonly sinceMs: number } | undefined;
  #cleanFromMs = -Infinity;
  #cleanWindows = CLEAN_WINDOWS;
  #hasDoubted = false;
  /** False until an answer shows how things stand: only one write is let out before it. */
  #opened = false;
  #lastAnswerMs = -Infinity;
  #pausedFromMs = -Infinity;
  #pausedUntilMs = -Infinity;
  #refusalsInRow = 0;
  #lastStrikeMs = -Infinity;
  #toldForeign = 0;

  constructor(options: PacingOptions) {
    this.#options = options;
    this.#windowMs = options.rate.windowMs;
    this.#announced = options.announced ?? options.rate.limit;
    this.#limit = Math.min(options.rate.limit, this.#announced);
    this.#believesRaises = options.capped !== true;
    this.#foreign = new ForeignWatch(this.#windowMs);
  }

  get paced(): boolean {
    return this.#paced !== undefined;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Even spacing was asked for, and for about a window nothing was refused: the next run may try bursts. */
  get mayBurstNext(): boolean {
    return this.#paced?.reason === 'asked' && this.#lastAnswerMs - this.#cleanFromMs > 0.9 * this.#windowMs;
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
    if (underWay === 0 && nowMs - this.#lastAnswerMs > this.#windowMs / 20) this.#opened = false;
    if (this.#opened) return { atMost: Infinity, waitMs: 0 };
    return { atMost: underWay === 0 ? 1 : 0, waitMs: Infinity };
  }

  terms(nowMs: number): Pick<ClaimRequest, 'reserve' | 'spacingMs'> {
    // Until our last burst is out of a weighed window, what looks like others may be ourselves.
    const burstWeighs = this.#paced !== undefined && nowMs - this.#paced.sinceMs < 2 * this.#windowMs;
    const heldBack = burstWeighs
      ? this.#foreign.heldBackSurely(nowMs, this.#announced)
      : this.#foreign.heldBack(nowMs, this.#announced);
    // What we leave of the server's limit anyway is theirs already.
    const reserve = Math.max(0, heldBack - Math.max(0, this.#announced - this.#limit));
    return { reserve, spacingMs: this.#paced === undefined ? undefined : pacedSpacingMs(this.#rate()) };
  }

  /** What is left to others shrinks with time alone, so a wait is never longer than this while something is. */
  longestWaitMs(nowMs: number): number {
    return this.terms(nowMs).reserve > 0 ? Math.max(10, this.#windowMs / 60) : Infinity;
  }

  note(claim: Pick<Claim, 'writes' | 'paced'>, nowMs: number): void {
    this.#foreign.note(claim.writes, nowMs);
    // What this process gave up it takes over from nobody: two would keep each other at it for ever.
    if (claim.paced && !this.paced && !this.#hasDoubted) this.pace('shared', nowMs);
  }

  /** A 429 came: nothing more is let out until `weigh` has said for how long. */
  halt(nowMs: number): void {
    this.#opened = false;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + this.#windowMs / 60);
  }

  /** Takes in what the answer's headers say. Returns the new limit where it changed. */
  weigh(token: Token, seen: SeenAnswer, writes: readonly Write[]): number | undefined {
    this.#foreign.note(writes, seen.answeredMs);
    const before = this.#limit;
    if (seen.refused) this.#refused(token, seen);
    else if (token.sentMs >= this.#pausedFromMs) this.#accepted(seen.answeredMs);
    if (seen.window !== undefined) {
      if (this.#isOurWindow(seen.window.limit)) {
        this.#foreign.observe({ ...token, ...seen, ...seen.window });
        this.#tellForeign(seen.answeredMs);
      }
      this.#announce(seen.window.limit, seen.answeredMs);
    }
    if (this.#limit === before) return undefined;
    this.#options.onLimit(before, this.#limit);
    return this.#limit;
  }

  /** Spaces writes evenly from now on, as an earlier run found that the server wants it, or this one does. */
  pace(reason: PacedReason, nowMs: number): void {
    // Nothing is gained by spacing thousands a second, and no timer could.
    if (this.paced || perSecond(this.#rate()) > BOTTLENECK_MAX_PER_SECOND) return;
    this.#paced = { reason, sinceMs: reason === 'asked' ? -Infinity : nowMs };
    this.#cleanFromMs = nowMs;
    if (this.#hasDoubted) this.#cleanWindows *= DOUBT_FACTOR;
    this.#options.onEvent({ type: 'paced', reason, spacingMs: pacedSpacingMs(this.#rate()) });
  }

  /** What a server counts over a longer window than ours says nothing of others: our own writes from before ours are in it. */
  #isOurWindow(announced: number): boolean {
    return this.#windowMs >= WRITES_PER_MINUTE.windowMs || announced <= this.#options.rate.limit;
  }

  #rate(): Rate {
    return { limit: this.#limit, windowMs: this.#windowMs };
  }

  #accepted(answeredMs: number): void {
    this.#opened = true;
    this.#lastAnswerMs = answeredMs;
    this.#refusalsInRow = 0;
    if (!this.paced || answeredMs - this.#cleanFromMs < this.#cleanWindows * this.#windowMs) return;
    this.#paced = undefined;
    this.#hasDoubted = true;
    this.#options.onEvent({ type: 'unpaced' });
  }

  #refused(token: Token, seen: SeenAnswer): void {
    // If one write of a burst was refused, the rest of it being refused is the same event.
    const sameBurst = token.sentMs < this.#pausedFromMs;
    const refusalsInRow = sameBurst ? Math.max(0, this.#refusalsInRow - 1) : this.#refusalsInRow;
    const waitMs = throttlePauseMs(
      { retryAfterMs: seen.retryAfterMs, refusalsInRow },
      this.#windowMs,
      this.#options.random,
    );
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, seen.answeredMs + waitMs);
    this.#cleanFromMs = seen.answeredMs;
    this.#options.onEvent({ type: 'throttled', waitMs, retryAfterMs: seen.retryAfterMs });
    if (sameBurst) return;
    this.#pausedFromMs = seen.answeredMs;
    this.#refusalsInRow += 1;
    if (!this.paced && this.#wantsEvenSpacing(seen.answeredMs)) this.pace('refused', seen.answeredMs);
    if (this.#limit > this.#options.rate.limit) {
      this.#believesRaises = false;
      this.#limit = this.#options.rate.limit;
    }
  }

  /**
   * Our own account never explains a 429: its tokens prove that the window had room. Another program does where it was
   * seen beyond doubt. A server that weighs its last window does where that makes our own writes too many; anything else
   * may be a stray refusal, and gets one chance.
   */
  #wantsEvenSpacing(nowMs: number): boolean {
    if (this.#foreign.sureWrites(nowMs) > 0) return false;
    const secondStrike = nowMs - this.#lastStrikeMs < SECOND_STRIKE_WINDOWS * this.#windowMs;
    this.#lastStrikeMs = nowMs;
    const mayWeigh = this.#foreign.weighedOwn(nowMs) >= Math.min(this.#announced, this.#limit) - 1;
    return secondStrike || (mayWeigh && this.#foreign.writes(nowMs) === 0);
  }

  #tellForeign(nowMs: number): void {
    const writes = this.#foreign.writes(nowMs);
    if (writes > 0 && this.#toldForeign === 0) {
      this.#options.onEvent({ type: 'foreign', writes, heldBack: this.terms(nowMs).reserve });
    }
    this.#toldForeign = writes;
  }

  /** What is announced lower holds at once; higher than we began with, it is believed step by step. */
  #announce(announced: number, nowMs: number): void {
    this.#announced = announced;
    const first = this.#options.rate.limit;
    if (announced <= Math.max(first, this.#limit)) {
      this.#limit = announced;
      return;
    }
    this.#limit = Math.max(first, this.#limit);
    if (!this.#believesRaises) return;
    this.#lastRaiseMs ??= nowMs;
    if (nowMs - this.#lastRaiseMs < this.#windowMs) return;
    this.#lastRaiseMs = nowMs;
    this.#limit = Math.min(announced, RAISE_FACTOR * this.#limit);
  }
}

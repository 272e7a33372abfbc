import { setMaxListeners } from 'node:events';
import type { RateHeaders } from './answer-headers.js';
import type { Attempt, OpenGate, RunOptions } from './attempt.js';
import type { RateEvent } from './events.js';
import { type Ledger, monotonicMs, type Token } from './ledger.js';
import { Pacing } from './pacing.js';
import { BOTTLENECK_MAX_PER_SECOND, bottleneckQueue, plainQueue, type StartQueue } from './start-queue.js';
import type { Rate } from './window.js';

export interface GateOptions {
  readonly ledger: Ledger;
  readonly rate: Rate;
  /** Space writes evenly from the start, as an earlier run found that the server wants it. */
  readonly paced?: boolean;
  /** Whether `X-RateLimit-Limit` may raise the limit too, or only lower it. Default true. */
  readonly mayRaise?: boolean;
  readonly onEvent?: (event: RateEvent) => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

interface Waiter {
  cancelled: boolean;
  readonly go: (token: Token) => void;
  readonly reject: (reason: unknown) => void;
}

const MAX_TIMER_MS = 2 ** 31 - 1;
/** Shorter waits are part of any burst and not worth telling. */
const WAIT_WORTH_TELLING_MS = 1000;

/**
 * Lets writes out so that the server never sees more than the limit in any window. The ledger holds the tokens; the queue
 * orders the writes; a pump moves a token from the one to the other for each write that waits, and not before.
 */
export class Gate implements OpenGate {
  readonly limited = true;
  readonly #ledger: Ledger;
  readonly #pacing: Pacing;
  readonly #queue: StartQueue;
  readonly #now: () => number;
  readonly #onEvent: (event: RateEvent) => void;
  /** Writes that the queue hasn't let out. */
  readonly #queued = new Set<Waiter>();
  /** Writes let out whose token was taken back, by a pause or for another. */
  readonly #letOut: Waiter[] = [];
  /** Tokens granted to the queue that no write has picked up yet. */
  #granted: Token[] = [];
  #underWay = 0;
  #pumping = false;
  #pumpAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #toldUntilMs = -Infinity;
  #ended: { readonly reason: unknown } | undefined;

  constructor(options: GateOptions) {
    const { ledger, rate, onEvent = () => undefined, now = monotonicMs, random = Math.random } = options;
    this.#ledger = ledger;
    this.#now = now;
    this.#onEvent = onEvent;
    this.#pacing = new Pacing({ rate, paced: options.paced, mayRaise: options.mayRaise, onEvent, random });
    const perSecond = (rate.limit / rate.windowMs) * 1000;
    this.#queue = perSecond > BOTTLENECK_MAX_PER_SECOND ? plainQueue() : bottleneckQueue((error) => this.#end(error));
  }

  /** Whether writes are spaced evenly, for a later run to start that way. */
  get paced(): boolean {
    return this.#pacing.paced;
  }

  /**
   * Runs `job` once a token is there for it. Queue a few dozen at most: each costs Bottleneck 2.5 ms and a kilobyte.
   * Rejects as the job does, with the signal's reason where that came first, or with what broke the ledger.
   */
  run<T>(job: (attempt: Attempt) => Promise<T>, options: RunOptions = {}): Promise<T> {
    const { priority = 5, signal } = options;
    if (this.#ended !== undefined) return Promise.reject(asError(this.#ended.reason));
    if (signal?.aborted === true) return Promise.reject(asError(signal.reason));
    return new Promise<T>((resolve, reject) => {
      const onAbort = (): void => {
        waiter.cancelled = true;
        this.#forget(waiter);
        reject(asError(signal?.reason));
      };
      const waiter: Waiter = {
        cancelled: false,
        go: (token) => {
          signal?.removeEventListener('abort', onAbort);
          void this.#use(token, job).then(resolve, reject);
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', onAbort);
          reject(asError(reason));
        },
      };
      if (signal !== undefined) {
        // As many may wait on one signal as there are rows at work; Node would warn of a leak from the eleventh on.
        setMaxListeners(0, signal);
        signal.addEventListener('abort', onAbort, { once: true });
      }
      this.#queued.add(waiter);
      this.#queue.add(() => this.#pickUp(waiter), priority);
      this.#pump();
    });
  }

  /** Rejects what waits with `reason`, lets what is under way end by itself, and gives unused tokens back. */
  async close(reason: unknown = new Error('the write budget was closed')): Promise<void> {
    this.#end(reason);
    await this.#ledger.close();
  }

  #end(reason: unknown): void {
    this.#ended ??= { reason };
    clearTimeout(this.#timer);
    this.#takeBackGranted();
    for (const waiter of [...this.#queued, ...this.#letOut.splice(0)]) {
      waiter.cancelled = true;
      waiter.reject(reason);
    }
    this.#queued.clear();
  }

  /** The queue let this write out. */
  #pickUp(waiter: Waiter): void {
    this.#queued.delete(waiter);
    const token = this.#granted.shift();
    if (!waiter.cancelled && token !== undefined) waiter.go(token);
    else if (!waiter.cancelled) this.#letOut.push(waiter);
    else if (token !== undefined) this.#grant(token);
  }

  #grant(token: Token): void {
    const waiter = this.#letOut.shift();
    if (waiter !== undefined) {
      waiter.go(token);
    } else if (this.#queued.size > this.#granted.length) {
      this.#granted.push(token);
      this.#queue.grant();
    } else {
      this.#told(this.#ledger.unsent(token));
    }
  }

  #forget(waiter: Waiter): void {
    this.#queued.delete(waiter);
    const at = this.#letOut.indexOf(waiter);
    if (at >= 0) this.#letOut.splice(at, 1);
    if (this.#queued.size + this.#letOut.length === 0) clearTimeout(this.#timer);
  }

  async #use<T>(token: Token, job: (attempt: Attempt) => Promise<T>): Promise<T> {
    this.#underWay += 1;
    let told = false;
    const once = (then: () => Promise<void>): void => {
      if (told) return;
      told = true;
      this.#told(then());
    };
    try {
      return await job({
        answered: (headers, refused) => once(() => this.#answered(token, headers, refused)),
        unsent: () => once(() => this.#ledger.unsent(token)),
      });
    } finally {
      once(() => this.#ledger.failed(token));
      this.#underWay -= 1;
      this.#pump();
    }
  }

  async #answered(token: Token, headers: RateHeaders, refused: boolean): Promise<void> {
    const answeredMs = this.#now();
    if (refused) {
      // At once, before anything is awaited: the pump may run in between.
      this.#takeBackGranted();
      this.#pacing.halt(answeredMs);
    }
    const writes = await this.#ledger.answered(token, answeredMs);
    const resizedTo = this.#pacing.weigh(token, { ...headers, answeredMs, refused }, writes);
    if (resizedTo !== undefined) await this.#ledger.resize(resizedTo);
    this.#pump();
  }

  #takeBackGranted(): void {
    // The queue's grants stay: the writes that they let out find no token and wait for the next one.
    for (const token of this.#granted.splice(0)) this.#told(this.#ledger.unsent(token));
  }

  /** The ledger failing is the end: without an account nothing may be sent. */
  #told(telling: Promise<void>): void {
    telling.catch((error: unknown) => this.#end(error));
  }

  #pump(): void {
    this.#pumpAgain = true;
    if (this.#pumping) return;
    this.#pumping = true;
    clearTimeout(this.#timer);
    this.#pumpDry()
      .then((waitMs) => {
        this.#pumping = false;
        if (this.#pumpAgain) this.#pump();
        else this.#wakeIn(waitMs);
      })
      .catch((error: unknown) => this.#end(error));
  }

  async #pumpDry(): Promise<number> {
    let waitMs = Infinity;
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      waitMs = await this.#claim();
    }
    return waitMs;
  }

  /** Grants what may be granted now. Returns when to look again; Infinity where an answer or a new write will tell. */
  async #claim(): Promise<number> {
    const wanted = this.#queued.size + this.#letOut.length - this.#granted.length;
    if (wanted <= 0 || this.#ended !== undefined) return Infinity;
    const open = this.#pacing.open(this.#now(), this.#underWay + this.#granted.length);
    if (open.atMost === 0) {
      this.#tellWait(open.waitMs);
      return open.waitMs;
    }
    const claim = await this.#ledger.claim({
      wanted: Math.min(wanted, open.atMost),
      ...this.#pacing.terms(this.#now()),
    });
    this.#pacing.note(claim, this.#now());
    const stopped = this.#ended !== undefined || this.#pacing.pausedAt(this.#now());
    for (const token of claim.tokens) {
      if (stopped) this.#told(this.#ledger.unsent(token));
      else this.#grant(token);
    }
    if (stopped) this.#pumpAgain = this.#ended === undefined;
    if (claim.tokens.length === 0) this.#tellWait(claim.waitMs);
    if (claim.tokens.length >= wanted || (open.atMost === 1 && claim.tokens.length === 1)) return Infinity;
    return Math.min(claim.waitMs, this.#pacing.longestWaitMs(this.#now()));
  }

  /** Each wait is told once, not again at every look in between. */
  #tellWait(waitMs: number): void {
    const untilMs = this.#now() + waitMs;
    if (waitMs === Infinity || waitMs < WAIT_WORTH_TELLING_MS) return;
    if (Math.abs(untilMs - this.#toldUntilMs) < WAIT_WORTH_TELLING_MS) return;
    this.#toldUntilMs = untilMs;
    this.#onEvent({ type: 'waiting', waitMs });
  }

  /** One timer, there only while writes wait, so that it keeps the process alive exactly as long as it must. */
  #wakeIn(waitMs: number): void {
    if (waitMs === Infinity || this.#ended !== undefined) return;
    this.#timer = setTimeout(() => this.#pump(), Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(waitMs))));
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

import { setMaxListeners } from 'node:events';
import { type Account, Accounts, type AccountsOptions } from './account.js';
import {
  type Attempt,
  monotonicMs,
  type OpenGate,
  perSecond,
  type RateHeaders,
  type RunOptions,
  type Token,
} from './rate.js';
import { ImporterError } from '../errors.js';
import type { RateEvent } from './telling/rate-event.js';
import { Pump } from './queue.js';
import { BOTTLENECK_MAX_PER_SECOND, bottleneckQueue, plainQueue, type StartQueue } from './queue.js';

interface Granted {
  readonly token: Token;
  readonly account: Account;
}

interface Waiter {
  readonly go: (granted: Granted) => void;
  readonly reject: (reason: unknown) => void;
}

/** Shorter waits are part of any burst and not worth telling. */
const WAIT_WORTH_TELLING_MS = 1000;

function closedGate(): ImporterError {
  return new ImporterError('usage', 'The budget was closed.', { next: 'Open another one with openGate.' });
}

/**
 * Lets writes out so that the server never sees more than the limit of a key in any window. Each key has an account of
 * tokens; one queue orders the writes; a pump moves a token to it for each write that waits, and not before.
 */
export class Gate implements OpenGate {
  readonly limited = true;
  readonly #accounts: Accounts;
  readonly #queue: StartQueue;
  readonly #onEvent: (event: RateEvent) => void;
  readonly #waiting = new Set<Waiter>();
  /** Tokens granted to the queue that no write has picked up yet. */
  readonly #granted: Granted[] = [];
  readonly #pump: Pump;
  #toldUntilMs = -Infinity;
  #ended: { readonly reason: unknown } | undefined;

  constructor(options: AccountsOptions) {
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#accounts = new Accounts(options);
    this.#pump = new Pump(
      () => this.#claim(),
      (error) => this.#end(error),
    );
    const isSlow = perSecond(options.rate) <= BOTTLENECK_MAX_PER_SECOND;
    this.#queue = isSlow ? bottleneckQueue((error) => this.#end(error)) : plainQueue();
  }

  get limit(): number {
    return this.#accounts.limit;
  }

  get mayBurstNext(): boolean {
    return this.#accounts.alive().every(({ pacing }) => pacing.mayBurstNext);
  }

  pace(): void {
    for (const { pacing } of this.#accounts.alive()) pacing.pace('asked', monotonicMs());
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
        this.#waiting.delete(waiter);
        if (this.#waiting.size === 0) this.#pump.rest();
        reject(asError(signal?.reason));
      };
      const waiter: Waiter = {
        go: (granted) => {
          signal?.removeEventListener('abort', onAbort);
          void this.#use(granted, job).then(resolve, reject);
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
      this.#waiting.add(waiter);
      this.#queue.add(() => this.#pickUp(waiter), priority);
      this.#pump.wake();
    });
  }

  drop(number: number): void {
    this.#takeBack(this.#accounts.drop(number));
    this.#pump.wake();
  }

  async renew(number: number, key: string): Promise<void> {
    this.#takeBack(await this.#accounts.renew(number, key));
    this.#pump.wake();
  }

  /** Rejects what waits with `reason`, lets what is under way end by itself, and gives unused tokens back. */
  async close(reason: unknown = closedGate()): Promise<void> {
    this.#end(reason);
    await this.#accounts.close();
  }

  #end(reason: unknown): void {
    this.#ended ??= { reason };
    this.#pump.end();
    this.#takeBack();
    for (const waiter of this.#waiting) waiter.reject(reason);
    this.#waiting.clear();
  }

  /** The queue let this write out. */
  #pickUp(waiter: Waiter): void {
    const granted = this.#granted.shift();
    if (this.#waiting.has(waiter)) {
      // Its token was taken back, by a pause: it waits at the head of the queue for the next one.
      if (granted === undefined) return this.#queue.add(() => this.#pickUp(waiter), 0);
      this.#waiting.delete(waiter);
      waiter.go(granted);
    } else if (granted !== undefined) {
      this.#grant(granted);
    }
  }

  #grant(granted: Granted): void {
    if (this.#waiting.size > this.#granted.length) {
      this.#granted.push(granted);
      this.#queue.grant();
    } else {
      this.#told(granted.account.ledger.unsent(granted.token));
    }
  }

  async #use<T>({ token, account }: Granted, job: (attempt: Attempt) => Promise<T>): Promise<T> {
    account.begin();
    let told = false;
    const once = (then: () => Promise<void>): void => {
      if (told) return;
      told = true;
      this.#told(then());
    };
    try {
      return await job({
        account: account.number,
        answered: (headers, refused) => once(() => this.#answered({ token, account }, headers, refused)),
        unsent: () => once(() => account.ledger.unsent(token)),
      });
    } finally {
      once(() => account.ledger.failed(token));
      account.end();
      this.#pump.wake();
    }
  }

  async #answered({ token, account }: Granted, headers: RateHeaders, refused: boolean): Promise<void> {
    const answeredMs = monotonicMs();
    if (refused) {
      // At once, before anything is awaited: the pump may run in between.
      this.#takeBack(account);
      account.pacing.halt(answeredMs);
    }
    await account.answered(token, headers, refused, answeredMs);
    this.#pump.wake();
  }

  /** Gives unused tokens back, of one account or of all. */
  #takeBack(account?: Account): void {
    // The queue's grants stay: the writes that they let out find no token and wait for the next one.
    for (const granted of this.#granted.splice(0)) {
      if (account !== undefined && granted.account !== account) this.#granted.push(granted);
      else this.#told(granted.account.ledger.unsent(granted.token));
    }
  }

  /** The ledger failing is the end: without an account nothing may be sent. */
  #told(telling: Promise<void>): void {
    telling.catch((error: unknown) => this.#end(error));
  }

  /** Grants what may be granted now. Returns when to look again; Infinity where an answer or a new write will tell. */
  async #claim(): Promise<number> {
    let lookAgainMs = Infinity;
    let nextWriteMs = Infinity;
    for (const account of this.#accounts.alive()) {
      const wanted = this.#waiting.size - this.#granted.length;
      if (wanted <= 0 || this.#ended !== undefined) return Infinity;
      const granted = this.#granted.filter((one) => one.account === account).length;
      const claimed = await account.claim(wanted, granted);
      const isStopped = claimed.isStopped || this.#ended !== undefined;
      for (const token of claimed.tokens) {
        if (isStopped) this.#told(account.ledger.unsent(token));
        else this.#grant({ token, account });
      }
      if (isStopped) this.#pump.wake();
      lookAgainMs = Math.min(lookAgainMs, claimed.lookAgainMs);
      nextWriteMs = Math.min(nextWriteMs, claimed.nextWriteMs);
    }
    this.#tellWait(nextWriteMs);
    return lookAgainMs;
  }

  /** Each wait is told once, not again at every look in between. */
  #tellWait(waitMs: number): void {
    const untilMs = monotonicMs() + waitMs;
    if (waitMs === Infinity || waitMs < WAIT_WORTH_TELLING_MS) return;
    if (Math.abs(untilMs - this.#toldUntilMs) < WAIT_WORTH_TELLING_MS) return;
    this.#toldUntilMs = untilMs;
    const underWay = this.#accounts.alive().reduce((sum, one) => sum + one.underWay, this.#granted.length);
    this.#onEvent({ type: 'waiting', waitMs, underWay });
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

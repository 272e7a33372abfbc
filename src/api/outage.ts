import { setTimeout as sleepFor } from 'node:timers/promises';
import pLimit from 'p-limit';
import { ImporterError, toGoOn } from '../errors.js';

const BACKOFF_BASE_MS = 500;
const MOST_BACKOFF_MS = 30_000;

/** So many failures with nothing through in between are an outage and not bad luck: at 30 % faults, 1 in 400 fives. */
const OUTAGE_FAILURES = 5;
/** A certificate doesn't mend itself while we wait. */
const TLS_ATTEMPTS = 3;
/** Being refused for the rate limit is no outage until it has lasted two of Clarky's windows. */
const LEAST_THROTTLED_MS = 120_000;
/** The last attempt, at the end of the time allowed, is heard as well. */
const LEAST_FIRST_ANSWER_MS = 1000;
/** After so long a person wonders whether anything happens. */
const SILENT_AFTER_MS = 3000;

export interface Failure {
  readonly kind: 'server' | 'network' | 'tls' | 'unreadable' | 'throttled';
  /** When the attempt began, ms on the monotonic clock: nothing came through since then, at least. */
  readonly startedMs: number;
  /** What happened, as a sentence. */
  readonly description: string;
}

/** Whether Clarky ever answered, whatever it said; shared by the reads and the writes of a client. */
export interface Reached {
  ever: boolean;
}

export interface OutageOptions {
  readonly maxMs: number;
  /** How long a server that never answered is tried, where that is less: somebody is watching, and the address may be wrong. */
  readonly maxUnreachedMs?: number | undefined;
  readonly reached?: Reached | undefined;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep?: typeof sleep;
}

/**
 * The clock that all workers share for "nothing gets through". While it is short, each row backs off by itself; from a few
 * failures in a row on they take turns, one attempt at a time, so that a server coming back isn't met by all of them.
 */
export class Outage {
  readonly #options: OutageOptions;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #sleep: typeof sleep;
  readonly #turns = pLimit(1);
  #sinceMs: number | undefined;
  #failures = 0;
  /** Failures of attempts that began after the one before had failed: what ten workers met together is one step. */
  #steps = 0;
  #steppedMs = -Infinity;
  #tlsFailures = 0;

  constructor(options: OutageOptions) {
    this.#options = options;
    this.#sleep = options.sleep ?? sleep;
    this.#now = options.now;
    this.#random = options.random;
  }

  /** An answer came that is Clarky's, whatever it says. */
  answered(): void {
    if (this.#options.reached !== undefined) this.#options.reached.ever = true;
  }

  get neverAnswered(): boolean {
    return this.#options.reached?.ever === false;
  }

  /** How long until the run stops, unless something gets through. */
  get endsInMs(): number {
    return this.#sinceMs === undefined ? this.#maxMs : this.#sinceMs + this.#maxMs - this.#now();
  }

  /**
   * Sends where somebody may watch: the first answer of all has to begin in the time that is given to a server which never
   * answered, and of one that keeps silent it is told how long it is still waited for.
   */
  async firstAnswer<T>(
    send: (firstAnswerMs: number | undefined) => Promise<T>,
    onSilent: (endsInMs: number) => void,
  ): Promise<T> {
    if (!this.neverAnswered || this.#options.maxUnreachedMs === undefined) return send(undefined);
    const firstAnswerMs = Math.max(LEAST_FIRST_ANSWER_MS, this.endsInMs);
    const leftMs = firstAnswerMs - SILENT_AFTER_MS;
    const timer = setTimeout(() => this.neverAnswered && leftMs > 0 && onSilent(leftMs), SILENT_AFTER_MS);
    try {
      return await send(firstAnswerMs);
    } finally {
      clearTimeout(timer);
    }
  }

  get #maxMs(): number {
    const { maxMs, maxUnreachedMs = Infinity } = this.#options;
    return this.neverAnswered ? Math.min(maxMs, maxUnreachedMs) : maxMs;
  }

  /** Runs an attempt, in turn and after the common backoff while there is an outage. */
  async attempt<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!this.#isOutage()) return run();
    return this.#turns(async () => {
      if (this.#isOutage())
        await this.#sleep(this.#waitMs(Math.min(this.#steps, this.#failures - OUTAGE_FAILURES + 1)), signal);
      signal?.throwIfAborted();
      return run();
    });
  }

  /** How long a row waits by itself after its so-many-th failure; nothing where the common backoff comes anyway. */
  ownWaitMs(failures: number): number {
    return this.#isOutage() ? 0 : this.#waitMs(failures);
  }

  /** An answer about the row itself came: Clarky works. */
  through(): void {
    this.#sinceMs = undefined;
    this.#failures = 0;
    this.#steps = 0;
    this.#steppedMs = -Infinity;
    this.#tlsFailures = 0;
  }

  /**
   * Takes in a failed attempt.
   * @throws {ImporterError} `unreachable` once nothing has got through for the longest time allowed
   */
  failed(failure: Failure): void {
    this.#sinceMs ??= failure.startedMs;
    const throttled = failure.kind === 'throttled';
    if (!throttled) {
      this.#failures += 1;
      if (failure.startedMs >= this.#steppedMs) {
        this.#steps += 1;
        this.#steppedMs = this.#now();
      }
    }
    if (failure.kind === 'tls') this.#tlsFailures += 1;
    const lastedMs = this.#now() - this.#sinceMs;
    const over = lastedMs >= (throttled ? Math.max(this.#maxMs, LEAST_THROTTLED_MS) : this.#maxMs);
    if (!over && this.#tlsFailures < TLS_ATTEMPTS) return;
    throw new ImporterError('unreachable', this.#sentence(failure, lastedMs), this.#next(failure));
  }

  /** @throws {ImporterError} `unreachable` where waiting as long as the server asks isn't worth it */
  asksToWait(retryAfterMs: number): void {
    if (retryAfterMs <= Math.max(this.#maxMs, LEAST_THROTTLED_MS)) return;
    const seconds = String(Math.ceil(retryAfterMs / 1000));
    const message = `Clarky asks to wait ${seconds} s before the next write.`;
    throw new ImporterError('unreachable', message, toGoOn('Nothing is lost: wait so long, then'));
  }

  #isOutage(): boolean {
    return this.#failures >= OUTAGE_FAILURES;
  }

  /** Never beyond the end of the time allowed: the last attempt is made there, and decides. */
  #waitMs(failures: number): number {
    return Math.max(0, Math.min(this.endsInMs, backoffMs(failures, this.#random)));
  }

  #next({ kind }: Failure): { readonly next: string } {
    if (kind === 'tls') {
      const next =
        'Check the API URL, the clock of this machine and its certificates (NODE_EXTRA_CA_CERTS), then run the same command again.';
      return { next };
    }
    return this.neverAnswered
      ? { next: 'Check the API URL, the network and a proxy (HTTPS_PROXY), then run the same command again.' }
      : toGoOn('Nothing is lost:');
  }

  #sentence(failure: Failure, lastedMs: number): string {
    if (failure.kind === 'tls') return failure.description;
    return `${failure.description} Nothing has got through for ${String(Math.round(lastedMs / 1000))} s.`;
  }
}

/**
 * Exponential backoff with full jitter: anything from nothing up to the doubled step, so that many clients spread out.
 * @param failures failures before this wait, 1 or more
 */
function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(MOST_BACKOFF_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 16));
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  if (ms <= 0) return;
  try {
    await sleepFor(Math.min(ms, 2 ** 31 - 1), undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

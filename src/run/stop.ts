/** When a run must send nothing more: a signal, a deadline, or an error that no row can help. */
import { ImporterError } from '../errors.js';

/** Longer timers fire at once (Node.js, "setTimeout"), so a far deadline is waited for in pieces. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface StopOptions {
  /** The caller's signal; an ImporterError as its reason is kept, e.g. `terminated`. */
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Date | undefined;
  readonly maxDurationMs?: number | undefined;
  readonly wallNow?: () => number;
}

export class StopControl {
  readonly #controller = new AbortController();
  readonly #callerSignal: AbortSignal | undefined;
  readonly #onCallerAbort = (): void => this.stop(asStop(this.#callerSignal?.reason));
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StopOptions) {
    this.#callerSignal = options.signal;
    if (options.signal?.aborted === true) this.#onCallerAbort();
    options.signal?.addEventListener('abort', this.#onCallerAbort, { once: true });
    const wallNow = options.wallNow ?? Date.now;
    const endsAt = Math.min(
      options.deadline?.getTime() ?? Number.POSITIVE_INFINITY,
      options.maxDurationMs === undefined ? Number.POSITIVE_INFINITY : wallNow() + options.maxDurationMs,
    );
    if (Number.isFinite(endsAt)) this.#waitUntil(endsAt, wallNow);
  }

  /** Aborted once nothing new may be sent; what is in flight is let finish. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the run stops, if it does. */
  get reason(): ImporterError | undefined {
    return this.signal.aborted ? (this.signal.reason as ImporterError) : undefined;
  }

  /** The first reason counts. */
  stop(reason: ImporterError): void {
    this.#controller.abort(reason);
  }

  /** Lets go of the timer and the caller's signal. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onCallerAbort);
  }

  #waitUntil(endsAt: number, wallNow: () => number): void {
    const leftMs = endsAt - wallNow();
    if (leftMs <= 0) {
      this.stop(
        new ImporterError('deadline', 'The deadline was reached.', {
          next: 'The rest is pending: run the same command again to go on.',
        }),
      );
      return;
    }
    this.#timer = setTimeout(() => this.#waitUntil(endsAt, wallNow), Math.min(leftMs, LONGEST_TIMER_MS));
    // The deadline alone keeps no process alive.
    this.#timer.unref();
  }
}

function asStop(reason: unknown): ImporterError {
  if (reason instanceof ImporterError) return reason;
  return new ImporterError('interrupted', 'The import was stopped.', {
    next: 'The rest is pending: run the same command again to go on.',
    cause: reason,
  });
}

/** When a run must send nothing more: a signal, a deadline, or an error that no row can help. */
import { given } from '../given.js';
import { setMaxListeners } from 'node:events';
import { ImporterError, toGoOn } from '../errors.js';
import type { ImportListener } from './events.js';

/** A far deadline is waited for in pieces: the wall clock may be set in the meantime, or the machine sleep. */
const LONGEST_TIMER_MS = 20_000;

export interface StopOptions {
  /** The caller's signal; an ImporterError as its reason is kept, e.g. `terminated`. */
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Date | undefined;
  readonly maxDurationMs?: number | undefined;
  /** What is stopped by the signal; an import, where it is left out. */
  readonly what?: string;
  /** Milliseconds since the epoch: what a deadline is told by. */
  readonly wallNow?: () => number;
  /** Milliseconds by a clock that nobody sets: what a duration is told by. */
  readonly monotonicNow?: () => number;
}

export class StopControl {
  readonly #controller = new AbortController();
  readonly #callerSignal: AbortSignal | undefined;
  readonly #onCallerAbort: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StopOptions) {
    this.#callerSignal = options.signal;
    anyNumber(options.signal);
    this.#onCallerAbort = () => this.stop(asStop(options.signal?.reason, options.what));
    if (options.signal?.aborted === true) this.#onCallerAbort();
    options.signal?.addEventListener('abort', this.#onCallerAbort, { once: true });
    const { deadline, maxDurationMs, wallNow = Date.now, monotonicNow = () => performance.now() } = options;
    const startedMs = monotonicNow();
    const leftMs = (): number =>
      Math.min(
        deadline === undefined ? Infinity : deadline.getTime() - wallNow(),
        maxDurationMs === undefined ? Infinity : startedMs + maxDurationMs - monotonicNow(),
      );
    if (leftMs() < Infinity) this.#stopAfter(leftMs);
  }

  /** Aborted once nothing new may be sent; what is in flight is let finish. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why the run stops, if it does. */
  get reason(): ImporterError | undefined {
    return this.signal.aborted ? (this.signal.reason as ImporterError) : undefined;
  }

  /** What is told of it: whether the caller wants it to stop, and the code of what stops it. */
  get told(): { readonly isAsked: boolean; readonly code?: string } {
    return { isAsked: this.#callerSignal?.aborted === true, ...given({ code: this.reason?.code }) };
  }

  /** Has it told, once it stops, how many requests are waited for. @returns takes that back */
  tellFinishing(inFlight: () => number, emit: ImportListener): () => void {
    // Those who only wait for the budget leave at once: who is still there then has sent something.
    const tell = (): unknown => setImmediate(() => emit({ type: 'finishing', requests: inFlight(), ...this.told }));
    this.signal.addEventListener('abort', tell, { once: true });
    return () => this.signal.removeEventListener('abort', tell);
  }

  /** The first reason counts. */
  stop(reason: ImporterError): void {
    this.#controller.abort(reason);
  }

  /** Lets go of the timer and the caller's signal. */
  close(): void {
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onCallerAbort);
  }

  #stopAfter(leftMs: () => number): void {
    const waitMs = leftMs();
    if (waitMs <= 0) {
      this.stop(new ImporterError('deadline', 'The deadline was reached.', toGoOn('The rest is pending:')));
      return;
    }
    this.#timer = setTimeout(() => this.#stopAfter(leftMs), Math.min(Math.ceil(waitMs), LONGEST_TIMER_MS));
    // The deadline alone keeps no process alive.
    this.#timer.unref();
  }
}

/** One signal may end all that a program does: Node takes more than ten who listen to it for a leak. */
function anyNumber(signal: unknown): void {
  if (signal instanceof AbortSignal) setMaxListeners(0, signal);
}

function asStop(reason: unknown, what = 'The import'): ImporterError {
  if (reason instanceof ImporterError) return reason;
  return new ImporterError('interrupted', `${what} was stopped.`, {
    ...toGoOn('The rest is pending:'),
    cause: reason,
  });
}

/**
 * A call that changes nothing and that its `signal` stops: it rejects with what was stopped then, whatever it was doing.
 * @param what `The plan`
 */
export function stoppable<Options extends { readonly signal?: AbortSignal | undefined }, Result>(
  what: string,
  call: (options: Options) => Promise<Result>,
): (options: Options) => Promise<Result> {
  return async (options) => {
    anyNumber(options.signal);
    try {
      return await call(options);
    } catch (error) {
      if (error instanceof ImporterError || options.signal?.aborted !== true) throw error;
      const next = 'Nothing was changed: the same call begins anew.';
      throw new ImporterError('interrupted', `${what} was stopped.`, { next, cause: options.signal.reason });
    }
  };
}

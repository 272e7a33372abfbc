import type { RateHeaders } from './answer-headers.js';

/** What a request tells the gate while it runs. One that ends without telling may have reached the server. */
export interface Attempt {
  /** The answer's headers came just now. `refused`: it was a 429. */
  answered(headers: RateHeaders, refused: boolean): void;
  /** The request never left this machine. */
  unsent(): void;
}

export interface RunOptions {
  /** 0 first to 9 last; 5 by default. */
  readonly priority?: number;
  /** Takes the write out of the queue; it rejects with the signal's reason. Once let out, the job must heed it itself. */
  readonly signal?: AbortSignal | undefined;
}

/** What the client needs of a gate. */
export interface OpenGate {
  run<T>(job: (attempt: Attempt) => Promise<T>, options?: RunOptions): Promise<T>;
  close(reason?: unknown): Promise<void>;
  readonly paced: boolean;
  /** Whether there is a limit, and so a pause of all writes after a 429. */
  readonly limited: boolean;
}

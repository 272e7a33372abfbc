import type { RateHeaders, Write } from './rate.js';

/** The right to one write. It is spent from the moment it is granted; tell the ledger what became of it. */
export interface Token {
  readonly id: string;
  /** When it was granted, in ms of the ledger's local monotonic clock. */
  readonly sentMs: number;
}

export interface ClaimRequest {
  readonly wanted: number;
  /** Tokens to leave unspent for other programs. */
  readonly reserve: number;
  /** Where set, no two writes of all who share the ledger are granted closer together than this. */
  readonly spacingMs: number | undefined;
}

export interface Claim {
  readonly tokens: readonly Token[];
  /** Where fewer than wanted were granted: how long to wait before asking again, in ms. */
  readonly waitMs: number;
  /** Every write that the ledger holds, by whichever process. */
  readonly writes: readonly Write[];
  /** Someone who shares the ledger spaces its writes evenly: the server asks for it, so all should. */
  readonly paced: boolean;
}

/**
 * The one account of a key's budget, shared by all who use the key as far as the ledger reaches (a process, a machine, a
 * Redis). At any time it holds exactly as many tokens as the limit says, each free, under way or waiting out its window.
 */
export interface Ledger {
  claim(request: ClaimRequest): Promise<Claim>;
  /** The answer's headers came at `answeredMs`. Returns every write that the ledger then holds. */
  answered(token: Token, answeredMs: number): Promise<readonly Write[]>;
  /** The request never left: the token is free at once. */
  unsent(token: Token): Promise<void>;
  /** The request may or may not have reached the server. */
  failed(token: Token): Promise<void>;
  /** The server announced another limit. */
  resize(limit: number): Promise<void>;
  /** Gives back what this holder still has; the ledger is not used after it. */
  close(): Promise<void>;
}

/** What a request tells the gate while it runs. One that ends without telling may have reached the server. */
export interface Attempt {
  /** Which of the gate's keys this is for. */
  readonly account: number;
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

/** A budget that is open: what a client needs of it. */
export interface OpenGate {
  run<T>(job: (attempt: Attempt) => Promise<T>, options?: RunOptions): Promise<T>;
  /** Spaces writes evenly from now on, as an earlier run found that the server wants it. */
  pace(): void;
  /** Even spacing was asked for and went well: the next run may do without. */
  readonly mayBurstNext: boolean;
  /** Whether there is a limit, and so a pause of all writes after a 429. */
  readonly limited: boolean;
  /** Sends nothing more by this key; what waits goes by the others. */
  drop(account: number): void;
  /** Goes on with another key in the place of this one. */
  renew(account: number, key: string): Promise<void>;
  close(reason?: unknown): Promise<void>;
}

/** A marker that others pace themselves by counts for so many windows after the last paced write. */
export const PACED_MARK_WINDOWS = 10;

/** Milliseconds on a clock that all processes of the machine share, that no one can set, and that reboots restart. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

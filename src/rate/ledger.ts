import type { Write } from './window.js';

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

/** A marker that others pace themselves by counts for so many windows after the last paced write. */
export const PACED_MARK_WINDOWS = 10;

/** Milliseconds on a clock that all processes of the machine share, that no one can set, and that reboots restart. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

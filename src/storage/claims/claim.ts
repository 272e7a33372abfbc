/** One writer for each e-mail and phone: what is common to claims of a machine and of several. */
import { createHash } from 'node:crypto';
import type { Holder } from './overdue.js';

/** What `makes` somebody shows when it has arrived; what `changes` somebody who is there, or deletes, may not. */
export type WriteKind = 'makes' | 'changes';

export interface Claim {
  /** Resolves once it is noted that such a write leaves now: were this process killed, it may still arrive. */
  departs(write: WriteKind): Promise<void>;
  giveUp(): Promise<void>;
}

export type HasLanded = (write: WriteKind) => Promise<boolean>;

export interface Claims {
  /**
   * Resolves once nobody else has any of these.
   * @param hasLanded whether such a write of another, who was killed, has arrived
   * @throws the signal's reason; ImporterError `unreachable` where somebody has them for too long
   */
  take(keys: readonly string[], signal: AbortSignal, hasLanded?: HasLanded): Promise<Claim>;
  close(): Promise<void>;
}

export interface ClaimOptions {
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
  /** How long after it departed a write of a process that was killed may still arrive. */
  readonly longestFlightMs: () => number;
  /** How long one that does nothing is waited for; for ever where it is left out. */
  readonly patienceMs?: number | undefined;
  /** Told once where another process is waited for a while; undefined for one that is gone. */
  readonly onWait?: ((holder: Holder | undefined) => void) | undefined;
  /** Told once where the folder can't be written any more: what it is for is done without then. */
  readonly onAlone?: ((error: unknown) => void) | undefined;
}

/** Names what is claimed, at one API, so that nobody is found by it. */
export function claimName(api: string, key: string): string {
  return createHash('sha256').update(`${api}\n${key}`).digest('hex').slice(0, 32);
}

/** For imports that nobody shares anything with. */
export const NO_CLAIMS: Claims = {
  take: () => Promise.resolve({ departs: () => Promise.resolve(), giveUp: () => Promise.resolve() }),
  close: () => Promise.resolve(),
};

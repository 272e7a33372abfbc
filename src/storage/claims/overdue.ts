/** When another process has had a claim for too long: it may be stopped, and would be waited for without end. */
import { ImporterError } from '../../errors.js';
import type { Owner } from '../lock-owner.js';
import { isStopped, thisPlace } from '../process-identity.js';

/** Who has what is waited for. */
export interface Holder {
  readonly pid: number;
  /** True where it is known to be stopped. */
  readonly isStopped: boolean;
}

/** One that runs may itself be waiting for room in the budget: two windows of it. */
const LEAST_OF_RUNNING_MS = 120_000;

export function holderOf({ pid, container }: Owner): Holder {
  return { pid, isStopped: container === thisPlace().container && isStopped(pid) };
}

/**
 * @param patienceMs how long nothing may get through
 * @throws ImporterError `unreachable` where it has had it for longer
 */
export function throwIfOverdue(holder: Holder, waitedMs: number, patienceMs: number): void {
  const mostMs = holder.isStopped ? patienceMs : Math.max(patienceMs, LEAST_OF_RUNNING_MS);
  if (waitedMs < mostMs) return;
  const { pid } = holder;
  const what = holder.isStopped ? `Process ${pid} is stopped, and` : `Process ${pid}`;
  throw new ImporterError(
    'unreachable',
    `${what} has been writing a contact of this file for ${Math.round(waitedMs / 1000)} s.`,
    {
      next: `Nothing is lost: let process ${pid} go on${holder.isStopped ? ` (kill -CONT ${pid})` : ''} or end it, then run the same command again.`,
    },
  );
}

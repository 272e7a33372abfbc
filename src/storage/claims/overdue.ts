/** When another process has had a claim for too long: it may be stopped, and would be waited for without end. */
import { hostname } from 'node:os';
import { ImporterError, toGoOn } from '../../errors.js';
import type { Owner } from '../lock-owner.js';
import { isStopped, thisPlace } from '../process-identity.js';

/** Who has what is waited for. */
export interface Holder {
  readonly pid: number;
  /** Of another machine or container: its name. */
  readonly host?: string | undefined;
  /** True where it is known to be stopped. */
  readonly isStopped: boolean;
}

/** One that runs may itself be waiting for room in the budget: two windows of it. */
const LEAST_OF_RUNNING_MS = 120_000;

export function holderOf({ pid, host, container }: Owner): Holder {
  const isHere = host === hostname() && (container ?? '') === thisPlace().container;
  return { pid, host: isHere ? undefined : host, isStopped: isHere && isStopped(pid) };
}

/** Which process it is, in words: its number says nothing on another machine, or in another container. */
export function nameOfHolder({ pid, host }: Holder): string {
  return host === undefined ? `process ${pid}` : `process ${pid} on ${host}`;
}

/**
 * @param patienceMs how long nothing may get through
 * @throws ImporterError `unreachable` where it has had it for longer
 */
export function throwIfOverdue(holder: Holder, waitedMs: number, patienceMs: number): void {
  const mostMs = holder.isStopped ? patienceMs : Math.max(patienceMs, LEAST_OF_RUNNING_MS);
  if (waitedMs < mostMs) return;
  const name = nameOfHolder(holder);
  const what = `P${name.slice(1)}${holder.isStopped ? ' is stopped, and' : ''}`;
  throw new ImporterError(
    'unreachable',
    `${what} has been writing a contact of this file for ${Math.round(waitedMs / 1000)} s.`,
    toGoOn(
      `Nothing is lost: let ${name} go on${holder.isStopped ? ` (kill -CONT ${holder.pid})` : ''} or end it, then`,
    ),
  );
}

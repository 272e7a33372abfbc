/** How long a server is waited for. */
import { given } from '../given.js';
import type { AllTimeouts, Timeouts } from './transport.js';

/** How long nothing may get through before the run stops. */
const DEFAULT_MAX_OUTAGE_SECONDS = 300;

/** As it was asked for, or the usual one, in milliseconds. */
export function outageMs(maxOutageSeconds = DEFAULT_MAX_OUTAGE_SECONDS): number {
  return maxOutageSeconds * 1000;
}

/** The same as it was asked for; undefined where it wasn't. */
export function askedOutageMs(maxOutageSeconds: number | undefined): number | undefined {
  return maxOutageSeconds === undefined ? undefined : maxOutageSeconds * 1000;
}

const ORDINARY: AllTimeouts = { connectMs: 10_000, headersMs: 30_000, bodyMs: 30_000, wholeMs: 60_000 };
const LEAST_MS = 1000;

/** A request that hangs must not outlast the time in which something has to get through. */
export function timeoutsWithin(maxOutageSeconds: number | undefined, asked: Timeouts = {}): AllTimeouts {
  const mostMs = Math.max(LEAST_MS, outageMs(maxOutageSeconds));
  const { connectMs, headersMs, bodyMs, wholeMs } = { ...ORDINARY, ...given(asked) };
  return {
    connectMs: Math.min(connectMs, mostMs),
    headersMs: Math.min(headersMs, mostMs),
    bodyMs: Math.min(bodyMs, mostMs),
    wholeMs: Math.min(wholeMs, mostMs),
  };
}

/** A write lands within the longest answer that the server was seen to need, many times over. */
const TIMES_THE_SLOWEST = 100;
const LEAST_FLIGHT_MS = 5000;

/**
 * How long after it was sent a write may still arrive whose sender waits for it no more: as long as a sender would wait for
 * an answer; less where the server was seen to be fast. How long this run waits for anything says nothing of that.
 * @param slowestMs the longest time in which it answered a write; undefined where it never did
 */
export function longestFlightMs(slowestMs: number | undefined): number {
  const seenMs = slowestMs === undefined ? Infinity : Math.max(LEAST_FLIGHT_MS, slowestMs * TIMES_THE_SLOWEST);
  return Math.min(ORDINARY.headersMs, seenMs);
}

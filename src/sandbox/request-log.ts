import type { Answer } from './http/answer.js';
import { Arrivals } from './limits/arrivals.js';
import type { FaultKind } from './faults.js';
import type { CallKind, Verdict } from './limits/gate.js';

/** One request, as the server saw it. */
export interface LoggedRequest {
  /** Its place in the order of arrival, from 1. */
  readonly n: number;
  /** When it arrived, half of its latency passed: milliseconds since the epoch by a clock that never goes back. */
  readonly atMs: number;
  /** Of the request. */
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Which key it came with. */
  key: Verdict['key'];
  /** Of the answer; null where none was sent. */
  status: number | null;
  /** What it met; null where nothing. */
  fault: FaultKind | 'outage' | null;
  /** What it did to a contact, whether or not an answer said so. */
  outcome: Answer['outcome'] | null;
  /** The parsed body; null where there was none or it is not kept. */
  readonly body: unknown;
}

/** What the server saw since its start or the last reset. */
export interface SandboxStats {
  /** All that reached the API. */
  requests: number;
  /** Those that write, accepted or not. */
  writes: number;
  /** Those that read. */
  reads: number;
  /** Contacts that were created. */
  created: number;
  /** Times that a contact was updated. */
  updated: number;
  /** Contacts that were deleted. */
  deleted: number;
  /** 429s that the limit explains. */
  throttled: number;
  /** Requests that met a fault, an outage included. */
  faulted: number;
  /** How many met each fault. */
  faults: Partial<Record<FaultKind | 'outage', number>>;
  /** Most writes of one key that arrived in any rolling window, accepted or not; the second client's are left out. */
  peakWindow: number;
  /** Most upserts and creates of one identity (primary email, else phone) that were under way together. */
  maxSameIdentityInFlight: number;
  /** Most requests that were under way together. */
  maxInFlight: number;
}

/** The record of all requests and the figures drawn from it. */
export class RequestLog {
  readonly #keep: number;
  readonly #windowMs: number;
  #requests: LoggedRequest[] = [];
  readonly #writesByKey = new Map<Verdict['key'], Arrivals>();
  readonly #inFlight = new Map<string, number>();
  #openCount = 0;
  #counts = emptyStats();

  constructor(keepRequests: number, windowMs: number) {
    this.#keep = keepRequests;
    this.#windowMs = windowMs;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Notes that a request is under way; the function returned ends that and is called once. */
  enter(identity: string | undefined): () => void {
    const together = identity === undefined ? 0 : (this.#inFlight.get(identity) ?? 0) + 1;
    if (identity !== undefined) this.#inFlight.set(identity, together);
    const counts = this.#counts;
    counts.maxInFlight = Math.max(counts.maxInFlight, ++this.#openCount);
    counts.maxSameIdentityInFlight = Math.max(counts.maxSameIdentityInFlight, together);
    return () => {
      this.#openCount--;
      if (identity === undefined) return;
      const left = (this.#inFlight.get(identity) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(identity, left);
      else this.#inFlight.delete(identity);
    };
  }

  arrive(call: CallKind, request: Pick<LoggedRequest, 'atMs' | 'method' | 'path' | 'key' | 'body'>): LoggedRequest {
    const n = ++this.#counts.requests;
    const logged: LoggedRequest = { n, ...request, status: null, fault: null, outcome: null };
    this.#requests.push(logged);
    // Cut in large steps: one at a time would move the whole log for each request.
    if (this.#requests.length > 2 * this.#keep) this.#requests = this.#requests.slice(-this.#keep);
    if (call === 'read') this.#counts.reads++;
    else {
      this.#counts.writes++;
      this.#arrivalsOf(request.key).add(request.atMs);
    }
    return logged;
  }

  throttle(): void {
    this.#counts.throttled++;
  }

  fault(logged: LoggedRequest, kind: FaultKind | 'outage'): void {
    logged.fault = kind;
    this.#counts.faulted++;
    this.#counts.faults[kind] = (this.#counts.faults[kind] ?? 0) + 1;
  }

  apply(logged: LoggedRequest, outcome: Answer['outcome']): void {
    if (outcome === undefined) return;
    logged.outcome = outcome;
    this.#counts[outcome]++;
  }

  stats(): SandboxStats {
    const peaks = [...this.#writesByKey.values()].map((arrivals) => arrivals.peak);
    return { ...this.#counts, faults: { ...this.#counts.faults }, peakWindow: Math.max(0, ...peaks) };
  }

  reset(): void {
    this.#requests = [];
    this.#writesByKey.clear();
    this.#counts = emptyStats();
  }

  #arrivalsOf(key: Verdict['key']): Arrivals {
    const arrivals = this.#writesByKey.get(key) ?? new Arrivals(this.#windowMs);
    this.#writesByKey.set(key, arrivals);
    return arrivals;
  }
}

function emptyStats(): SandboxStats {
  return {
    requests: 0,
    writes: 0,
    reads: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    throttled: 0,
    faulted: 0,
    faults: {},
    peakWindow: 0,
    maxSameIdentityInFlight: 0,
    maxInFlight: 0,
  };
}

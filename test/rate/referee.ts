import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monotonicMs } from '../../src/rate/rate.js';

/** Ways in which a server may count. */
export type Counting = 'rolling' | 'fixed' | 'counter';

export interface RefereeOptions {
  readonly limit: number;
  readonly windowMs: number;
  readonly counting?: Counting;
  /** Time to the decision and from it, both drawn anew for each request, in ms. */
  readonly latencyMs?: readonly [number, number];
  readonly headers?: boolean;
}

export interface Referee {
  readonly url: string;
  /** 200s and 429s so far, by the caller's name (the path). */
  counts(caller?: string): { accepted: number; refused: number };
  /** The most requests, refused ones included, in any window. */
  peak(): number;
  close(): Promise<void>;
}

interface Arrival {
  readonly atMs: number;
  readonly caller: string;
  readonly accepted: boolean;
}

/** A server that counts strictly by arrival time, boundary included, and remembers everything. */
export async function startReferee(options: RefereeOptions): Promise<Referee> {
  const { limit, windowMs, counting = 'rolling', latencyMs: [least, most] = [0, 0], headers = true } = options;
  const arrivals: Arrival[] = [];
  const oneWayMs = (): number => (least + Math.random() * (most - least)) / 2;
  const count = (nowMs: number): number => {
    const accepted = arrivals.filter((one) => one.accepted);
    const since = (fromMs: number): number => accepted.filter((one) => one.atMs >= fromMs && one.atMs <= nowMs).length;
    const startMs = Math.floor(nowMs / windowMs) * windowMs;
    if (counting === 'rolling') return since(nowMs - windowMs);
    if (counting === 'fixed') return since(startMs);
    const current = since(startMs);
    const previous = since(startMs - windowMs) - current;
    return Math.floor(previous * (1 - (nowMs - startMs) / windowMs)) + current;
  };
  const server: Server = createServer((request, response) => {
    request.resume();
    const caller = request.url ?? '/';
    setTimeout(() => {
      const nowMs = monotonicMs();
      const before = count(nowMs);
      const accepted = before < limit;
      arrivals.push({ atMs: nowMs, caller, accepted });
      const after = before + (accepted ? 1 : 0);
      setTimeout(() => {
        response.statusCode = accepted ? 200 : 429;
        if (headers) {
          response.setHeader('x-ratelimit-limit', String(limit));
          response.setHeader('x-ratelimit-remaining', String(Math.max(0, limit - after)));
        }
        if (!accepted) response.setHeader('retry-after', String(windowMs / 60_000));
        response.end('{}');
      }, oneWayMs());
    }, oneWayMs());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    counts: (caller) => {
      const theirs = arrivals.filter((one) => caller === undefined || one.caller === caller);
      const accepted = theirs.filter((one) => one.accepted).length;
      return { accepted, refused: theirs.length - accepted };
    },
    peak: () => Math.max(0, ...arrivals.map((last) => arrivals.filter((one) => within(one, last, windowMs)).length)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function within(one: Arrival, last: Arrival, windowMs: number): boolean {
  return one.atMs <= last.atMs && one.atMs >= last.atMs - windowMs;
}

import { given } from '../given.js';
import type { Agent, Dispatcher } from 'undici';
import type { Endpoint } from '../endpoint.js';
import { openOutgoing, type Outgoing } from '../outgoing.js';
import { misnamedProxy, proxyFor, type ProxySettings } from '../proxy.js';
import { lacksMemory, type SocketTrouble, socketTrouble, tooLittleMemory } from '../socket-trouble.js';

/** How long a request may take, in milliseconds. */
export interface Timeouts {
  /** To a connection, TLS included. Default 10 s. */
  readonly connectMs?: number | undefined;
  /** From the request to the answer's headers. Default 30 s. */
  readonly headersMs?: number | undefined;
  /** Between two pieces of the body. Default 30 s. */
  readonly bodyMs?: number | undefined;
  /** From the request to the answer's end, however busy the connection is. Default 60 s. */
  readonly wholeMs?: number | undefined;
}

/** The same, each of them said. */
export type AllTimeouts = Readonly<Record<keyof Timeouts, number>>;

export interface TransportOptions {
  readonly endpoint: Endpoint;
  /** How many kept-alive connections at most. Default 10. */
  readonly connections?: number | undefined;
  readonly timeouts: AllTimeouts;
  /** Proxies instead of those of the environment; never used to loopback. */
  readonly proxy?: ProxySettings | undefined;
}

/** A request. */
export interface Call {
  /** Of the request. */
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind the base URL, query included. */
  readonly path: string;
  /** What is sent, as JSON. */
  readonly body?: unknown;
}

/** What came of a request: an answer, or why there is none. */
export type Reply =
  | {
      readonly status: number;
      readonly headers: Headers;
      /** The body's JSON; undefined if it is no JSON, broke off or is too long. */
      readonly body: unknown;
      /** What keeps the body from being there whole: `broke off (ECONNRESET)`. */
      readonly lacks?: string | undefined;
    }
  | { readonly trouble: SocketTrouble };

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export interface SendOptions {
  readonly key: string;
  /** Called as soon as the headers are there. */
  readonly onHead: (status: number, headers: Headers) => void;
  /** Cuts the request at once; `send` then rejects with its reason. */
  readonly killSignal: AbortSignal | undefined;
  /** Once this is aborted, the answer to a write is waited for only a little longer, and that to a read not at all. */
  readonly stopSignal: AbortSignal | undefined;
  /** How long the answer may take to begin, where that is less than usual. */
  readonly firstAnswerMs?: number | undefined;
}

export interface Transport {
  /**
   * Sends one request, once. Rejects only where `killSignal` ends it, with its reason, and where the proxy is none before
   * anything was answered.
   */
  send(call: Call, options: SendOptions): Promise<Reply>;
  close(): Promise<void>;
}

/** A write that is under way when a run stops is heard, but not for ever. A read leaves nothing to be recorded. */
const HEARD_AFTER_STOP_MS = 10_000;

/** The most of an answer that is read: one contact with long notes, and a page of a hundred of them. */
const MOST_BYTES = { write: 1 << 20, read: 1 << 24 };

/**
 * Clarky over kept-alive connections. undici is loaded with the first request; a redirect is answered, never followed.
 * @throws {ImporterError} `usage` if the environment names a proxy by something that is no address
 */
export function createTransport(options: TransportOptions): Transport {
  const { endpoint, timeouts } = options;
  const proxy = proxyFor(endpoint.base, options.proxy, process.env);
  let opened: Promise<Outgoing> | undefined;
  let wasReached = false;
  const open = (): Promise<Outgoing> =>
    openOutgoing(proxy, agentOptions(options.connections ?? 10, timeouts), timeouts.connectMs);

  return {
    async send(call, { key, onHead, killSignal, stopSignal, firstAnswerMs }) {
      const outgoing = await (opened ??= open());
      const bound = boundAnswer(call.method, { wholeMs: timeouts.wholeMs, firstAnswerMs }, killSignal, stopSignal);
      try {
        const request = {
          method: call.method,
          headers: {
            authorization: `Bearer ${key}`,
            accept: 'application/json',
            ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: call.body === undefined ? null : JSON.stringify(call.body),
          signal: bound.signal,
        };
        const answer = await outgoing.request(`${endpoint.base}${call.path}`, request, bound.departed);
        const { statusCode: status, headers } = answer;
        bound.begun();
        wasReached = true;
        onHead(status, headers);
        const most = call.method === 'GET' ? MOST_BYTES.read : MOST_BYTES.write;
        const read = await readBounded(answer.body, most);
        killSignal?.throwIfAborted();
        return 'lacks' in read
          ? { status, headers, body: undefined, lacks: bound.signal.aborted ? 'did not end in time' : read.lacks }
          : { status, headers, body: parseJson(read.text) };
      } catch (error) {
        killSignal?.throwIfAborted();
        if (lacksMemory(error)) throw tooLittleMemory(error);
        const trouble: SocketTrouble = bound.signal.aborted
          ? { kind: 'timeout', code: bound.missing(), sent: true, ...given({ proxy: proxy?.host }) }
          : socketTrouble(error, proxy);
        const misnamed = wasReached ? undefined : misnamedProxy(proxy, trouble);
        if (misnamed !== undefined) throw misnamed;
        return { trouble: { ...trouble, sent: trouble.sent && bound.hasDeparted() } };
      } finally {
        bound.close();
      }
    },
    async close() {
      if (opened !== undefined) await (await opened).close();
    },
  };
}

/** The way of one request, as far as it got, and what ends it from here. */
interface Bound {
  readonly signal: AbortSignal;
  readonly departed: () => void;
  hasDeparted(): boolean;
  begun(): void;
  /** What did not come in time. */
  missing(): string;
  close(): void;
}

/** Ends a request by the first of: the kill, the bounds on its beginning and on the whole, a little after the stop; at the stop where it reads, or waits for a connection. */
function boundAnswer(
  method: Call['method'],
  { wholeMs, firstAnswerMs: firstMs }: { readonly wholeMs: number; readonly firstAnswerMs: number | undefined },
  killSignal: AbortSignal | undefined,
  stopSignal: AbortSignal | undefined,
): Bound {
  let reached: 'nothing' | 'a connection' | 'an answer' = 'nothing';
  const controller = new AbortController();
  const cut = (): void => controller.abort();
  const timers = [setTimeout(cut, wholeMs)];
  const first = firstMs === undefined ? undefined : setTimeout(cut, firstMs);
  const onStop = (): void => {
    if (method === 'GET' || reached === 'nothing') cut();
    else timers.push(setTimeout(cut, HEARD_AFTER_STOP_MS));
  };
  if (killSignal?.aborted === true) cut();
  if (stopSignal?.aborted === true) onStop();
  killSignal?.addEventListener('abort', cut, { once: true });
  stopSignal?.addEventListener('abort', onStop, { once: true });
  return {
    signal: controller.signal,
    departed: () => {
      reached = 'a connection';
    },
    hasDeparted: () => reached !== 'nothing',
    begun: () => {
      reached = 'an answer';
      clearTimeout(first);
    },
    missing: () =>
      ({ nothing: 'no connection', 'a connection': 'no answer', 'an answer': 'no end of the answer' })[reached],
    close: () => {
      clearTimeout(first);
      for (const timer of timers) clearTimeout(timer);
      killSignal?.removeEventListener('abort', cut);
      stopSignal?.removeEventListener('abort', onStop);
    },
  };
}

function agentOptions(connections: number, timeouts: AllTimeouts): Agent.Options {
  return {
    connections,
    pipelining: 1,
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
  };
}

async function readBounded(
  body: Dispatcher.ResponseData['body'],
  most: number,
): Promise<{ readonly text: string } | { readonly lacks: string }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) return { lacks: `is longer than ${most >> 20} MiB` };
      chunks.push(chunk);
    }
  } catch (error) {
    return { lacks: `broke off (${socketTrouble(error).code})` };
  }
  return { text: Buffer.concat(chunks).toString('utf8') };
}

/** Undefined where it is no JSON, so that what can't be read is never taken for an answer. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

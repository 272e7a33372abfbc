import type * as UndiciModule from 'undici';
import type { Dispatcher } from 'undici';
import type { Endpoint } from '../endpoint.js';
import { type SocketTrouble, socketTrouble } from './socket-trouble.js';

type Undici = typeof UndiciModule;

export interface Timeouts {
  /** To a connection, TLS included. Default 10 s. */
  readonly connectMs?: number;
  /** From the request to the answer's headers. Default 30 s. */
  readonly headersMs?: number;
  /** Between two pieces of the body. Default 30 s. */
  readonly bodyMs?: number;
}

export interface TransportOptions {
  readonly endpoint: Endpoint;
  readonly key: string;
  /** How many kept-alive connections at most. Default 10. */
  readonly connections?: number | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Proxies instead of those that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; never used to loopback. */
  readonly proxy?: { readonly httpsProxy?: string; readonly httpProxy?: string; readonly noProxy?: string } | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind the base URL, query included. */
  readonly path: string;
  readonly body?: unknown;
}

export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type Reply =
  /** `text` is undefined where the body broke off or is beyond the bound. */
  (AnswerHead & { readonly text: string | undefined }) | { readonly trouble: SocketTrouble };

export interface Transport {
  /**
   * Sends one request, once. `onHead` is called as soon as the headers are there.
   * Rejects only where `signal` ends it, with its reason.
   */
  send(call: Call, onHead: (head: AnswerHead) => void, signal: AbortSignal | undefined): Promise<Reply>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUTS = { connectMs: 10_000, headersMs: 30_000, bodyMs: 30_000 } as const;

/** The most of an answer that is read: one contact with long notes, and a page of a hundred of them. */
const MAX_BODY_BYTES = { write: 1 << 20, read: 1 << 24 };

/** Clarky over kept-alive connections. undici is loaded with the first request; a redirect is answered, never followed. */
export function createTransport(options: TransportOptions): Transport {
  const { endpoint, key } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  let opened: Promise<{ undici: Undici; dispatcher: Dispatcher }> | undefined;
  const open = async (): Promise<{ undici: Undici; dispatcher: Dispatcher }> => {
    const undici = await import('undici');
    return { undici, dispatcher: openDispatcher(undici, options, timeouts) };
  };

  return {
    async send(call, onHead, signal) {
      const { undici, dispatcher } = await (opened ??= open());
      try {
        const answer = await undici.request(`${endpoint.base}${call.path}`, {
          dispatcher,
          method: call.method,
          headers: {
            authorization: `Bearer ${key}`,
            accept: 'application/json',
            ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: call.body === undefined ? null : JSON.stringify(call.body),
          signal: signal ?? null,
        });
        const head = { status: answer.statusCode, headers: answer.headers };
        onHead(head);
        const most = call.method === 'GET' ? MAX_BODY_BYTES.read : MAX_BODY_BYTES.write;
        const text = await readBounded(answer.body, most, signal);
        // A server that repeats what it was sent must not bring the key into a message.
        return { ...head, text: text?.replaceAll(key, '[key]') };
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason;
        return { trouble: socketTrouble(error) };
      }
    },
    async close() {
      if (opened !== undefined) await (await opened).dispatcher.destroy();
    },
  };
}

function openDispatcher(undici: Undici, options: TransportOptions, timeouts: Required<Timeouts>): Dispatcher {
  const agent = {
    connections: options.connections ?? 10,
    pipelining: 1,
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
  };
  return options.endpoint.loopback
    ? new undici.Agent(agent)
    : new undici.EnvHttpProxyAgent({ ...agent, ...options.proxy });
}

async function readBounded(
  body: Dispatcher.ResponseData['body'],
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) return undefined;
      chunks.push(chunk);
    }
  } catch {
    if (signal?.aborted === true) throw signal.reason;
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

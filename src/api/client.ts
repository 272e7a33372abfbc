import { ImporterError } from '../errors.js';
import { setMaxListeners } from 'node:events';
import { DEFAULT_API_URL, parseApiUrl } from '../endpoint.js';
import { monotonicMs, type OpenGate, READS_PER_MINUTE, WRITES_PER_MINUTE } from '../rate/rate.js';
import { openGateLater } from '../rate/open-gate.js';
import { type Client, readsOf, writesOf } from './calls.js';
import type { ClientEvent } from './client-event.js';
import type { Lane } from './exchange.js';
import { KeyRing, type Refusal } from './key-ring.js';
import { Outage, type Reached } from './outage.js';
import { askedOutageMs, outageMs, timeoutsWithin } from './patience.js';
import type { ProxySettings } from '../proxy.js';
import { createTransport, type Timeouts } from './transport.js';

export interface ClientOptions {
  /** The API's base; `http:` only to this machine. By default the real Clarky. */
  readonly apiUrl?: string | undefined;
  /** The API key. */
  readonly key: string;
  /** More keys of the same workspace, each with a budget of its own; the gates must have been opened for all of them. */
  readonly moreKeys?: readonly string[] | undefined;
  /** Reads the keys again from where they came, the first one first: asked before a 401 stops a run. */
  readonly rereadKeys?: (() => Promise<readonly string[]>) | undefined;
  /** Whether a key that was read again is of the same workspace: asked before its first use. */
  readonly isSameWorkspace?: ((key: string) => Promise<boolean>) | undefined;
  /** The budget of writes, `openGate({ kind: 'writes', … })`; by default Clarky's, shared by all who use the key on this machine. */
  readonly gate?: OpenGate | undefined;
  /** The budget of reads, which is apart from it. */
  readonly readGate?: OpenGate | undefined;
  /** How long nothing may get through before a call fails, in seconds; default 300. */
  readonly maxOutageSeconds?: number | undefined;
  /** How long a server that never answered is tried, where that is less. */
  readonly maxUnreachedSeconds?: number | undefined;
  /** How long a request may take. */
  readonly timeouts?: Timeouts | undefined;
  /** Most requests in flight at once. */
  readonly connections?: number | undefined;
  /** Proxies instead of those of the environment; never used to this machine. */
  readonly proxy?: ProxySettings | undefined;
  /** Cuts everything, requests under way included; what they did on the server is unknown then. */
  readonly signal?: AbortSignal | undefined;
  /** Told what the client does; one that throws ends nothing. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
  readonly random?: (() => number) | undefined;
  readonly now?: (() => number) | undefined;
  readonly wallNow?: (() => number) | undefined;
}

/**
 * A client of one workspace.
 * @throws {ImporterError} `usage` for an option or a URL, `no_key` for a key that can't be used
 */
export function createClient(options: ClientOptions): Client {
  return connect(options).client;
}

/** The same, and the keys that it goes by: what is found out of them elsewhere can be told. */
export function connect(options: ClientOptions): { readonly client: Client; readonly keys: KeyRing } {
  const endpoint = parseApiUrl(options.apiUrl ?? DEFAULT_API_URL);
  const { now = monotonicMs, wallNow = Date.now, random = Math.random, onEvent = () => undefined } = options;
  const maxMs = outageMs(options.maxOutageSeconds);
  const maxUnreachedMs = askedOutageMs(options.maxUnreachedSeconds);
  const { connections, proxy, signal: killSignal } = options;
  // Every request under way listens to it; Node would warn of a leak from the eleventh on.
  if (killSignal !== undefined) setMaxListeners(0, killSignal);
  const transport = createTransport({
    endpoint,
    connections,
    proxy,
    timeouts: timeoutsWithin(options.maxOutageSeconds, options.timeouts),
  });

  const keys = [options.key, ...(options.moreKeys ?? [])];
  const budget = { apiUrl: endpoint.base, key: keys };
  const gate = options.gate ?? openGateLater({ ...budget, kind: 'writes', rate: WRITES_PER_MINUTE });
  const readGate = options.readGate ?? openGateLater({ ...budget, kind: 'reads', rate: READS_PER_MINUTE });
  const ring = new KeyRing({
    keys,
    reread: options.rereadKeys,
    isOurs: options.isSameWorkspace,
    gates: [readGate, gate],
    onChange: (change, number, of) => onEvent({ type: 'key', ...changeOf(change), number, of }),
  });
  const reached: Reached = { ever: false };
  const closing = new AbortController();
  const laneOf = (laneGate: OpenGate): Lane => {
    const outage = new Outage({ maxMs, maxUnreachedMs, reached, now, random });
    const { host } = endpoint;
    const closed = closing.signal;
    return { transport, keys: ring, gate: laneGate, outage, host, now, wallNow, killSignal, closed, onEvent };
  };
  const close = async (): Promise<void> => {
    const closed = new ImporterError('usage', 'The client was closed.', {
      next: 'Make another one with createClient.',
    });
    closing.abort(closed);
    await transport.close();
    if (options.gate === undefined) await gate.close(closed);
    if (options.readGate === undefined) await readGate.close(closed);
  };
  const client = { ...readsOf(laneOf(readGate)), ...writesOf(laneOf(gate)), host: endpoint.host, close };
  return { client, keys: ring };
}

function changeOf(change: 'renewed' | Refusal): Pick<Extract<ClientEvent, { type: 'key' }>, 'change' | 'because'> {
  return change === 'renewed' ? { change } : { change: 'dropped', because: change };
}

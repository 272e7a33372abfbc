/** Requests that go out: straight, or through a proxy. undici is loaded with the first one. */
import type { Agent, Dispatcher, Pool } from 'undici';
import { given } from './given.js';
import type { Proxy } from './proxy.js';

/** How long a proxy may take to let us through: as long as undici gives a connection. */
const TUNNEL_MS = 10_000;

interface Asked extends Pick<Partial<Dispatcher.RequestOptions<null>>, 'method' | 'headers' | 'body'> {
  readonly signal?: AbortSignal | undefined;
}

export interface Outgoing {
  /**
   * Sends a request, once, and gives what answers.
   * @param onDeparture told as soon as it has a connection: what ended before that has not been sent
   * @throws what undici does; the signal's reason at once, also while there is no connection
   */
  request(url: string | URL, asked: Asked, onDeparture?: () => void): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** @param tunnelMs how long a proxy that was reached may keep silent before it counts as one that can't be */
export async function openOutgoing(
  proxy: Proxy | undefined,
  options: Agent.Options = {},
  tunnelMs = TUNNEL_MS,
): Promise<Outgoing> {
  const undici = await import('undici');
  const dispatcher =
    proxy === undefined
      ? new undici.Agent(options)
      : new undici.ProxyAgent({
          ...options,
          uri: proxy.uri,
          ...given({ token: proxy.token }),
          // undici waits five minutes for the answer to CONNECT, and no bound of the request itself ends that.
          clientFactory: (origin, of: Pool.Options) => new undici.Pool(origin, { ...of, headersTimeout: tunnelMs }),
        });

  const telling = (onDeparture: () => void): Dispatcher.DispatcherComposeInterceptor => {
    return (dispatch) => (asked, handler) => {
      const begin = handler.onRequestStart?.bind(handler);
      const onRequestStart: typeof begin = (controller, context) => {
        onDeparture();
        begin?.(controller, context);
      };
      return dispatch(asked, Object.assign(handler, { onRequestStart }));
    };
  };

  return {
    async request(url, { signal, ...asked }, onDeparture) {
      signal?.throwIfAborted();
      let hasDeparted = false;
      const departing = (): void => {
        hasDeparted = true;
        onDeparture?.();
      };
      const through = dispatcher.compose(telling(departing));
      const answer = undici.request(url, { ...asked, ...given({ signal }), dispatcher: through });
      try {
        return await (signal === undefined ? answer : orAborted(answer, signal));
      } catch (error) {
        const isOfTunnel = !hasDeparted && error instanceof undici.errors.HeadersTimeoutError;
        throw isOfTunnel ? new undici.errors.ConnectTimeoutError('the proxy kept silent') : error;
      }
    },
    async close() {
      await dispatcher.destroy();
    },
  };
}

/** undici heeds a signal only once there is a connection; one that was aborted before is then not used. */
async function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

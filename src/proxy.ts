import { ImporterError } from './errors.js';

/** The proxies to use; what is left out comes from the environment. */
export interface ProxySettings {
  readonly httpsProxy?: string | undefined;
  readonly httpProxy?: string | undefined;
  /** Hosts that are reached without one, as in `NO_PROXY`. */
  readonly noProxy?: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name, in either case, the lower one first as curl has it. One without a scheme is
 * an HTTP proxy.
 * @throws {ImporterError} `usage` where one is no address; a password in it is never shown
 */
export function proxiesOf(settings: ProxySettings, env: Env): ProxySettings {
  const named = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  return {
    httpsProxy: proxyUrl('HTTPS_PROXY', settings.httpsProxy ?? named('HTTPS_PROXY')),
    httpProxy: proxyUrl('HTTP_PROXY', settings.httpProxy ?? named('HTTP_PROXY')),
    noProxy: settings.noProxy ?? named('NO_PROXY') ?? '',
  };
}

function proxyUrl(name: string, text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  // An empty one is no proxy, and must keep undici from looking by itself.
  if (trimmed === '') return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new ImporterError('usage', `${name} is not the address of an HTTP proxy.`, {
    next: `Give it as http://HOST:PORT, or unset ${name}.`,
  });
}

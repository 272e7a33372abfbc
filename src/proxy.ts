import { percentDecoded } from './address.js';
import { isLoopback } from './endpoint.js';
import { ImporterError } from './errors.js';

/** The proxies to use; what is left out comes from the environment. */
export interface ProxySettings {
  /** For `https:`, as `HTTPS_PROXY` has it. */
  readonly httpsProxy?: string | undefined;
  /** For `http:`, as `HTTP_PROXY` has it. */
  readonly httpProxy?: string | undefined;
  /** Hosts that are reached without one, as in `NO_PROXY`. */
  readonly noProxy?: string | undefined;
}

/** A proxy that an address is reached through. */
export interface Proxy {
  /** Without its user and password. */
  readonly uri: string;
  /** Its name and port, as it is told. */
  readonly host: string;
  /** The setting that names it without a scheme: it may be meant for something else. */
  readonly bareIn?: string;
  /** The header that lets us in, where it has a user or password. */
  readonly token?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an address, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY have it, in either case, the lower one first as curl has it. One without a
 * scheme is an HTTP proxy; this machine itself is never reached through one.
 * @throws {ImporterError} `usage` where it is no address; a password in it is never shown
 */
export function proxyFor(address: string, settings: ProxySettings = {}, env: Env = {}): Proxy | undefined {
  const url = new URL(address);
  if (isLoopback(url.hostname)) return undefined;
  const named = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const proxies = [
    parseProxy('HTTPS_PROXY', settings.httpsProxy ?? named('HTTPS_PROXY')),
    parseProxy('HTTP_PROXY', settings.httpProxy ?? named('HTTP_PROXY')),
  ];
  if (isExempt(url, settings.noProxy ?? named('NO_PROXY') ?? '')) return undefined;
  return proxies.find((proxy) => proxy !== undefined);
}

/** As curl, Go and Python read it: names with all that is below them, each with or without a port, or `*`. */
function isExempt({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replace(/\.$/, '');
  const portOfUrl = port === '' ? (protocol === 'http:' ? '80' : '443') : port;
  return noProxy
    .toLowerCase()
    .split(/[,;\s]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^(\[.*\]|[^:]*|[0-9a-f:]*::?[0-9a-f:]*)(?::(\d+))?$/.exec(entry) ?? [];
      const bare = name.replace(/^\*?\./, '').replace(/\.$/, '');
      if (bare === '' || (onlyPort !== undefined && onlyPort !== portOfUrl)) return false;
      return host === bare || host === `[${bare}]` || host.endsWith(`.${bare}`);
    });
}

function parseProxy(name: string, text: string | undefined): Proxy | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return undefined;
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  const whole = isWhole ? trimmed : `http://${trimmed}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  // One slash too few, and the scheme would be taken for a name.
  if (url === undefined || !/^https?:$/.test(url.protocol) || /^https?:(?!\/\/|\d)/i.test(trimmed)) {
    throw new ImporterError('usage', `${name} is not the address of an HTTP proxy.`, { next: howToGive(name) });
  }
  const { origin, host, username, password } = url;
  const proxy = { uri: origin, host, ...(isWhole ? {} : { bareIn: name }) };
  return username === '' && password === '' ? proxy : { ...proxy, token: basic(username, password) };
}

/**
 * What is wrong where a proxy without a scheme has a name that nobody knows: that stands there for something else, or is mistyped.
 * Undefined for any other trouble.
 */
export function misnamedProxy(
  proxy: Pick<Proxy, 'host' | 'bareIn'> | undefined,
  { kind, code }: { readonly kind: string; readonly code: string },
): ImporterError | undefined {
  if (proxy?.bareIn === undefined || kind !== 'dns' || code !== 'ENOTFOUND') return undefined;
  const { host, bareIn } = proxy;
  const message = `${bareIn} names the proxy ${host} without http://, and that name can't be looked up (${code}).`;
  return new ImporterError('usage', message, { next: howToGive(bareIn) });
}

function howToGive(name: string): string {
  return `Give it as http://HOST:PORT, or unset ${name}.`;
}

/** The header of a user and a password, as an address has them. */
export function basic(username: string, password: string): string {
  // A password may hold a % that nobody escaped.
  return `Basic ${Buffer.from(`${percentDecoded(username)}:${percentDecoded(password)}`).toString('base64')}`;
}

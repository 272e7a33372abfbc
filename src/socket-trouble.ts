import { ImporterError } from './errors.js';
import { given } from './given.js';
import type { Proxy } from './proxy.js';

/** Why no answer came. `sent`: whether the request may have reached the server. */
export interface SocketTrouble {
  readonly kind: 'dns' | 'tls' | 'proxy' | 'refused' | 'timeout' | 'cut';
  readonly code: string;
  readonly sent: boolean;
  /** The proxy on the way, by name and port. */
  readonly proxy?: string;
  /** What a proxy answered instead of letting us through. */
  readonly status?: number;
}

const TLS_CODES =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO|UND_ERR_PRX_TLS)/;
const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const REFUSED_CODES = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
const TIMEOUT_CODES = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/**
 * Sorts an error of undici, or of the sockets below it, into what it means. What is unknown may have been sent.
 * @param proxy the one that was asked, if any
 */
export function socketTrouble(error: unknown, proxy?: Pick<Proxy, 'host'>): SocketTrouble {
  return { ...kindOf(error), ...given({ proxy: proxy?.host }) };
}

function kindOf(error: unknown): SocketTrouble {
  const code = codeOf(error) ?? 'unknown';
  if (TLS_CODES.test(code)) return { kind: 'tls', code, sent: false };
  if (DNS_CODES.has(code)) return { kind: 'dns', code, sent: false };
  if (REFUSED_CODES.has(code)) return { kind: 'refused', code, sent: false };
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { kind: 'timeout', code, sent: false };
  if (TIMEOUT_CODES.has(code)) return { kind: 'timeout', code, sent: true };
  // undici has no code of its own for a proxy that refuses the tunnel.
  const [, status] = (error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message) : null) ?? [];
  if (status !== undefined) return { kind: 'proxy', code, sent: false, status: Number(status) };
  return { kind: 'cut', code, sent: true };
}

/**
 * HTTP is read by WebAssembly, which takes ten gigabytes of addresses before Node 24, and less there where it gets none: every request
 * fails without them, and no server is at fault.
 */
export function lacksMemory(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (/\bWebAssembly\b/.test(at.message) && /out of memory/i.test(at.message)) return true;
  }
  return false;
}

/** Tried again it would end the same way. */
export function tooLittleMemory(cause: unknown): ImporterError {
  return new ImporterError(
    'usage',
    'This process may not use as much memory as WebAssembly takes, by which HTTP is read.',
    {
      next: 'Allow it more (ulimit -v unlimited, or what limits it where it is run), or set NODE_OPTIONS=--disable-wasm-trap-handler, with which it takes less. Then run the same command again.',
      cause,
    },
  );
}

/** undici's parser doesn't always say what it stumbled over. */
const NO_HTTP = 'no HTTP';

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string' && code !== 'UND_ERR') return code;
    if (at.name === 'HTTPParserError') return NO_HTTP;
    // Several addresses tried (IPv6, IPv4): the first failure stands for all.
    if (at instanceof AggregateError) return codeOf(at.errors[0]);
  }
  return undefined;
}

/** A sentence on what happened at `host`, which may have a port behind its name, or at the proxy before it. */
export function describeTrouble({ kind, code, proxy, status, sent }: SocketTrouble, host: string): string {
  const through = proxy === undefined ? '' : `, through the proxy ${proxy},`;
  // Behind a proxy it is the proxy alone that a connection is made to.
  const next = proxy === undefined ? host : `The proxy ${proxy}`;
  switch (kind) {
    case 'dns':
      return `The name ${proxy === undefined ? host : `${proxy} of the proxy`} can't be looked up (${code}).`;
    case 'tls':
      return `No trusted TLS connection to ${host}${through.replace(/,$/, '')} (${code}).`;
    case 'proxy':
      return `${next} doesn't let us through to ${host} (HTTP ${String(status)})${status === 407 ? ': it wants a user and a password' : ''}.`;
    case 'refused':
      return `${next} takes no connection (${code}).`;
    case 'timeout':
      if (!sent) return `${next} didn't answer in time (${code}).`;
      return `${host}${through} didn't answer in time (${code}).`;
    case 'cut':
      if (code === 'UND_ERR_HEADERS_OVERFLOW')
        return `The headers of what ${host}${through} answers are too long (${code}).`;
      if (code === NO_HTTP || /^HPE_|_MISMATCH$/.test(code)) {
        return `What answers at ${host}${through} breaks the rules of HTTP (${code}).`;
      }
      return `The connection to ${host}${through} broke (${code}).`;
  }
}

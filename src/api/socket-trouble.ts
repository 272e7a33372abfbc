import { given } from '../given.js';

/** Why no answer came. `sent`: whether the request may have reached the server. */
export interface SocketTrouble {
  readonly kind: 'dns' | 'tls' | 'proxy' | 'refused' | 'timeout' | 'cut';
  readonly code: string;
  readonly sent: boolean;
  /** The name that could not be looked up: Clarky's, or that of a proxy. */
  readonly name?: string;
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

/** Sorts an error of undici, or of the sockets below it, into what it means. What is unknown may have been sent. */
export function socketTrouble(error: unknown): SocketTrouble {
  const code = codeOf(error) ?? 'unknown';
  if (TLS_CODES.test(code)) return { kind: 'tls', code, sent: false };
  if (DNS_CODES.has(code)) return { kind: 'dns', code, sent: false, ...given({ name: nameIn(error) }) };
  if (REFUSED_CODES.has(code)) return { kind: 'refused', code, sent: false };
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { kind: 'timeout', code, sent: false };
  if (TIMEOUT_CODES.has(code)) return { kind: 'timeout', code, sent: true };
  // undici has no code of its own for a proxy that refuses the tunnel.
  if (error instanceof Error && /^Proxy response/.test(error.message)) return { kind: 'proxy', code, sent: false };
  return { kind: 'cut', code, sent: true };
}

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string' && code !== 'UND_ERR') return code;
    // Several addresses tried (IPv6, IPv4): the first failure stands for all.
    if (at instanceof AggregateError) return codeOf(at.errors[0]);
  }
  return undefined;
}

/** The name of a failed lookup. */
function nameIn(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { hostname } = at as Error & { readonly hostname?: unknown };
    if (typeof hostname === 'string') return hostname;
  }
  return undefined;
}

/** A sentence on what happened at `host`, which may have a port behind its name. */
export function describeTrouble(trouble: SocketTrouble, host: string): string {
  switch (trouble.kind) {
    case 'dns':
      return trouble.name === undefined || trouble.name === host.split(':', 1)[0]
        ? `The name ${host} can't be looked up (${trouble.code}).`
        : `The name ${trouble.name} of the proxy can't be looked up (${trouble.code}).`;
    case 'tls':
      return `No trusted TLS connection to ${host} (${trouble.code}).`;
    case 'proxy':
      return `The proxy doesn't let us through to ${host}.`;
    case 'refused':
      return `${host} takes no connection (${trouble.code}).`;
    case 'timeout':
      return `${host} didn't answer in time (${trouble.code}).`;
    case 'cut':
      return `The connection to ${host} broke (${trouble.code}).`;
  }
}

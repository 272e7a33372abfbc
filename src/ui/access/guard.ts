/** Which requests are answered at all. Pure: decided from the headers alone, before a body is read. */

export interface GuardedRequest {
  readonly method: string;
  readonly path: string;
  readonly header: (name: string) => string | undefined;
}

export type Refusal = { readonly status: 401 | 403; readonly message: string };

const FOREIGN: Refusal = { status: 403, message: 'Another page may not ask this server.' };
const NO_TOKEN: Refusal = { status: 401, message: 'The page is not signed in.' };

/**
 * Why a request to our own address is refused, if it is; one to any other comes no further than the server.
 * @param origin the one that the server answers to
 * @param knows whether a token was given out
 */
export function refusalOf(
  request: GuardedRequest,
  origin: string,
  knows: (token: string) => boolean,
): Refusal | undefined {
  if (isForeign(request, origin)) return FOREIGN;
  if (!request.path.startsWith('/api/') || request.path === '/api/session') return undefined;
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.header('authorization') ?? '')?.[1];
  return token !== undefined && knows(token) ? undefined : NO_TOKEN;
}

function isForeign({ method, path, header }: GuardedRequest, origin: string): boolean {
  const site = header('sec-fetch-site');
  const from = header('origin');
  if (from !== undefined && from !== origin) return true;
  if (site === undefined || site === 'same-origin') return false;
  // The page itself may be opened from anywhere: it holds nothing and does nothing without its code.
  const isPage = path === '/' && method === 'GET' && header('sec-fetch-dest') === 'document';
  return !(isPage || (site === 'none' && !path.startsWith('/api/')));
}

/** What every answer says to the browser. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

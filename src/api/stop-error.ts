import { DEFAULT_API_URL } from '../endpoint.js';
import { type ErrorCode, ImporterError } from '../errors.js';
import type { WireError } from './wire.js';

export interface StopContext {
  readonly host: string;
  readonly status: number;
  readonly error: WireError;
  /** Where a redirect points to. */
  readonly location: string | undefined;
}

/** The error for an answer after which no row can succeed, with what to do about it. */
export function stopError(code: ErrorCode, context: StopContext): ImporterError {
  const { host, status, error } = context;
  const said = error.message === undefined ? '' : ` Clarky says: ${error.message}`;
  const answered = `HTTP ${String(status)}`;
  switch (code) {
    case 'unauthorized':
      return new ImporterError(code, `${host} doesn't accept the key (${answered}).${said}`, {
        next: 'Check CLARKY_KEY or --key-file: the key may be mistyped, cut off or revoked. Make a new one in Clarky’s settings.',
      });
    case 'forbidden':
      return new ImporterError(code, `The key may not do this (${answered}).${said}`, {
        next: 'An import needs a key with the scope "write"; "bots" and "verify" need "read".',
      });
    case 'wrong_bot':
      return new ImporterError(code, `The workspace of this key has no such bot (${answered}).${said}`, {
        next: 'Run "clarky-contacts bots" for the ids that the key can see, then give one by --bot.',
      });
    case 'wrong_url':
      return new ImporterError(
        code,
        `${host} doesn't look like Clarky's API (${answered}${redirect(context)}).${said}`,
        {
          next: `Check --api-url or CLARKY_API_URL; the default is ${DEFAULT_API_URL}.`,
        },
      );
    default:
      return new ImporterError(code, `${host} can't be used (${answered}).${said}`, {
        next: 'Check the proxy settings (HTTPS_PROXY, NO_PROXY), then run the same command again.',
      });
  }
}

function redirect({ location }: StopContext): string {
  if (location === undefined) return '';
  // The query of a redirect may carry what isn't ours to show.
  return URL.canParse(location) ? `, a redirect to ${new URL(location).host}` : ', a redirect';
}

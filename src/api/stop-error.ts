import { DEFAULT_API_URL } from '../endpoint.js';
import { ImporterError, KEY_PLACES } from '../errors.js';
import type { Verdict } from './outcome.js';

export interface StopContext {
  readonly host: string;
  /** Where a redirect points to. */
  readonly location: string | undefined;
  /** What was to be done to a contact, where it was to be changed or deleted. */
  readonly done?: 'changed' | 'deleted' | undefined;
  /** Why no new key was found where the old one came from, as a sentence. */
  readonly noNewKey?: string | undefined;
  /** Whether it was asked to read, or to write. */
  readonly isRead?: boolean | undefined;
}

/** The error for an answer after which no row can succeed, with what to do about it. */
export function stopError(
  { code, status, message: said }: Extract<Verdict<unknown>, { kind: 'stop' }>,
  context: StopContext,
): ImporterError {
  const { host } = context;
  const answered = `HTTP ${String(status)}`;
  switch (code) {
    case 'unauthorized':
      return new ImporterError(code, `${host} doesn't accept the key (${answered}).${newKey(context)}`, {
        next: `Check ${KEY_PLACES}: the key may be mistyped, cut off, revoked, or for another address than that of CLARKY_API_URL or --api-url. Make a new one in Clarky's settings.`,
        said,
      });
    case 'forbidden':
      return new ImporterError(code, `The key may not ${context.isRead === true ? 'read' : 'write'} (${answered}).`, {
        next: 'What writes needs a key with the scope "write"; bots, verify, undo and all with --live need "read" as well.',
        said,
      });
    case 'wrong_bot':
      return new ImporterError(code, `The workspace of this key has no such bot (${answered}).`, {
        next: 'Run "clarky-contacts bots" for the ids that the key can see, then give one by --bot.',
        said,
      });
    case 'wrong_url':
      return new ImporterError(code, `${host} doesn't look like Clarky's API (${answered}${redirect(context)}).`, {
        next: `Check --api-url or CLARKY_API_URL; the default is ${DEFAULT_API_URL}.`,
        said,
      });
    case 'not_as_meant':
      return new ImporterError(
        code,
        `${host} doesn't let contacts be ${context.done ?? 'changed or deleted'} (${answered}).`,
        {
          next: 'How Clarky takes PATCH and DELETE is not documented: undo by hand, or ask Clarky.',
          said,
        },
      );
    default:
      return new ImporterError(code, `${host} can't be used (${answered}).`, {
        next: 'Check the proxy settings (HTTPS_PROXY, NO_PROXY), then run the same command again.',
        said,
      });
  }
}

/** A key is changed under a run by a new one in its place: what is wrong with that is the news. */
function newKey({ noNewKey }: StopContext): string {
  return noNewKey === undefined ? '' : ` There is no new one in its place: ${noNewKey}`;
}

function redirect({ location }: StopContext): string {
  if (location === undefined) return '';
  // The query of a redirect may carry what isn't ours to show.
  return URL.canParse(location) ? `, a redirect to ${new URL(location).host}` : ', a redirect';
}

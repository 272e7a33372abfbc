/**
 * Who may speak to the server: whoever opened the address that the command printed. Its fragment holds a code that is
 * exchanged once for a token; a fragment is sent to no server and stands in no log.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;
/** As long as opening a browser takes, and no longer. */
const CODE_LASTS_MS = 60_000;
/** Pages that may be open at once; the oldest token is forgotten for a further one. */
const MOST_TOKENS = 20;
const MOST_CODES = 20;

export class Session {
  readonly #now: () => number;
  readonly #codes: { readonly digest: Buffer; readonly untilMs: number }[] = [];
  readonly #tokens: Buffer[] = [];

  /** @param now milliseconds by a clock that nobody sets */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A new code, good once and for a minute. */
  newCode(): string {
    const code = randomBytes(BYTES).toString('base64url');
    this.#codes.push({ digest: digest(code), untilMs: this.#now() + CODE_LASTS_MS });
    if (this.#codes.length > MOST_CODES) this.#codes.shift();
    return code;
  }

  /** The token for a code; undefined for one that was used, is too old, or was never given. */
  exchange(code: string): string | undefined {
    const wanted = digest(code);
    const at = this.#codes.findIndex((known) => timingSafeEqual(known.digest, wanted));
    const [known] = at < 0 ? [] : this.#codes.splice(at, 1);
    if (known === undefined || known.untilMs < this.#now()) return undefined;
    const token = randomBytes(BYTES).toString('base64url');
    this.#tokens.push(digest(token));
    if (this.#tokens.length > MOST_TOKENS) this.#tokens.shift();
    return token;
  }

  /** True for a token that was given out. Takes as long for any other. */
  knows(token: string): boolean {
    const wanted = digest(token);
    return this.#tokens.reduce((found, known) => timingSafeEqual(known, wanted) || found, false);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

import { setMaxListeners } from 'node:events';
import { ImporterError } from '../errors.js';

/** The little of ioredis that is used, so that its types are no dependency of ours. */
interface RedisClient {
  eval(script: string, keyCount: number, ...args: (string | number)[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  disconnect(): void;
}
type RedisConstructor = new (url: string, options: Record<string, unknown>) => RedisClient;

/** A Redis that is there answers sooner. */
const SILENT_AFTER_MS = 1000;
/** Redis away for so long ends the run: without the account nothing may be sent. */
const PATIENCE_MS = 30_000;

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The most of what a Redis says for itself that is worth reading. */
const MOST_REASON = 120;

const NAME_ONE = 'Name a Redis, of version 6 or newer, with --redis.';

/** What no time mends: a wrong password or address, and what is no Redis at all. By how the message begins. */
const MISFITS: readonly [RegExp, string, string][] = [
  [
    /^(?:NOAUTH|WRONGPASS|NOPERM)\b/,
    'lets nobody in so',
    'Give the user and the password in the address: redis://USER:PASSWORD@HOST:6379.',
  ],
  [
    /^ERR (?:DB index|invalid DB)/,
    'has no such database',
    'Leave the number behind the address out, or name one that it has.',
  ],
  [/^(?:ERR unknown command|Protocol error)/, 'is no Redis that runs scripts', NAME_ONE],
  [
    /^WRONGTYPE\b/,
    'holds something else under the names that are needed',
    'Name another database in the address: redis://HOST:6379/1.',
  ],
];

/** How a Redis that doesn't answer is waited for. */
export interface RedisWait {
  readonly patienceMs?: number | undefined;
  /** Instead, for one that never answered. */
  readonly firstPatienceMs?: number | undefined;
  /** Ends the wait for a first answer. */
  readonly signal?: AbortSignal | undefined;
  /** Called where it doesn't answer at once, now or later, with why. */
  readonly onSilent?: ((reason: string) => void) | undefined;
}

/** A Redis that is tried again and again, until patience ends. */
export class Redis {
  readonly #client: RedisClient;
  readonly #host: string;
  #patienceMs: number;
  #lastError: Error | undefined;
  #onSilent: ((reason: string) => void) | undefined;
  #isSilent = false;
  readonly #closing = new AbortController();
  #onMisfit: ((error: ImporterError) => void) | undefined;

  /** @throws {ImporterError} `usage` for an address that is none, or without ioredis */
  static async at(url: string, patienceMs: number = PATIENCE_MS): Promise<Redis> {
    checkRedisUrl(url);
    const Client = await loadIoredis();
    const client = new Client(url, {
      connectTimeout: 5000,
      disconnectTimeout: 100,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt: number) => Math.min(1000, 50 * 2 ** attempt),
    });
    // The URL may hold a password, so only this much of it is ever shown.
    return new Redis(client, new URL(url).host, patienceMs);
  }

  private constructor(client: RedisClient, host: string, patienceMs: number) {
    this.#client = client;
    this.#host = host;
    this.#patienceMs = patienceMs;
    setMaxListeners(0, this.#closing.signal);
    client.on('error', (error) => {
      this.#lastError = error;
      const misfit = this.#misfit(error);
      if (misfit) this.#onMisfit?.(misfit);
    });
  }

  /**
   * The first question. One that was there comes back, if it is given the time; one that never answered is waited for less.
   * @throws {ImporterError} `usage` for one that can't be used as it is, `unreachable`; the signal's reason
   */
  async first(ask: () => Promise<unknown>, { firstPatienceMs, signal, onSilent }: RedisWait = {}): Promise<void> {
    this.#onSilent = onSilent;
    const laterMs = this.#patienceMs;
    this.#patienceMs = firstPatienceMs ?? laterMs;
    let onAbort = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      this.#onMisfit = reject;
      onAbort = () => reject(signal?.reason as Error);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      signal?.throwIfAborted();
      await Promise.race([ask(), ended]);
      this.#patienceMs = laterMs;
    } catch (error) {
      signal?.throwIfAborted();
      throw (error instanceof ImporterError ? this.#misfit(error.cause) : undefined) ?? error;
    } finally {
      this.#onMisfit = undefined;
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Runs a script, which is atomic.
   * @param caller ends the wait, not what Redis does
   * @throws {ImporterError} `unreachable`; the signal's reason
   */
  async run(
    script: string,
    keys: readonly string[],
    args: readonly (string | number)[],
    caller?: AbortSignal,
  ): Promise<unknown> {
    const signal = caller === undefined ? this.#closing.signal : AbortSignal.any([caller, this.#closing.signal]);
    signal.throwIfAborted();
    const silent = setTimeout(() => this.#tellSilence(), SILENT_AFTER_MS);
    let patience: NodeJS.Timeout | undefined;
    let onAbort = (): void => undefined;
    const tooLong = new Promise<never>((_, reject) => {
      const patienceMs = Math.min(this.#patienceMs, LONGEST_TIMER_MS);
      patience = setTimeout(() => reject(this.#unreachable(this.#lastError)), patienceMs);
      // The signal's reason is what it was aborted with, whatever that is.
      onAbort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      const reply = await Promise.race([this.#client.eval(script, keys.length, ...keys, ...args), tooLong]);
      this.#isSilent = false;
      return reply;
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof ImporterError ? error : this.#unreachable(error);
    } finally {
      clearTimeout(silent);
      clearTimeout(patience);
      signal.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.#closing.abort(this.#unreachable(this.#lastError));
    this.#client.disconnect();
  }

  /** For an answer that no script of ours gives. */
  notOne(): ImporterError {
    return new ImporterError('usage', `What answers at ${this.#host} is no Redis.`, { next: NAME_ONE });
  }

  /** A silence is told once, however many wait. */
  #tellSilence(): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.#onSilent?.(this.#unreachable(this.#lastError).message);
  }

  #unreachable(cause: unknown): ImporterError {
    const reason = cause instanceof Error ? ` (${shortReason(cause)})` : '';
    return new ImporterError('unreachable', `Redis at ${this.#host} can't keep the rate limit's account${reason}.`, {
      next: 'Check that it runs and that --redis names it, then run the same command again.',
      // Only the message: ioredis puts the failed command beside it, and AUTH carries the password.
      cause: cause instanceof Error ? new Error(cause.message) : undefined,
    });
  }

  #misfit(cause: unknown): ImporterError | undefined {
    if (!(cause instanceof Error)) return undefined;
    const found = MISFITS.find(([begins]) => begins.test(cause.message));
    if (found === undefined) return undefined;
    const [, what, next] = found;
    return new ImporterError('usage', `What answers at ${this.#host} ${what} (${shortReason(cause)}).`, { next });
  }
}

/** In one line, without what comes from the inside of a script or a library. */
function shortReason({ message }: Error): string {
  const [line = ''] = message.split(/[\r\n]|, with args| script: |\. Please report/);
  return line.slice(0, MOST_REASON).replace(/[.,\s]+$/, '');
}

function checkRedisUrl(text: string): void {
  if (URL.canParse(text) && isRedisUrl(new URL(text))) return;
  throw new ImporterError('usage', '--redis is not the address of a Redis.', {
    next: 'Give it as redis://HOST:6379 (or rediss:// for TLS), with a password as redis://:PASSWORD@HOST:6379.',
  });
}

function isRedisUrl({ protocol, host, port, pathname }: URL): boolean {
  return /^rediss?:$/.test(protocol) && host !== '' && port !== '0' && /^(?:\/\d*)?$/.test(pathname);
}

async function loadIoredis(): Promise<RedisConstructor> {
  // Not a literal, so that neither a bundler nor the compiler takes the optional package for one that must be there.
  const name: string = 'ioredis';
  try {
    const loaded = (await import(name)) as { Redis: RedisConstructor };
    return loaded.Redis;
  } catch (cause) {
    throw new ImporterError('usage', 'Sharing the rate limit through Redis needs the package ioredis.', {
      next: 'Install it where clarky-contacts is: npm install -g ioredis for a program installed with -g, npm install ioredis in a project.',
      cause,
    });
  }
}

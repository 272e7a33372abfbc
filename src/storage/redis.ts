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

/** A Redis that is tried again and again, until patience ends. */
export class Redis {
  readonly #client: RedisClient;
  readonly #host: string;
  #patienceMs = PATIENCE_MS;
  #lastError: Error | undefined;

  /** @throws {ImporterError} `usage` for an address that is none, or without ioredis */
  static async at(url: string): Promise<Redis> {
    checkRedisUrl(url);
    const Client = await loadIoredis();
    const client = new Client(url, {
      connectTimeout: 5000,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt: number) => Math.min(1000, 50 * 2 ** attempt),
    });
    // The URL may hold a password, so only this much of it is ever shown.
    return new Redis(client, new URL(url).host);
  }

  private constructor(client: RedisClient, host: string) {
    this.#client = client;
    this.#host = host;
    client.on('error', (error) => (this.#lastError = error));
  }

  /**
   * The first question. One that was there comes back, if it is given the time; one that never answered is waited for less.
   * @param onSilent called where it doesn't answer at once, with why
   */
  async first(
    ask: () => Promise<unknown>,
    patienceMs = PATIENCE_MS,
    onSilent?: (reason: string) => void,
  ): Promise<void> {
    const silent = setTimeout(() => onSilent?.(this.#unreachable(this.#lastError).message), SILENT_AFTER_MS);
    this.#patienceMs = patienceMs;
    try {
      await ask();
      this.#patienceMs = PATIENCE_MS;
    } finally {
      clearTimeout(silent);
    }
  }

  /** Runs a script, which is atomic. @throws {ImporterError} `unreachable` */
  async run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const outOfPatience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#unreachable(this.#lastError)), this.#patienceMs);
    });
    try {
      return await Promise.race([this.#client.eval(script, keys.length, ...keys, ...args), outOfPatience]);
    } catch (error) {
      throw error instanceof ImporterError ? error : this.#unreachable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#client.disconnect();
  }

  #unreachable(cause: unknown): ImporterError {
    // Only the message: ioredis puts the failed command beside it, and AUTH carries the password.
    const reason = cause instanceof Error ? ` (${cause.message})` : '';
    return new ImporterError('unreachable', `Redis at ${this.#host} can't keep the rate limit's account${reason}.`, {
      next: 'Check that it runs and that --redis names it, then run the same command again.',
    });
  }
}

function checkRedisUrl(text: string): void {
  if (URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol) && new URL(text).host !== '') return;
  throw new ImporterError('usage', '--redis is not the address of a Redis.', {
    next: 'Give it as redis://HOST:6379 (or rediss:// for TLS), with a password as redis://:PASSWORD@HOST:6379.',
  });
}

async function loadIoredis(): Promise<RedisConstructor> {
  // Not a literal, so that neither a bundler nor the compiler takes the optional package for one that must be there.
  const name: string = 'ioredis';
  try {
    const loaded = (await import(name)) as { Redis: RedisConstructor };
    return loaded.Redis;
  } catch (cause) {
    throw new ImporterError('usage', 'Sharing the rate limit through Redis needs the package ioredis.', {
      next: 'npm install ioredis',
      cause,
    });
  }
}

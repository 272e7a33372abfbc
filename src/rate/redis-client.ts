import { ImporterError } from '../errors.js';

/** The little of ioredis that is used, so that its types are no dependency of ours. */
export interface RedisClient {
  eval(script: string, keyCount: number, ...args: (string | number)[]): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  disconnect(): void;
}
type RedisConstructor = new (url: string, options: Record<string, unknown>) => RedisClient;

/** A client that goes on trying. @throws {ImporterError} `usage` for an address that is none, or without ioredis */
export async function connectRedis(url: string): Promise<RedisClient> {
  checkRedisUrl(url);
  const Redis = await loadIoredis();
  return new Redis(url, {
    connectTimeout: 5000,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(1000, 50 * 2 ** attempt),
  });
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

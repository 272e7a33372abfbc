/** One writer for each e-mail and phone among processes on many machines: claims in Redis, which end with their owner. */
import { randomBytes } from 'node:crypto';
import { claimName, type Claims } from './claims.js';
import { Redis } from './redis.js';

/** A holder that says nothing for so long is dead, and its write has arrived or never will. */
const LEASE_MS = 15_000;
const RENEW_MS = 3000;
const POLL_MS = 50;

/** All of KEYS or none, for the owner ARGV[1], for ARGV[2] ms. */
const TAKE = `for _, key in ipairs(KEYS) do
  local owner = redis.call('get', key)
  if owner and owner ~= ARGV[1] then return 0 end
end
for _, key in ipairs(KEYS) do redis.call('set', key, ARGV[1], 'PX', ARGV[2]) end
return 1`;

/** Prolongs what is the owner's; with ARGV[2] 0 gives it up. */
const KEEP = `for _, key in ipairs(KEYS) do
  if redis.call('get', key) == ARGV[1] then redis.call('pexpire', key, ARGV[2]) end
end`;

/** Opens them. @throws {ImporterError} `usage` for an address that is none, or without ioredis */
export async function openRedisClaims(url: string, api: string, sleep: (ms: number) => Promise<void>): Promise<Claims> {
  return new RedisClaims(await Redis.at(url), api, sleep);
}

class RedisClaims implements Claims {
  readonly #redis: Redis;
  readonly #api: string;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #held = new Map<string, readonly string[]>();
  readonly #renewal: NodeJS.Timeout;

  constructor(redis: Redis, api: string, sleep: (ms: number) => Promise<void>) {
    this.#redis = redis;
    this.#api = api;
    this.#sleep = sleep;
    this.#renewal = setInterval(() => this.#renew(), RENEW_MS);
    this.#renewal.unref();
  }

  async take(keys: readonly string[], signal: AbortSignal): Promise<() => Promise<void>> {
    // Braces keep them on one node of a cluster.
    const names = [...new Set(keys.map((key) => `clarky-contacts:{claims}:${claimName(this.#api, key)}`))];
    const owner = randomBytes(12).toString('hex');
    while ((await this.#redis.run(TAKE, names, [owner, LEASE_MS])) !== 1) {
      await this.#sleep(POLL_MS);
      signal.throwIfAborted();
    }
    this.#held.set(owner, names);
    return async () => {
      this.#held.delete(owner);
      await this.#redis.run(KEEP, names, [owner, 0]);
    };
  }

  close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#redis.close();
    return Promise.resolve();
  }

  #renew(): void {
    for (const [owner, names] of this.#held) {
      this.#redis.run(KEEP, names, [owner, LEASE_MS]).catch(() => undefined);
    }
  }
}

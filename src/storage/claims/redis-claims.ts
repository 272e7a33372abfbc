/** One writer for each e-mail and phone among processes on many machines: claims in Redis, which end with their owner. */
import { randomBytes } from 'node:crypto';
import { claimName, type Claim, type ClaimOptions, type Claims } from './claim.js';
import { Redis, type RedisWait } from '../redis.js';

/** A holder that says nothing for so long is dead; what it sent may be under way for longer. */
const LEASE_MS = 10_000;
const RENEW_MS = 3000;
const POLL_MS = 50;
const GIVE_UP_MS = 1000;

/** All of KEYS or none, for the owner ARGV[1], for ARGV[2] ms from now; also what is the owner's already. */
const TAKE = `for _, key in ipairs(KEYS) do
  local owner = redis.call('get', key)
  if owner and owner ~= ARGV[1] then return 0 end
end
for _, key in ipairs(KEYS) do redis.call('set', key, ARGV[1], 'PX', ARGV[2]) end
return 1`;

/** Gives up what is the owner's. */
const GIVE_UP = `for _, key in ipairs(KEYS) do
  if redis.call('get', key) == ARGV[1] then redis.call('del', key) end
end`;

/** Opens them. @throws {ImporterError} `usage` for an address that is none, or without ioredis */
export async function openRedisClaims(
  url: string,
  api: string,
  how: Pick<ClaimOptions, 'sleep' | 'longestFlightMs'> & Pick<RedisWait, 'patienceMs'>,
): Promise<Claims> {
  return new RedisClaims(await Redis.at(url, how.patienceMs), api, how);
}

interface Held {
  readonly names: readonly string[];
  isDeparted: boolean;
}

class RedisClaims implements Claims {
  readonly #redis: Redis;
  readonly #api: string;
  readonly #how: Pick<ClaimOptions, 'sleep' | 'longestFlightMs'>;
  readonly #held = new Map<string, Held>();
  readonly #renewal: NodeJS.Timeout;

  constructor(redis: Redis, api: string, how: Pick<ClaimOptions, 'sleep' | 'longestFlightMs'>) {
    this.#redis = redis;
    this.#api = api;
    this.#how = how;
    this.#renewal = setInterval(() => this.#renew(), RENEW_MS);
    this.#renewal.unref();
  }

  async take(keys: readonly string[], signal: AbortSignal): Promise<Claim> {
    // Braces keep them on one node of a cluster.
    const names = [...new Set(keys.map((key) => `clarky-contacts:{claims}:${claimName(this.#api, key)}`))];
    const owner = randomBytes(12).toString('hex');
    const held: Held = { names, isDeparted: false };
    await this.#have(owner, held, signal);
    this.#held.set(owner, held);
    return {
      departs: async () => {
        held.isDeparted = true;
        // Redis may have been emptied, or this process asleep beyond its lease: somebody else may have it by now.
        await this.#have(owner, held, signal);
      },
      giveUp: async () => {
        this.#held.delete(owner);
        // What is not heard of there ends by itself, when its lease does.
        await this.#redis.run(GIVE_UP, names, [owner], AbortSignal.timeout(GIVE_UP_MS)).catch(() => undefined);
      },
    };
  }

  close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#redis.close();
    return Promise.resolve();
  }

  #renew(): void {
    for (const [owner, held] of this.#held) this.#tryTake(owner, held).catch(() => undefined);
  }

  /** Resolves once all of it is the owner's. */
  async #have(owner: string, held: Held, signal: AbortSignal): Promise<void> {
    while (!(await this.#tryTake(owner, held, signal))) {
      await this.#how.sleep(POLL_MS);
      signal.throwIfAborted();
    }
  }

  async #tryTake(owner: string, { names, isDeparted }: Held, signal?: AbortSignal): Promise<boolean> {
    const leaseMs = isDeparted ? Math.max(LEASE_MS, Math.ceil(this.#how.longestFlightMs()) + RENEW_MS) : LEASE_MS;
    return (await this.#redis.run(TAKE, names, [owner, leaseMs], signal)) === 1;
  }
}

import { randomBytes } from 'node:crypto';
import { Redis, type RedisWait } from '../storage/redis.js';
import {
  type Claim,
  type ClaimRequest,
  GRACE_MS,
  type Ledger,
  LIMIT_GOOD_MS,
  marginMs,
  monotonicMs,
  PACED_MARK_WINDOWS,
  type Rate,
  type Token,
  type Write,
} from './rate.js';
import { isReply, readReply, type Reply, SLIDING_LOG } from './sliding-log.js';

/** A holder that says nothing for so long is dead, and its request either arrived by then or never does. */
const LEASE_MS = 3000;
/** Requests under way longer than this are renewed as often, so a slow answer never costs its token early. */
const RENEW_MS = 500;

export interface RedisLedgerOptions extends RedisWait {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Names the budget; all who pass the same one share it. It must not be the key itself. */
  readonly name: string;
  readonly rate: Rate;
}

/**
 * A ledger for processes on many machines: a sliding log in Redis (6 or newer). A killed process's tokens come back one window
 * and three seconds after its last sign. A Redis that lost its data is told again what each process that lives has sent.
 * @throws {ImporterError} `usage` for an address that is none and where ioredis isn't installed, `unreachable` where Redis
 *   doesn't answer; the signal's reason
 */
export async function openRedisLedger(options: RedisLedgerOptions): Promise<Ledger> {
  const redis = await Redis.at(options.url, options.patienceMs);
  const ledger = new RedisLedger(redis, options);
  try {
    await redis.first(() => ledger.open(), options);
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

class RedisLedger implements Ledger {
  readonly #redis: Redis;
  readonly #keys: readonly string[];
  readonly #rate: { limit: number; readonly windowMs: number };
  readonly #underWay = new Set<string>();
  /** What this process sent, until its window has passed: Redis may be emptied meanwhile. */
  readonly #own = new Map<string, Write>();
  readonly #renewal: NodeJS.Timeout;
  #announced: number | undefined;
  #begunMs = 0;
  #heardMs = -Infinity;
  #emptiedMs = -Infinity;

  constructor(redis: Redis, options: RedisLedgerOptions) {
    this.#redis = redis;
    // Redis counts in whole milliseconds.
    this.#rate = { limit: options.rate.limit, windowMs: Math.ceil(options.rate.windowMs) };
    // Braces keep them on one node of a cluster.
    const base = `clarky-contacts:{${options.name}}:${String(this.#rate.windowMs)}`;
    this.#keys = [`${base}:dues`, `${base}:times`, `${base}:turn`, `${base}:begun`, `${base}:limit`];
    // Where this fails the claim that follows says so; until then the lease holds.
    this.#renewal = setInterval(() => void this.#renew().catch(() => undefined), RENEW_MS).unref();
  }

  get announced(): number | undefined {
    return this.#announced;
  }

  /** Asks for nothing but an answer. */
  async open(): Promise<void> {
    const { announced } = await this.#run('drop');
    this.#announced = announced;
  }

  async claim(request: ClaimRequest, given: readonly string[] = []): Promise<Claim> {
    const claim = await this.#claim(request, given);
    const lost = this.#lostBy(claim.writes);
    const leftMs = this.#emptiedMs + 2 * RENEW_MS - monotonicMs();
    if (lost.length === 0 && leftMs <= 0) return claim;
    // Granted by a Redis that had forgotten. It is told again, and asked again when the others have told it as well.
    for (const token of claim.tokens) await this.unsent(token);
    if (lost.length > 0) await this.#restore(lost);
    return leftMs > 0 ? { ...claim, tokens: [], waitMs: leftMs } : this.#claim(request, given);
  }

  async answered(token: Token, answeredMs: number): Promise<readonly Write[]> {
    // Counted as done when Redis hears of it, which is later than the answer and so on the safe side.
    const reply = await this.#end(token, answeredMs, 0);
    return reply.writes;
  }

  async unsent(token: Token): Promise<void> {
    this.#underWay.delete(token.id);
    this.#own.delete(token.id);
    await this.#run('drop', token.id);
  }

  async failed(token: Token): Promise<void> {
    await this.#end(token, monotonicMs() + GRACE_MS, -GRACE_MS);
  }

  async resize(limit: number): Promise<void> {
    this.#rate.limit = limit;
  }

  async note(announced: number): Promise<void> {
    await this.#run('note', announced, LIMIT_GOOD_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#redis.close();
  }

  async #claim(request: ClaimRequest, given: readonly string[]): Promise<Claim> {
    const { limit, windowMs } = this.#rate;
    const wanted = Math.min(request.wanted, limit);
    const ids = Array.from({ length: wanted }, (_, at) => given[at] ?? randomBytes(6).toString('hex'));
    const askedMs = monotonicMs();
    const markMs = PACED_MARK_WINDOWS * windowMs;
    const spacingMs = Math.ceil(request.spacingMs ?? 0);
    const { granted, ...reply } = await this.#run('claim', limit, request.reserve, spacingMs, markMs, ...ids);
    const tokens = ids.slice(0, granted).map((id) => ({ id, sentMs: askedMs }));
    for (const token of tokens) {
      this.#underWay.add(token.id);
      this.#own.set(token.id, { ...token, doneMs: undefined });
    }
    return { tokens, ...reply };
  }

  #end(token: Token, doneMs: number, agoMs: number): Promise<Reply> {
    this.#underWay.delete(token.id);
    this.#own.set(token.id, { ...token, doneMs });
    return this.#run('done', agoMs, token.id);
  }

  /** Own writes that still count and that Redis doesn't know. */
  #lostBy(writes: readonly Write[]): Write[] {
    const nowMs = monotonicMs();
    for (const [id, { doneMs = Infinity }] of this.#own) {
      if (doneMs + this.#rate.windowMs <= nowMs) this.#own.delete(id);
    }
    const known = new Set(writes.map(({ id }) => id));
    return [...this.#own.values()].filter(({ id }) => !known.has(id));
  }

  /** Has Redis know what is under way, and all of ours that still counts. */
  async #renew(): Promise<void> {
    if (this.#own.size === 0) return;
    const { writes } = await this.#run('renew', ...this.#underWay);
    const lost = this.#lostBy(writes);
    if (lost.length > 0) await this.#restore(lost);
  }

  /** A log that began anew while it was in use was lost: what others had sent is told to it with their next renewal. */
  #noteBegun(begunMs: number): void {
    const nowMs = monotonicMs();
    const wasInUse = nowMs - this.#heardMs < this.#rate.windowMs;
    // One that is emptied again and again must not hold up everybody for ever.
    const isRare = this.#emptiedMs + this.#rate.windowMs + 2 * RENEW_MS <= nowMs;
    if (wasInUse && isRare && begunMs !== this.#begunMs) this.#emptiedMs = nowMs;
    this.#begunMs = begunMs;
    this.#heardMs = nowMs;
  }

  async #restore(lost: readonly Write[]): Promise<void> {
    const ago = (ms: number): number => Math.floor(monotonicMs() - ms);
    const aged = lost.flatMap(({ id, sentMs, doneMs }) => [id, ago(sentMs), doneMs === undefined ? '' : ago(doneMs)]);
    await this.#run('restore', ...aged);
  }

  async #run(op: string, ...args: (string | number)[]): Promise<Reply> {
    const askedMs = monotonicMs();
    const { windowMs } = this.#rate;
    const all = [op, windowMs, Math.ceil(marginMs(windowMs)), LEASE_MS, ...args];
    const reply = await this.#redis.run(SLIDING_LOG, this.#keys, all);
    if (!isReply(reply)) throw this.#redis.notOne();
    const read = readReply(reply, askedMs, monotonicMs());
    this.#noteBegun(read.begunMs);
    return read;
  }
}

import { randomBytes } from 'node:crypto';
import { Redis } from '../storage/redis.js';
import {
  type Claim,
  type ClaimRequest,
  GRACE_MS,
  type Ledger,
  marginMs,
  monotonicMs,
  PACED_MARK_WINDOWS,
  type Rate,
  type Token,
  type Write,
} from './rate.js';

/** A holder that says nothing for so long is dead, and its request either arrived by then or never does. */
const LEASE_MS = 3000;
/** Requests under way longer than this are renewed as often, so a slow answer never costs its token early. */
const RENEW_MS = 500;

/**
 * The sliding log as one atomic script, on Redis' own clock, so that what is admitted is logged: nothing lies between the two
 * for a kill to hit. KEYS: due times by id (sorted set), `sent:done` by id (hash), time of the last paced write.
 *
 * ARGV: op, window, margin, lease, then by op
 * - claim: limit, reserve, spacing (0: none), mark (how long the paced mark stays), ids wanted
 * - done: ms the answer is ago (negative: to come), id
 * - renew, drop: ids
 * - restore: id, ms since it was sent, ms since its answer (blank: under way), and so on
 * Returns [granted, wait ms, now, last paced or 0, id, "sent:done", id, ...].
 */
const SLIDING_LOG = `
local dues, times, turn = KEYS[1], KEYS[2], KEYS[3]
local op, window, margin, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local granted, wait = 0, 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', dues, '-inf', now)) do
  redis.call('ZREM', dues, id)
  redis.call('HDEL', times, id)
end
local last = tonumber(redis.call('GET', turn) or '0')

if op == 'claim' then
  local spacing = tonumber(ARGV[7])
  local room = tonumber(ARGV[5]) - tonumber(ARGV[6]) - redis.call('ZCARD', dues)
  granted = math.max(0, math.min(room, #ARGV - 8))
  if granted > 0 and spacing > 0 then
    if last + spacing > now then
      granted, wait = 0, last + spacing - now
    else
      granted, wait, last = 1, spacing, now
      redis.call('SET', turn, now, 'PX', ARGV[8])
    end
  end
  for i = 9, 8 + granted do
    redis.call('ZADD', dues, now + lease + window + margin, ARGV[i])
    redis.call('HSET', times, ARGV[i], now .. ':')
  end
  if wait == 0 and granted < #ARGV - 8 then
    local next = redis.call('ZRANGE', dues, math.max(0, -room), math.max(0, -room), 'WITHSCORES')
    wait = next[2] and next[2] - now or window
  end
elseif op == 'done' then
  local done = now - tonumber(ARGV[5])
  local sent = redis.call('HGET', times, ARGV[6])
  if sent then
    redis.call('ZADD', dues, done + window + margin, ARGV[6])
    redis.call('HSET', times, ARGV[6], sent .. done)
  end
elseif op == 'renew' then
  for i = 5, #ARGV do
    redis.call('ZADD', dues, 'XX', now + lease + window + margin, ARGV[i])
  end
elseif op == 'restore' then
  for i = 5, #ARGV, 3 do
    local sent, ago = now - ARGV[i + 1], tonumber(ARGV[i + 2])
    local done = ago and now - ago
    redis.call('ZADD', dues, (done or now + lease) + window + margin, ARGV[i])
    redis.call('HSET', times, ARGV[i], sent .. ':' .. (done or ''))
  end
elseif op == 'drop' then
  for i = 5, #ARGV do
    redis.call('ZREM', dues, ARGV[i])
    redis.call('HDEL', times, ARGV[i])
  end
end

for _, key in ipairs({ dues, times }) do
  redis.call('PEXPIRE', key, 2 * window + lease)
end
local reply = { granted, math.ceil(wait), now, last }
for _, entry in ipairs(redis.call('HGETALL', times)) do
  reply[#reply + 1] = entry
end
return reply
`;

type Reply = Omit<Claim, 'tokens'> & { readonly granted: number };

export interface RedisLedgerOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Names the budget; all who pass the same one share it. It must not be the key itself. */
  readonly name: string;
  readonly rate: Rate;
  /** How long one that never answered is waited for. */
  readonly patienceMs?: number | undefined;
  /** Called where Redis doesn't answer at once, with why. */
  readonly onSilent?: ((reason: string) => void) | undefined;
}

/**
 * A ledger for processes on many machines: a sliding log in Redis (6 or newer). A killed process's tokens come back one window
 * and three seconds after its last sign. A Redis that lost its data is told again what each process that lives has sent.
 * @throws {ImporterError} `usage` for an address that is none and where ioredis isn't installed, `unreachable` where Redis
 *   doesn't answer
 */
export async function openRedisLedger(options: RedisLedgerOptions): Promise<Ledger> {
  const redis = await Redis.at(options.url);
  const ledger = new RedisLedger(redis, options);
  try {
    await redis.first(() => ledger.look(), options.patienceMs, options.onSilent);
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

  constructor(redis: Redis, options: RedisLedgerOptions) {
    this.#redis = redis;
    this.#rate = { ...options.rate };
    // Braces keep the three on one node of a cluster.
    const base = `clarky-contacts:{${options.name}}:${String(options.rate.windowMs)}`;
    this.#keys = [`${base}:dues`, `${base}:times`, `${base}:turn`];
    this.#renewal = setInterval(() => this.#renew(), RENEW_MS).unref();
  }

  /** Asks for nothing but an answer. */
  look(): Promise<unknown> {
    return this.#run('drop');
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const claim = await this.#claim(request);
    const lost = this.#lostBy(claim.writes);
    if (lost.length === 0) return claim;
    // Granted by a Redis that had forgotten: it is told, and asked again.
    for (const token of claim.tokens) await this.unsent(token);
    const ago = (ms: number): number => Math.floor(monotonicMs() - ms);
    const aged = lost.flatMap(({ id, sentMs, doneMs }) => [id, ago(sentMs), doneMs === undefined ? '' : ago(doneMs)]);
    await this.#run('restore', ...aged);
    return this.#claim(request);
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

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#redis.close();
  }

  async #claim(request: ClaimRequest): Promise<Claim> {
    const { limit, windowMs } = this.#rate;
    const ids = Array.from({ length: Math.min(request.wanted, limit) }, () => randomBytes(6).toString('hex'));
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

  #renew(): void {
    // Where this fails the claim that follows says so; until then the lease holds.
    if (this.#underWay.size > 0) this.#run('renew', ...this.#underWay).catch(() => undefined);
  }

  async #run(op: string, ...args: (string | number)[]): Promise<Reply> {
    const askedMs = monotonicMs();
    const { windowMs } = this.#rate;
    const all = [op, windowMs, Math.ceil(marginMs(windowMs)), LEASE_MS, ...args];
    const reply = await this.#redis.run(SLIDING_LOG, this.#keys, all);
    return readReply(reply, askedMs, monotonicMs());
  }
}

/**
 * Redis' times in ours. Its "now" lay somewhere between question and answer, so each time is an interval; a write is
 * put as sent at the earliest and as done at the latest, the side on which nobody else is blamed for it.
 */
function readReply(reply: unknown, askedMs: number, answeredMs: number): Reply {
  const [granted, waitMs, nowMs, lastPacedMs, ...entries] = reply as [number, number, number, number, ...string[]];
  const writes: Write[] = [];
  for (let at = 0; at < entries.length; at += 2) {
    const [sent = '', done = ''] = (entries[at + 1] ?? '').split(':');
    const doneMs = done === '' ? undefined : Number(done) - nowMs + answeredMs;
    writes.push({ id: entries[at] ?? '', sentMs: Number(sent) - nowMs + askedMs, doneMs });
  }
  return { granted, waitMs, paced: lastPacedMs > 0, writes };
}

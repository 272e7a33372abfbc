import { randomBytes } from 'node:crypto';
import { ImporterError } from '../errors.js';
import { type Claim, type ClaimRequest, type Ledger, monotonicMs, PACED_MARK_WINDOWS, type Token } from './budget.js';
import { connectRedis, type RedisClient } from './redis-client.js';
import { SLIDING_LOG } from './redis-script.js';
import { GRACE_MS, marginMs, type Rate, type Write } from './rate.js';

/** A Redis that is there answers sooner. */
const SILENT_AFTER_MS = 1000;
/** A holder that says nothing for so long is dead, and its request either arrived by then or never does. */
const LEASE_MS = 3000;
/** Requests under way longer than this are renewed as often, so a slow answer never costs its token early. */
const RENEW_MS = 500;
/** Redis away for so long ends the run: without the account nothing may be sent. */
const PATIENCE_MS = 30_000;

interface Reply {
  readonly granted: number;
  readonly waitMs: number;
  readonly lastPacedMs: number;
  readonly nowMs: number;
  readonly writes: readonly Write[];
}

export interface RedisLedgerOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Names the budget; all who pass the same one share it. It must not be the key itself. */
  readonly name: string;
  readonly rate: Rate;
  readonly now?: (() => number) | undefined;
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
  const client = await connectRedis(options.url);
  const ledger = new RedisLedger(client, options);
  try {
    await ledger.check();
  } catch (error) {
    await ledger.close();
    throw error;
  }
  return ledger;
}

class RedisLedger implements Ledger {
  readonly #client: RedisClient;
  readonly #host: string;
  readonly #keys: readonly [string, string, string];
  readonly #rate: { limit: number; readonly windowMs: number };
  readonly #now: () => number;
  #patienceMs: number;
  readonly #underWay = new Set<string>();
  /** What this process sent, until its window has passed: Redis may be emptied meanwhile. */
  readonly #own = new Map<string, Write>();
  readonly #renewal: NodeJS.Timeout;
  readonly #onSilent: (reason: string) => void;
  #lastError: Error | undefined;

  constructor(client: RedisClient, options: RedisLedgerOptions) {
    this.#client = client;
    this.#host = hostOf(options.url);
    this.#rate = { ...options.rate };
    this.#now = options.now ?? monotonicMs;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    // Braces keep the three on one node of a cluster.
    const base = `clarky-contacts:{${options.name}}:${String(options.rate.windowMs)}`;
    this.#keys = [`${base}:dues`, `${base}:times`, `${base}:turn`];
    this.#onSilent = options.onSilent ?? (() => undefined);
    client.on('error', (error) => (this.#lastError = error));
    this.#renewal = setInterval(() => this.#renew(), RENEW_MS);
    this.#renewal.unref();
  }

  async check(): Promise<void> {
    const silent = setTimeout(() => this.#onSilent(this.#unreachable(this.#lastError).message), SILENT_AFTER_MS);
    try {
      await this.#run('drop');
      // One that was there comes back, if it is given the time.
      this.#patienceMs = PATIENCE_MS;
    } finally {
      clearTimeout(silent);
    }
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const claim = await this.#claim(request);
    const lost = this.#lostBy(claim.writes);
    if (lost.length === 0) return claim;
    // Granted by a Redis that had forgotten: it is told, and asked again.
    for (const token of claim.tokens) await this.unsent(token);
    const ago = (ms: number): number => Math.floor(this.#now() - ms);
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
    await this.#end(token, this.#now() + GRACE_MS, -GRACE_MS);
  }

  async resize(limit: number): Promise<void> {
    this.#rate.limit = limit;
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    this.#client.disconnect();
  }

  async #claim(request: ClaimRequest): Promise<Claim> {
    const { limit, windowMs } = this.#rate;
    const ids = Array.from({ length: Math.min(request.wanted, limit) }, () => randomBytes(6).toString('hex'));
    const askedMs = this.#now();
    const markMs = PACED_MARK_WINDOWS * windowMs;
    const reply = await this.#run('claim', limit, request.reserve, Math.ceil(request.spacingMs ?? 0), markMs, ...ids);
    const tokens = ids.slice(0, reply.granted).map((id) => ({ id, sentMs: askedMs }));
    for (const token of tokens) {
      this.#underWay.add(token.id);
      this.#own.set(token.id, { ...token, doneMs: undefined });
    }
    return { tokens, waitMs: reply.waitMs, writes: reply.writes, paced: reply.lastPacedMs > 0 };
  }

  #end(token: Token, doneMs: number, agoMs: number): Promise<Reply> {
    this.#underWay.delete(token.id);
    this.#own.set(token.id, { ...token, doneMs });
    return this.#run('done', agoMs, token.id);
  }

  /** Own writes that still count and that Redis doesn't know. */
  #lostBy(writes: readonly Write[]): Write[] {
    const nowMs = this.#now();
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
    const askedMs = this.#now();
    const { windowMs } = this.#rate;
    const head = [op, windowMs, Math.ceil(marginMs(windowMs)), LEASE_MS];
    const reply = await this.#patiently(this.#client.eval(SLIDING_LOG, 3, ...this.#keys, ...head, ...args));
    return readReply(reply, askedMs, this.#now());
  }

  async #patiently(reply: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const outOfPatience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#unreachable(this.#lastError)), this.#patienceMs);
    });
    try {
      return await Promise.race([reply, outOfPatience]);
    } catch (error) {
      throw error instanceof ImporterError ? error : this.#unreachable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #unreachable(cause: unknown): ImporterError {
    // Only the message: ioredis puts the failed command beside it, and AUTH carries the password.
    const reason = cause instanceof Error ? ` (${cause.message})` : '';
    return new ImporterError('unreachable', `Redis at ${this.#host} can't keep the rate limit's account${reason}.`, {
      next: 'Check that it runs and that --redis names it, then run the same command again.',
    });
  }
}

/** The URL may hold a password, so only this much of it is ever shown. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the given address';
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
  return { granted, waitMs, lastPacedMs, nowMs, writes };
}

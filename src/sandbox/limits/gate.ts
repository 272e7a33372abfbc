import { failure, type Answer } from '../http/answer.js';
import { createRateCounter, type RateCounter, type RateDecision, type RateRule } from './rate-counter.js';
import type { RateOptions } from './rate-options.js';
import { createSecondClient, type SecondClient } from './second-client.js';
import { bearerKey, mayCall, type KeyKind } from '../workspace.js';

export type CallKind = 'read' | 'write';

/** Who calls, what its rate headers say, and the refusal where it may not go on. */
export interface Verdict {
  key: KeyKind | 'unknown' | 'none';
  headers: Readonly<Record<string, string>>;
  refusal?: Answer;
  /** Refused for its rate alone. */
  throttled: boolean;
}

/** What the headers go by where nothing is counted. */
const NO_COUNT = { accepted: true, remaining: 0, retryAfterMs: 0, resetAfterMs: 0 } satisfies RateDecision;

/** Lets a call through by its key, then its rate, then its key's scope. Every key has a budget of its own. */
export class Gate {
  readonly #keys: ReadonlyMap<string, KeyKind>;
  readonly #options: RateOptions;
  readonly #revoked = new Set<string>();
  readonly #counters = new Map<string, RateCounter>();
  readonly #secondClients = new Map<KeyKind, SecondClient>();
  #secondClient: { writesPerWindow: number; startMs: number } | undefined;

  constructor(keys: ReadonlyMap<string, KeyKind>, options: RateOptions) {
    this.#keys = keys;
    this.#options = options;
  }

  /** Revokes a key by itself or by the Authorization header that it came in. */
  revoke(keyOrHeader: string | undefined): void {
    const key = bearerKey(keyOrHeader) ?? keyOrHeader;
    if (key !== undefined) this.#revoked.add(key);
  }

  /** Another program starts to write with each of the keys; 0 ends it. */
  setSecondClient(writesPerWindow: number, startMs: number): void {
    this.#secondClient = writesPerWindow > 0 ? { writesPerWindow, startMs } : undefined;
    this.#secondClients.clear();
  }

  /** What the second client met on the budget that it used most. */
  get secondClient(): { accepted: number; throttled: number } {
    const clients = [...this.#secondClients.values()];
    return {
      accepted: Math.max(0, ...clients.map((client) => client.accepted)),
      throttled: Math.max(0, ...clients.map((client) => client.throttled)),
    };
  }

  /** The kind of the key in an Authorization header. */
  keyOf(authorization: string | undefined): Verdict['key'] {
    if (authorization === undefined) return 'none';
    return this.#keys.get(bearerKey(authorization) ?? '') ?? 'unknown';
  }

  /** Decides a call that arrives now, and counts it. */
  pass(call: CallKind, authorization: string | undefined, nowMs: number): Verdict {
    const key = this.keyOf(authorization);
    const rule = call === 'write' ? this.#options.writes : this.#options.reads;
    if (key === 'none' || key === 'unknown' || this.#revoked.has(bearerKey(authorization) ?? '')) {
      const headers = this.#headers(rule, { remaining: rule.limit, resetAfterMs: 0 }, nowMs);
      const refusal = failure('unauthorized', 'The API key is missing, malformed or revoked');
      return { key, headers, refusal, throttled: false };
    }
    const decision = this.#count(call, key, rule, nowMs);
    const headers = this.#headers(rule, decision ?? NO_COUNT, nowMs);
    if (decision?.accepted === false) {
      const retryAfter = this.retryAfter(decision.retryAfterMs, nowMs);
      const refusal = { ...failure('rate_limited', 'Too many requests'), headers: { 'retry-after': retryAfter } };
      return { key, headers, refusal, throttled: true };
    }
    if (mayCall(key, call)) return { key, headers, throttled: false };
    const refusal = failure('forbidden', `The API key lacks the ${call} scope`);
    return { key, headers, refusal, throttled: false };
  }

  /** Retry-After in whole seconds or as an HTTP date (RFC 9110, 10.2.3), the first that is surely late enough. */
  retryAfter(waitMs: number, nowMs: number): string {
    if (this.#options.retryAfter === 'seconds') return String(Math.floor(waitMs / 1000) + 1);
    return new Date((Math.floor((nowMs + waitMs) / 1000) + 1) * 1000).toUTCString();
  }

  #count(call: CallKind, key: KeyKind, rule: RateRule, nowMs: number): RateDecision | undefined {
    if (rule.limit === 0) return undefined;
    const id = `${key} ${call}`;
    let counter = this.#counters.get(id);
    if (counter === undefined) {
      counter = createRateCounter(this.#options.counting, rule, this.#options.countRejected);
      this.#counters.set(id, counter);
    }
    if (call === 'write') this.#secondClientOf(key, rule.windowMs)?.catchUp(nowMs, counter);
    return counter.arrive(nowMs);
  }

  #secondClientOf(key: KeyKind, windowMs: number): SecondClient | undefined {
    if (this.#secondClient === undefined) return undefined;
    const { writesPerWindow, startMs } = this.#secondClient;
    let client = this.#secondClients.get(key);
    if (client === undefined) {
      client = createSecondClient(writesPerWindow, windowMs, startMs);
      this.#secondClients.set(key, client);
    }
    return client;
  }

  #headers(
    rule: RateRule,
    { remaining, resetAfterMs }: Pick<RateDecision, 'remaining' | 'resetAfterMs'>,
    nowMs: number,
  ): Record<string, string> {
    const { headers, writes, saysLimit } = this.#options;
    const claimed = rule === writes && saysLimit > 0 ? saysLimit : rule.limit;
    if (!headers || claimed === 0) return {};
    return {
      'x-ratelimit-limit': String(claimed),
      'x-ratelimit-remaining': String(claimed - (rule.limit - remaining)),
      'x-ratelimit-reset': String(Math.ceil((nowMs + resetAfterMs) / 1000)),
    };
  }
}

import { setMaxListeners } from 'node:events';
import type { RateHeaders } from '../rate/rate.js';
import { readRateHeaders } from './rate-headers.js';
import type { OpenGate } from '../rate/budget.js';
import { sleep } from './backoff.js';
import { classify, type Outcome, type Verdict } from './outcome.js';
import type { Outage } from './outage.js';
import { parseJson, readError } from './read-answer.js';
import { describeTrouble } from './socket-trouble.js';
import { stopError } from './stop-error.js';
import type { AnswerHead, Call, Reply, Transport } from './transport.js';
import type { WireError } from './wire.js';

/** What a client tells while it works. No personal data, no key. */
export type ClientEvent =
  /** An attempt ended: with a status, or without an answer. */
  | {
      readonly type: 'attempt';
      readonly method: Call['method'];
      readonly status: number | undefined;
      readonly attempt: number;
      readonly ms: number;
    }
  /** The same will be sent again after `waitMs` and whatever the budget asks. */
  | { readonly type: 'retry'; readonly attempt: number; readonly reason: string; readonly waitMs: number };

/** Where calls of one class (reads or writes) go through. */
export interface Lane {
  readonly transport: Transport;
  readonly gate: OpenGate;
  readonly outage: Outage;
  readonly host: string;
  readonly now: () => number;
  readonly wallNow: () => number;
  /** Cuts what is under way. */
  readonly killSignal: AbortSignal | undefined;
  readonly onEvent: (event: ClientEvent) => void;
}

/** A call, how to read its success, and whether a 404 is an answer to it. */
export interface Question<T> extends Call {
  readonly read: (body: unknown, status: number) => T | undefined;
  readonly forOneThing: boolean;
}

export type Settled<T> =
  | { readonly kind: 'accepted'; readonly value: T; readonly status: number; readonly attempts: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'row_fault'; readonly status: number; readonly error: WireError; readonly attempts: number };

interface Try<T> {
  readonly verdict: Verdict;
  readonly reply: Reply;
  readonly value: T | undefined;
  readonly error: WireError;
  readonly startedMs: number;
  readonly rate: RateHeaders | undefined;
}

/**
 * Asks until there is an answer that settles it. Each attempt takes its own token; waits heed `signal`, a request under way
 * only the lane's kill signal, so that what was sent is also heard.
 * @throws {ImporterError} what stops the run: a refusal that every call would meet, or an outage beyond the time allowed
 */
export async function ask<T>(lane: Lane, question: Question<T>, signal: AbortSignal | undefined): Promise<Settled<T>> {
  if (signal !== undefined) setMaxListeners(0, signal);
  for (let attempts = 1; ; attempts += 1) {
    signal?.throwIfAborted();
    const one = await lane.outage.attempt(() => tryOnce(lane, question, attempts, signal), signal);
    const { verdict, reply, error } = one;
    switch (verdict.kind) {
      case 'accepted':
        lane.outage.through();
        if (one.value === undefined) throw new Error('accepted means that the answer could be read');
        return { kind: 'accepted', value: one.value, status: statusOf(reply), attempts };
      case 'missing':
        lane.outage.through();
        return { kind: 'missing' };
      case 'row_fault':
        lane.outage.through();
        return { kind: 'row_fault', status: statusOf(reply), error, attempts };
      case 'stop': {
        const location = 'headers' in reply ? reply.headers['location'] : undefined;
        const context = { host: lane.host, status: statusOf(reply), error };
        throw stopError(verdict.code, { ...context, location: typeof location === 'string' ? location : undefined });
      }
      case 'retry':
        await waitToRetry(lane, one, verdict.because, attempts, signal);
    }
  }
}

async function tryOnce<T>(
  lane: Lane,
  question: Question<T>,
  attempts: number,
  signal: AbortSignal | undefined,
): Promise<Try<T>> {
  let startedMs = lane.now();
  let rate: RateHeaders | undefined;
  const reply = await lane.gate.run(
    async (attempt) => {
      startedMs = lane.now();
      const onHead = (head: AnswerHead): void => {
        rate = readRateHeaders(head.headers, lane.wallNow());
        attempt.answered(rate, head.status === 429);
      };
      const sent = await lane.transport.send(question, onHead, lane.killSignal);
      if ('trouble' in sent && !sent.trouble.sent) attempt.unsent();
      return sent;
    },
    // What was tried already goes first: it has waited longest.
    { priority: attempts > 1 ? 4 : 5, signal },
  );
  const ms = lane.now() - startedMs;
  lane.onEvent({
    type: 'attempt',
    method: question.method,
    status: 'status' in reply ? reply.status : undefined,
    attempt: attempts,
    ms,
  });

  const body = 'text' in reply ? parseJson(reply.text) : undefined;
  const succeeded = 'status' in reply && reply.status >= 200 && reply.status < 300;
  const value = succeeded ? question.read(body, reply.status) : undefined;
  const error = readError(body);
  const verdict = classify(outcomeOf(reply, error, value !== undefined), question);
  return { verdict, reply, value, error, startedMs, rate };
}

function outcomeOf(reply: Reply, error: WireError, bodyReadable: boolean): Outcome {
  if ('trouble' in reply) return { trouble: reply.trouble, bodyReadable };
  return { status: reply.status, code: error.code, field: error.field, bodyReadable };
}

async function waitToRetry<T>(
  lane: Lane,
  { reply, startedMs, rate }: Try<T>,
  because: 'throttled' | 'server' | 'network' | 'unreadable',
  attempts: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const description = describe(reply, lane.host);
  const tls = 'trouble' in reply && reply.trouble.kind === 'tls';
  lane.outage.failed({ kind: tls ? 'tls' : because, startedMs, description });
  lane.outage.asksToWait(rate?.retryAfterMs ?? 0);
  // The gate pauses everyone after a 429; a wait of this row's own would come on top.
  const pausedByGate = lane.gate.limited && statusOf(reply) === 429;
  const waitMs = pausedByGate ? 0 : Math.max(rate?.retryAfterMs ?? 0, lane.outage.ownWaitMs(attempts));
  lane.onEvent({ type: 'retry', attempt: attempts, reason: because, waitMs });
  await sleep(waitMs, signal);
}

function describe(reply: Reply, host: string): string {
  if ('trouble' in reply) return describeTrouble(reply.trouble, host);
  if (reply.status === 429) return `${host} keeps refusing for the rate limit (HTTP 429).`;
  if (reply.status < 300)
    return `${host} answered HTTP ${String(reply.status)} with what can't be read as Clarky's answer.`;
  return `${host} answered HTTP ${String(reply.status)}.`;
}

function statusOf(reply: Reply): number {
  return 'status' in reply ? reply.status : 0;
}

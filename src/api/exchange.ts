import { setMaxListeners } from 'node:events';
import type { OpenGate, RateHeaders } from '../rate/rate.js';
import type { KeyRing, Refusal } from './key-ring.js';
import { judge, type Question, type Verdict } from './outcome.js';
import { type Outage, sleep } from './outage.js';
import { readRateHeaders } from './rate-headers.js';
import { type ClientEvent, routeOf } from './client-event.js';
import { describeTrouble } from '../socket-trouble.js';
import { stopError } from './stop-error.js';
import type { Headers, Reply, Transport } from './transport.js';

/** Where calls of one class (reads or writes) go through. */
export interface Lane {
  readonly transport: Transport;
  readonly keys: KeyRing;
  readonly gate: OpenGate;
  readonly outage: Outage;
  readonly host: string;
  readonly now: () => number;
  readonly wallNow: () => number;
  /** Cuts what is under way. */
  readonly killSignal: AbortSignal | undefined;
  /** Aborted once the client is closed: nothing more is sent, and what failed is not tried again. */
  readonly closed: AbortSignal;
  readonly onEvent: (event: ClientEvent) => void;
}

/** What settles a question, with the number of attempts that it took, and the server's clock where it was told. */
export type Settled<T> = Extract<Verdict<T>, { kind: 'accepted' | 'rejected' | 'missing' }> & {
  readonly attempts: number;
  /** An attempt before the one that settled it was not turned down: it may have done the same. */
  readonly mayHaveArrived: boolean;
  readonly serverMs: number | undefined;
};

/** One attempt: what came of it, by which key, and when. */
interface Tried<T> {
  readonly verdict: Verdict<T>;
  readonly reply: Reply;
  readonly rate: RateHeaders | undefined;
  readonly startedMs: number;
  readonly account: number;
  readonly key: string;
}

/**
 * Asks until there is an answer that settles it. Each attempt takes its own token; waits and reads heed `signal`,
 * a write under way is heard for a little while more, so that what was sent is known.
 * @throws {ImporterError} what stops the run: a refusal that every call would meet, or an outage beyond the time allowed
 */
export async function ask<T>(lane: Lane, question: Question<T>, signal: AbortSignal | undefined): Promise<Settled<T>> {
  if (signal !== undefined) setMaxListeners(0, signal);
  const turnedDown: boolean[] = [];
  try {
    return await askOn(lane, question, signal, turnedDown);
  } catch (error) {
    if (turnedDown.length > 0 && turnedDown.every(Boolean)) await question.turnedDown?.();
    throw error;
  }
}

/** It did not get there, or was refused: nothing can come of it any more. */
function isTurnedDown(reply: Reply): boolean {
  return 'trouble' in reply ? !reply.trouble.sent : reply.status >= 400 && reply.status < 500;
}

/** @param turnedDown told for each attempt whether it was turned down; false while nothing is heard of it */
async function askOn<T>(
  lane: Lane,
  question: Question<T>,
  signal: AbortSignal | undefined,
  turnedDown: boolean[],
): Promise<Settled<T>> {
  for (let attempts = 1; ; attempts += 1) {
    signal?.throwIfAborted();
    lane.closed.throwIfAborted();
    const tried = await lane.outage.attempt(
      () => tryOnce(lane, noting(question, turnedDown), attempts, signal),
      signal,
    );
    const { verdict, reply, account, key } = tried;
    turnedDown[turnedDown.length - 1] = isTurnedDown(reply);
    switch (verdict.kind) {
      case 'retry':
        // What was cut short by a stop says nothing of the server.
        signal?.throwIfAborted();
        lane.closed.throwIfAborted();
        await waitToRetry(lane, tried, verdict.because, attempts, signal);
        await outOfSight(question, reply);
        break;
      case 'stop': {
        const isRead = question.method === 'GET';
        const why = refusalOf(verdict.code, isRead);
        if (why !== undefined && (await lane.keys.refused(account, key, why))) break;
        const location = 'headers' in reply ? lane.keys.strike(reply.headers['location']) : undefined;
        throw stopError(verdict, {
          host: lane.host,
          location: typeof location === 'string' ? location : undefined,
          isRead,
          noNewKey: lane.keys.missed,
          done: question.method === 'PATCH' ? 'changed' : question.method === 'DELETE' ? 'deleted' : undefined,
        });
      }
      default:
        lane.outage.through();
        return {
          ...verdict,
          attempts,
          mayHaveArrived: turnedDown.slice(0, -1).includes(false),
          serverMs: serverMsOf(reply),
        };
    }
  }
}

/** The same question; each time it leaves, it is noted as not answered yet. */
function noting<T>(question: Question<T>, turnedDown: boolean[]): Question<T> {
  const departing = async (): Promise<void> => {
    await question.departing?.();
    turnedDown.push(false);
  };
  return { ...question, departing };
}

async function tryOnce<T>(
  lane: Lane,
  question: Question<T>,
  attempts: number,
  signal: AbortSignal | undefined,
): Promise<Tried<T>> {
  const { keys, transport, killSignal } = lane;
  let startedMs = lane.now();
  let rate: RateHeaders | undefined;
  let answeredMs: number | undefined;
  let account = 0;
  let key = '';
  const reply = await lane.gate.run(
    async (attempt) => {
      lane.closed.throwIfAborted();
      startedMs = lane.now();
      ({ account } = attempt);
      key = keys.keyOf(account);
      await question.departing?.();
      const onHead = (status: number, headers: Headers): void => {
        answeredMs = lane.now();
        rate = readRateHeaders(headers, lane.wallNow());
        attempt.answered(rate, status === 429);
      };
      const sent = await lane.outage.firstAnswer(
        (firstAnswerMs) => transport.send(question, { key, onHead, killSignal, stopSignal: signal, firstAnswerMs }),
        (endsInMs) => lane.onEvent(stillSilent(lane.host, attempts, endsInMs)),
      );
      if ('trouble' in sent && !sent.trouble.sent) attempt.unsent();
      // A server that repeats what it was sent must not bring a key into a message, a file, an id.
      return 'body' in sent ? { ...sent, body: keys.strike(sent.body) } : sent;
    },
    // What was tried already goes first: it has waited longest.
    { priority: attempts > 1 ? 4 : 5, signal },
  );
  const endedMs = lane.now();
  const ms = endedMs - startedMs;
  const status = 'status' in reply ? reply.status : undefined;
  const verdict = judge(reply, question);
  // Who answers what can't be read may be somebody in between.
  const isUnread = status !== undefined && status < 500 && verdict.kind === 'retry' && verdict.because !== 'throttled';
  if (status !== undefined && !isUnread) lane.outage.answered();
  lane.onEvent({
    type: 'attempt',
    method: question.method,
    route: routeOf(question.path),
    status,
    attempt: attempts,
    ms,
    sinceAnswerMs: endedMs - (answeredMs ?? endedMs),
    countsAtMs: answeredMs ?? endedMs,
    ...('trouble' in reply && !reply.trouble.sent ? { isUnsent: true } : {}),
    ...(isUnread ? { isUnread } : {}),
    rate,
    serverMs: serverMsOf(reply),
  });
  return { verdict, reply, rate, startedMs, account, key };
}

/** Undefined where it is nothing of the key. */
function refusalOf(code: string, isRead: boolean): Refusal | undefined {
  if (code === 'unauthorized') return 'not_taken';
  if (code !== 'forbidden') return undefined;
  return isRead ? 'may_not_read' : 'may_not_write';
}

function stillSilent(host: string, attempt: number, endsInMs: number): ClientEvent {
  const message = `${host} has not answered yet.`;
  return { type: 'retry', attempt, reason: 'silent', waitMs: 0, message, neverAnswered: true, endsInMs };
}

/** Where the client gave it up, or a proxy did, the server may still be at work on it. */
async function outOfSight<T>(question: Question<T>, reply: Reply): Promise<void> {
  if ('trouble' in reply) {
    const { sent, kind } = reply.trouble;
    if (sent) await question.outOfSight?.(kind === 'timeout');
  } else if (reply.status === 504) await question.outOfSight?.(true);
}

function serverMsOf(reply: Reply): number | undefined {
  const ms = 'headers' in reply ? Date.parse(String(reply.headers.date)) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

async function waitToRetry<T>(
  lane: Lane,
  { reply, startedMs, rate }: Tried<T>,
  because: Extract<Verdict<T>, { kind: 'retry' }>['because'],
  attempts: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { outage, gate } = lane;
  const message = describe(reply, lane.host);
  const isTls = 'trouble' in reply && reply.trouble.kind === 'tls';
  outage.failed({ kind: isTls ? 'tls' : because, startedMs, description: message });
  outage.asksToWait(rate?.retryAfterMs ?? 0);
  // The gate pauses everyone after a 429; a wait of this row's own would come on top.
  const isPausedByGate = gate.limited && because === 'throttled';
  const waitMs = isPausedByGate ? 0 : Math.max(rate?.retryAfterMs ?? 0, outage.ownWaitMs(attempts));
  const { neverAnswered, endsInMs } = outage;
  const reason = isTls ? 'tls' : because;
  lane.onEvent({ type: 'retry', attempt: attempts, reason, waitMs, message, neverAnswered, endsInMs });
  await sleep(waitMs, signal);
}

function describe(reply: Reply, host: string): string {
  if ('trouble' in reply) return describeTrouble(reply.trouble, host);
  if (reply.status === 429) return `${host} keeps refusing for the rate limit (HTTP 429).`;
  if (reply.lacks !== undefined) return `${host} answered HTTP ${String(reply.status)}, but its answer ${reply.lacks}.`;
  if (reply.status < 300)
    return `${host} answered HTTP ${String(reply.status)} with what can't be read as Clarky's answer.`;
  return `${host} answered HTTP ${String(reply.status)}.`;
}

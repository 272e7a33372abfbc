import type { IncomingMessage, ServerResponse } from 'node:http';
import { failure, notFound, type Answer } from './answer.js';
import { answerCall, strangerTo } from '../api.js';
import { deliver } from './delivery.js';
import { answerInstead, proxyPage, spoiled, type Delivery, type FaultMaterial } from './spoiling.js';
import type { CallKind, Verdict } from '../limits/gate.js';
import {
  emailsIn,
  identityOf,
  MAX_BODY_BYTES,
  parseBody,
  parseTarget,
  readBody,
  type ParsedBody,
  type Target,
} from './incoming.js';
import type { LoggedRequest } from '../request-log.js';
import type { SandboxState } from '../state.js';
import { bearerKey } from '../workspace.js';

/** A request once it has arrived whole. */
interface Arrived {
  method: string;
  url: string;
  authorization: string | undefined;
  call: CallKind;
  target: Target | undefined;
  body: ParsedBody | 'too-large';
}

interface Decided {
  answer: Delivery;
  headers: Verdict['headers'];
  logged: LoggedRequest;
}

/**
 * One request and its answer: read, half of the latency, decided at one moment, the other half, answered. A request
 * that arrived whole is applied even when its client is gone by then, as it would be across a network.
 */
export async function exchange(request: IncomingMessage, response: ServerResponse, state: SandboxState): Promise<void> {
  const { method = 'GET', url = '/', headers } = request;
  const call = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 'read' : 'write';
  const received = await readBody(request, MAX_BODY_BYTES);
  if (received === 'aborted') return;
  const body = received === 'too-large' ? received : parseBody(received);
  const target = parseTarget(url);
  const identity = call === 'write' && body !== 'too-large' ? identityOf(body.value) : undefined;
  // An exchange lasts until its answer is handed over or its connection is gone, whichever way that comes.
  response.once('close', state.log.enter(identity));

  const beforeMs = state.drawLatencyMs('before');
  if (beforeMs > 0) await state.delays.wait(beforeMs);
  const arrived = { method, url, authorization: headers.authorization, call, target, body } as const;
  const { answer, headers: rateHeaders, logged } = await decide(arrived, state);
  const afterMs = answer === 'cut' ? 0 : state.drawLatencyMs('after');
  if (afterMs > 0) await state.delays.wait(afterMs);

  if (received === 'too-large') response.setHeader('connection', 'close');
  logged.status = deliver(response, answer, {
    headers: rateHeaders,
    fault: logged.fault === 'outage' ? undefined : (logged.fault ?? undefined),
    dripMs: state.plan.settings.dripMs ?? 250,
    delays: state.delays,
  });
  state.settings.onAnswered(logged, state.settings.clock() - logged.atMs);
}

async function decide(arrived: Arrived, state: SandboxState): Promise<Decided> {
  const { gate, log, settings } = state;
  const { method, url, authorization, call, target, body } = arrived;
  const nowMs = settings.clock();
  const key = gate.keyOf(authorization);
  const fate = state.plan.next(call, key, () => emailsOf(arrived, state));
  const logged = log.arrive(call, {
    atMs: nowMs,
    method,
    path: url,
    key,
    body: settings.keepBodies && body !== 'too-large' ? (body.value ?? null) : null,
  });
  if (fate.startsOutage) state.startOutage(nowMs);
  const outage = state.outageAt(nowMs);
  if (outage !== undefined) {
    log.fault(logged, 'outage');
    return { answer: outage === 'refuse' ? 'cut' : proxyPage(503), headers: {}, logged };
  }
  if (fate.revokesKey) gate.revoke(authorization);
  if (fate.fault !== undefined) log.fault(logged, fate.fault);
  const isApi = target?.area === 'api';
  const verdict = isApi ? gate.pass(call, authorization, nowMs) : undefined;
  const headers = verdict?.headers ?? {};
  const material = materialOf(arrived, state, nowMs);
  const instead = fate.fault && answerInstead(fate.fault, material);
  if (instead !== undefined) return { answer: instead, headers, logged };
  if (verdict?.throttled) log.throttle();
  if (fate.fault === 'late') await state.delays.wait(state.plan.settings.lateMs ?? 2000);
  if (fate.fault === 'held') await state.held;
  const answer = verdict?.refusal ?? (await answerOf(arrived, state));
  log.apply(logged, answer.outcome);
  return { answer: spoiled(answer, fate.fault, material), headers, logged };
}

/** Whom a request has to do with: the emails in its body, or those of the contact that it names. */
function emailsOf({ target, body }: Arrived, state: SandboxState): string[] {
  const [, id = ''] = target?.path ?? [];
  const stored = state.store.get(id)?.emails.map(({ value }) => value.trim().toLowerCase()) ?? [];
  return body === 'too-large' ? stored : [...emailsIn(body.value), ...stored];
}

function materialOf({ authorization, body }: Arrived, state: SandboxState, nowMs: number): FaultMaterial {
  const retryAfterMs = (state.plan.settings.retryAfterSeconds ?? 1) * 1000 - 1;
  return {
    retryAfter: state.gate.retryAfter(retryAfterMs, nowMs),
    key: bearerKey(authorization) ?? '',
    sent: body === 'too-large' ? undefined : body.value,
    stranger: () => strangerTo(body === 'too-large' ? undefined : body.value, state.api),
  };
}

async function answerOf({ method, target, body, authorization }: Arrived, state: SandboxState): Promise<Answer> {
  if (body === 'too-large') return { ...failure('bad_request', 'The body is too large'), status: 413 };
  if (target === undefined) return failure('bad_request', 'The request target is malformed');
  if (target.area !== 'api') return notFound('Route');
  if (body.isBroken) return failure('bad_request', 'The body is not valid JSON');
  return answerCall({ method, path: target.path, query: target.query, body: body.value }, state.apiOf(authorization));
}

import type { ServerResponse } from 'node:http';
import type { FaultKind } from '../faults.js';
import type { Delays } from './delays.js';
import type { Delivery } from './spoiling.js';

const HINT_EVERY_MS = 100;

/** How an answer is put on the wire. */
export interface DeliveryRules {
  headers: Readonly<Record<string, string>>;
  fault: FaultKind | undefined;
  dripMs: number;
  delays: Delays;
}

/**
 * Puts an answer on the wire, whole or broken as the fault says. Returns the status that was sent, or null where the
 * client saw none.
 */
export function deliver(response: ServerResponse, answer: Delivery, rules: DeliveryRules): number | null {
  const { headers, fault } = rules;
  if (answer === 'cut' || fault === 'cut-after') {
    response.socket?.destroy();
    return null;
  }
  if (answer === 'hints') {
    hintForEver(response, rules.delays);
    return null;
  }
  if (answer === 'silence' || fault === 'hang-after') return null;
  const { status, body, json, html } = answer;
  const text = html ?? json ?? (body === undefined ? '' : JSON.stringify(body));
  const whole = Buffer.from(text);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const sent = fault === 'truncate' ? half : whole;
  response.writeHead(status, {
    ...(text !== '' && { 'content-type': html === undefined ? 'application/json; charset=utf-8' : 'text/html' }),
    ...(html === undefined && headers),
    ...answer.headers,
    ...(status !== 204 && { 'content-length': sent.length }),
  });
  if (fault === 'cut-mid') response.write(half, () => response.socket?.destroy());
  else if (fault === 'drip') drip(response, sent, rules);
  else response.end(sent);
  return status;
}

function drip(response: ServerResponse, left: Buffer, rules: DeliveryRules): void {
  if (response.destroyed) return;
  if (left.length === 0) {
    response.end();
    return;
  }
  response.write(left.subarray(0, 1));
  rules.delays.run(rules.dripMs, () => {
    drip(response, left.subarray(1), rules);
  });
}

function hintForEver(response: ServerResponse, delays: Delays): void {
  if (response.destroyed) return;
  response.writeEarlyHints({ link: '</style.css>; rel=preload' });
  delays.run(HINT_EVERY_MS, () => {
    hintForEver(response, delays);
  });
}

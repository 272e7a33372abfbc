import type { ServerResponse } from 'node:http';
import { failure, type Answer } from './answer.js';
import type { FaultKind } from '../faults.js';

/** What a fault makes of a request that it keeps from the API; undefined for those that strike after it. */
export function answerOfFault(fault: FaultKind, retryAfter: string): Answer | 'cut' | 'silence' | undefined {
  switch (fault) {
    case '500':
      return failure('internal_error', 'Something went wrong');
    case '502':
    case '503':
    case '504':
      return proxyPage(Number(fault));
    case '429':
      return { ...failure('rate_limited', 'Too many requests'), headers: { 'retry-after': retryAfter } };
    case 'html-200':
      return { status: 200, html: '<!doctype html><title>Wi-Fi login</title><p>Please sign in to go on.</p>' };
    case 'redirect':
      return { status: 307, html: '', headers: { location: '/redirected' } };
    case 'cut-before':
      return 'cut';
    case 'hang':
      return 'silence';
    case 'cut-after':
    case 'cut-mid':
    case 'truncate':
    case 'hang-after':
      return undefined;
  }
}

/** A page of the proxy in front; it knows nothing of rate headers. */
export function proxyPage(status: number): Answer {
  return {
    status,
    html: `<html><head><title>${String(status)}</title></head><body><h1>Bad gateway</h1></body></html>`,
  };
}

/**
 * Puts an answer on the wire, whole or broken as the fault says. Returns the status that was sent, or null where the
 * client saw none.
 */
export function deliver(
  response: ServerResponse,
  answer: Answer | 'cut' | 'silence',
  headers: Readonly<Record<string, string>>,
  fault: FaultKind | undefined,
): number | null {
  if (answer === 'cut' || fault === 'cut-after') {
    response.socket?.destroy();
    return null;
  }
  if (answer === 'silence' || fault === 'hang-after') return null;
  const { status, body, html } = answer;
  const text = html ?? (body === undefined ? '' : JSON.stringify(body));
  const whole = Buffer.from(text);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const sent = fault === 'truncate' ? half : whole;
  response.writeHead(status, {
    ...(text !== '' && { 'content-type': html === undefined ? 'application/json; charset=utf-8' : 'text/html' }),
    ...(html === undefined && headers),
    ...answer.headers,
    ...(status !== 204 && { 'content-length': sent.length }),
  });
  if (fault === 'cut-mid') {
    response.write(half, () => response.socket?.destroy());
    return status;
  }
  response.end(sent);
  return status;
}

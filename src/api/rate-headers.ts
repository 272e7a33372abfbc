import type { RateHeaders } from '../rate/rate.js';

type Header = string | readonly string[] | undefined;

/**
 * Reads the rate headers of an answer (Clarky API, "Rate limits"). `X-RateLimit-Reset` is left alone on purpose: it is
 * on the server's clock, in whole seconds, and nothing needs it.
 */
export function readRateHeaders(headers: Readonly<Record<string, Header>>, wallMs: number): RateHeaders {
  const limit = wholeNumber(headers['x-ratelimit-limit']);
  const remaining = wholeNumber(headers['x-ratelimit-remaining']);
  const sound = limit !== undefined && remaining !== undefined && limit > 0 && remaining <= limit;
  return {
    window: sound ? { limit, remaining } : undefined,
    retryAfterMs: retryAfterMs(single(headers['retry-after']), wallMs),
  };
}

/** `Retry-After` in ms from now: delta-seconds or an HTTP date (RFC 9110, 10.2.3); undefined where it is neither. */
export function retryAfterMs(value: string | undefined, wallMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Date.parse takes much that is no HTTP date; those begin with the day's name.
  const dateMs = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - wallMs);
}

function single(value: Header): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function wholeNumber(value: Header): number | undefined {
  const text = single(value)?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

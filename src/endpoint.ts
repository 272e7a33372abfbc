import { isIPv4 } from 'node:net';
import { ImporterError } from './errors.js';

export const DEFAULT_API_URL = 'https://clarky.ai/api/v1';

/** Where Clarky is, checked. */
export interface Endpoint {
  /** The base in its one canonical form, without a trailing slash: what scopes and budgets are known by. */
  readonly base: string;
  readonly host: string;
  readonly loopback: boolean;
}

/**
 * Reads the API's base URL.
 * @throws {ImporterError} `usage` where it is no http(s) URL, holds credentials, a query or a fragment, or would send
 *   the key in the clear to anywhere but this machine
 */
export function parseApiUrl(text: string): Endpoint {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) throw badUrl('is not a URL', `Give it whole, as ${DEFAULT_API_URL}.`);
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') {
    throw badUrl('holds a user name or password', 'Leave them out; the key goes into CLARKY_KEY or --key-file.');
  }
  if (url.search !== '' || url.hash !== '') throw badUrl('has a query or fragment', 'Give the base URL alone.');
  const loopback = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !loopback) {
    throw badUrl('is http:, which would send the key in the clear', `Use https://${url.host}${url.pathname}.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw badUrl('is not an https: URL', 'Use https:.');
  const base = baseOf(url);
  return { base, host: new URL(base).host, loopback };
}

/** An API base of an old file, as it would be written today; anything that is no URL stays as it is. */
export function canonicalApiUrl(text: string): string {
  return URL.canParse(text.trim()) ? baseOf(new URL(text.trim())) : text;
}

/** The URL parser lowers the host, drops the default port and resolves dots; what it leaves alone is evened out here. */
function baseOf(url: URL): string {
  const host = url.host.replace(/\.(?=:\d+$|$)/, '');
  const path = url.pathname.replace(/%[0-9a-f]{2}/gi, (escape) => unescaped(escape.toUpperCase())).replace(/\/+$/, '');
  return `${url.protocol}//${host}${path}`;
}

/** RFC 3986, 6.2.2.2: an escape that stands for an unreserved character is that character. */
function unescaped(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return /[\w.~-]/.test(character) ? character : escape;
}

/** 127.0.0.0/8, ::1 and localhost (RFC 6761, 6.3). `hostname` is as the URL parser leaves it. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || isLoopbackIPv4(hostname)
  );
}

/**
 * The key without the blanks around it that copying brings.
 * @throws {ImporterError} `no_key` where nothing is left, or something that can't stand in a header; it is never shown
 */
export function checkKey(text: unknown): string {
  const key = typeof text === 'string' ? text.trim() : '';
  if (key === '') {
    throw new ImporterError('no_key', text === undefined ? 'There is no API key.' : 'The key is empty.', {
      next: 'Hand it over as `key`; on the command line, in CLARKY_KEY or with --key-file.',
    });
  }
  // RFC 6750 2.1 allows fewer characters still; a key with blanks or quotes in it was copied with something around it.
  if (!/^[\x21-\x7e]+$/.test(key) || /["']/.test(key)) {
    throw new ImporterError(
      'no_key',
      "The key holds characters that no key has (a blank, a line break, a quote, 'é').",
      {
        next: 'Copy the key alone: it looks like ck_live_ followed by letters and digits.',
      },
    );
  }
  return key;
}

function isLoopbackIPv4(hostname: string): boolean {
  return isIPv4(hostname) && hostname.startsWith('127.');
}

function badUrl(what: string, next: string): ImporterError {
  return new ImporterError('usage', `The API URL ${what}.`, { next });
}

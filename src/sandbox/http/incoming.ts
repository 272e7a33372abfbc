import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isJsonObject, readContactInput, primaryOf } from '../contacts/contact-input.js';
import { LIKELY_READINGS } from '../readings.js';

/** Far beyond any contact; a client that sends more is not to fill the memory. */
export const MAX_BODY_BYTES = 1 << 20;

export const API_BASE = '/api/v1';
export const CONTROL_BASE = '/__sandbox';

/** Where a request goes: the path's decoded parts below the base that it belongs to. */
export interface Target {
  area: 'api' | 'control' | 'elsewhere';
  path: string[];
  query: URLSearchParams;
}

/** Takes a request target apart; undefined where it can't be read. */
export function parseTarget(url: string): Target | undefined {
  try {
    const { pathname, searchParams: query } = new URL(`http://sandbox${url}`);
    for (const [area, base] of [['api', API_BASE] as const, ['control', CONTROL_BASE] as const]) {
      if (!pathname.startsWith(`${base}/`)) continue;
      return {
        area,
        path: pathname
          .slice(base.length + 1)
          .split('/')
          .map(decodeURIComponent),
        query,
      };
    }
    return { area: 'elsewhere', path: [], query };
  } catch {
    return undefined;
  }
}

/** Reads a body whole; `too-large` past the limit, `aborted` where the client went away in the middle. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.pause();
        resolve('too-large');
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    request.on('close', () => {
      resolve('aborted');
    });
    request.on('error', () => {
      resolve('aborted');
    });
  });
}

/** A parsed body; undefined where there was none, `isBroken` where it is no JSON in UTF-8. */
export interface ParsedBody {
  value: unknown;
  isBroken: boolean;
}

export function parseBody(body: Buffer): ParsedBody {
  if (body.length === 0) return { value: undefined, isBroken: false };
  if (!isUtf8(body)) return { value: undefined, isBroken: true };
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown, isBroken: false };
  } catch {
    return { value: undefined, isBroken: true };
  }
}

/** Whom a write is about, as a reader of it would say: the primary email, else the digits of the primary phone. */
export function identityOf(body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const { emails, phone_numbers: phones } = body;
  const input = readContactInput({ emails, phone_numbers: phones }, LIKELY_READINGS);
  if (!input.ok) return undefined;
  const email = primaryOf(input.value.emails);
  if (email !== undefined) return `email ${email.trim().toLowerCase()}`;
  const phone = primaryOf(input.value.phone_numbers);
  return phone === undefined ? undefined : `phone ${phone.replace(/\D/gu, '')}`;
}

/** The emails that a body holds, in lower case. */
export function emailsIn(body: unknown): string[] {
  if (!isJsonObject(body)) return [];
  const input = readContactInput({ emails: body.emails }, LIKELY_READINGS);
  return input.ok ? (input.value.emails ?? []).map(({ value }) => value.trim().toLowerCase()) : [];
}

/** Whether a Host header names this machine, so that a page in a browser can't reach it by a name of its own. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/u.test(host ?? '');
}

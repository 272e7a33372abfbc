/** Bodies of requests, bounded: nothing is read that is larger than what it can be. */
import { isObject } from '../../given.js';
import type { HonoRequest } from 'hono';

const MOST_JSON_BYTES = 4 * 1024 * 1024;

/** A request that can't be used, and how it is answered. */
export class BadRequest extends Error {
  readonly status: 400 | 404 | 409 | 413 | 503;
  readonly code: string;
  /** What to do. */
  readonly next: string | null;

  constructor(status: BadRequest['status'], code: string, message: string, next: string | null = null) {
    super(message);
    this.next = next;
    this.status = status;
    this.code = code;
  }
}

/** The chunks of a body. @throws BadRequest 413 once it is too large */
export async function* chunksOf(request: HonoRequest, most: number): AsyncGenerator<Uint8Array> {
  const said = Number(request.header('content-length') ?? 0);
  if (said > most) throw tooLarge();
  let bytes = 0;
  for await (const chunk of (request.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > most) throw tooLarge();
    yield chunk;
  }
}

/** An object in JSON. @throws BadRequest */
export async function objectOf(request: HonoRequest): Promise<Readonly<Record<string, unknown>>> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(request, MOST_JSON_BYTES)) parts.push(chunk);
  const text = Buffer.concat(parts).toString('utf8');
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Answered below, as what is no object.
  }
  throw new BadRequest(400, 'bad_request', 'The body is no object in JSON.');
}

function tooLarge(): BadRequest {
  return new BadRequest(413, 'too_large', 'That is too large.');
}

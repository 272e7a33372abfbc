import type { ErrorCode, ErrorEnvelope } from '../wire.js';

/** What the API has to say to a request, before it is put on the wire. */
export interface Answer {
  status: number;
  /** Sent as JSON; none where it is undefined. */
  body?: unknown;
  /** JSON that is sent as it stands, in place of the body. */
  json?: string;
  /** A proxy's page instead of JSON. */
  html?: string;
  headers?: Readonly<Record<string, string>>;
  /** What the request did to a contact, for the log. */
  outcome?: 'created' | 'updated' | 'deleted';
}

const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  bad_request: 400,
  validation_error: 422,
  conflict: 409,
  rate_limited: 429,
  internal_error: 500,
};

/** An error in the API's envelope. */
export function failure(code: ErrorCode, message: string, details?: Record<string, unknown>): Answer {
  const body: ErrorEnvelope = { error: { code, message, ...(details && { details }) } };
  return { status: STATUS_OF[code], body };
}

/** A value that can't be accepted, named by its field. */
export function invalid({ field, message }: { field: string; message: string }): Answer {
  return failure('validation_error', message, { field });
}

export function notFound(what: string): Answer {
  return failure('not_found', `${what} not found`);
}

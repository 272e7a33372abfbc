/** What a key may do, found out without changing anything: what `login` and `doctor` tell. */
import type { ClientEvent } from '../api/client-event.js';
import { ImporterError } from '../errors.js';
import { Connection } from './connection/connection.js';
import { callListener } from './connection/listeners.js';
import type { ImportListener } from './events.js';
import type { ApiOptions } from './settings.js';

type Attempt = Extract<ClientEvent, { type: 'attempt' }>;

export interface Access {
  readonly apiUrl: string;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  readonly bots: readonly string[];
  /** What the answers say of the limits; undefined where they say nothing. */
  readonly reads: { readonly limit: number; readonly remaining: number } | undefined;
  readonly writes: { readonly limit: number; readonly remaining: number } | undefined;
  /** How far the machine's clock is ahead of the server's, in milliseconds; undefined where it doesn't say. */
  readonly clockAheadMs: number | undefined;
}

/** Nobody has it: deleting it changes nothing, and shows whether the key may write. */
const NO_CONTACT = '00000000-0000-0000-0000-000000000000';

/**
 * Asks for the bots, and for one delete of a contact that is not there (it costs one write of the limit).
 * @throws ImporterError `unauthorized`, `unreachable`, `wrong_url`…
 */
export async function findAccess(
  options: ApiOptions & { readonly onEvent?: ImportListener | undefined },
  signal?: AbortSignal,
): Promise<Access> {
  const attempts: Attempt[] = [];
  let clockAheadMs: number | undefined;
  const tell = callListener(options.onEvent ?? (() => undefined));
  const onCall = (event: ClientEvent): void => {
    if (event.type === 'attempt') attempts.push(event);
    // Behind it a write may wait for the limit.
    if (event.type === 'attempt' && event.serverMs !== undefined) clockAheadMs = Date.now() - event.serverMs;
    tell(event);
  };
  const connection = await Connection.open({ ...options, signal, onCall });
  try {
    const { readable, bots } = await connection.client.checkAccess({ signal });
    connection.beginWrites(false);
    const mayWrite = await mayDelete(connection, signal);
    const last = (isRead: boolean): Attempt | undefined =>
      attempts.findLast(({ method, status }) => (method === 'GET') === isRead && status !== undefined);
    return {
      apiUrl: connection.apiUrl,
      mayRead: readable,
      mayWrite,
      bots,
      reads: last(true)?.rate?.window,
      writes: last(false)?.rate?.window,
      clockAheadMs,
    };
  } finally {
    await connection.close();
  }
}

async function mayDelete(connection: Connection, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await connection.client.deleteContact(NO_CONTACT, { signal });
    return true;
  } catch (error) {
    if (error instanceof ImporterError && error.code === 'forbidden') return false;
    throw error;
  }
}

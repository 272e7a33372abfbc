import type { Client } from '../api/calls.js';
import { createClient as create, type ClientOptions as OwnOptions } from '../api/client.js';
import { guarded, warnOfListener } from '../listening.js';
import { checkCall, OTHERS } from '../settings/call-options.js';
import { FUNCTION, type Kinds, milliseconds, record, whatIs } from '../settings/code-kinds.js';
import { clientInCode } from './client-in-code.js';
import { keepHostFetch } from './host-fetch.js';
import { TEXT, wholeNumber } from '../settings/kind.js';
import { API_SETTINGS } from '../settings/sending-table.js';
import { DURATION_SECONDS } from '../settings/times.js';

const GATE = whatIs(
  (raw) => typeof raw === 'object' && raw !== null && 'run' in raw && typeof raw.run === 'function' && 'drop' in raw,
  'a budget that openGate has opened',
);

const TIME = milliseconds();

/** What a client is made with. */
export interface ClientOptions extends Omit<
  OwnOptions,
  'connections' | 'isSameWorkspace' | 'now' | 'random' | 'wallNow'
> {
  /** Most requests in flight at once; default 10. */
  readonly concurrency?: number | undefined;
  /** @deprecated The name that version 1.0.0 had for `concurrency`. */
  readonly connections?: number | undefined;
}

const OPTIONS: Kinds<ClientOptions> = {
  apiUrl: API_SETTINGS.apiUrl.kind,
  key: OTHERS.key,
  moreKeys: OTHERS.moreKeys,
  rereadKeys: FUNCTION,
  gate: GATE,
  readGate: GATE,
  maxOutageSeconds: DURATION_SECONDS,
  maxUnreachedSeconds: DURATION_SECONDS,
  timeouts: record({ connectMs: TIME, headersMs: TIME, bodyMs: TIME, wholeMs: TIME }, '{ headersMs: 30_000 }'),
  concurrency: wholeNumber(1),
  connections: wholeNumber(1),
  proxy: record({ httpsProxy: TEXT, httpProxy: TEXT, noProxy: TEXT }, "{ httpsProxy: 'http://proxy:3128' }"),
  signal: OTHERS.signal,
  onEvent: FUNCTION,
};

/**
 * A client of one workspace.
 * @throws {ImporterError} `usage` for an option or a URL, `no_key` for a key that can't be used
 */
export function createClient(options: ClientOptions): Client {
  const checked = checkCall<ClientOptions>(OPTIONS, options, Date.now(), ['key']);
  keepHostFetch();
  const { onEvent, concurrency, connections = concurrency, ...others } = checked;
  return clientInCode(
    create({ ...others, connections, ...(onEvent && { onEvent: guarded(onEvent, warnOfListener) }) }),
  );
}

/** The client as code calls it: what can't be asked is said before it is sent, and no sentence speaks of a command line. */
import type { Client } from '../api/calls.js';
import type { ContactFilters } from '../api/wire.js';
import { createClient as create, type ClientOptions as OwnOptions } from '../api/client.js';
import { guarded, warnOfListener } from '../listening.js';
import { checkCall, OTHERS } from '../settings/call-options.js';
import { FUNCTION, type Kinds, milliseconds, notWhat, record, whatIs } from '../settings/code-kinds.js';
import { keepHostFetch } from './host-fetch.js';
import { NEXT_IN_CODE, thrownInCode, told } from './in-code.js';
import { type Kind, TEXT, wholeNumber } from '../settings/kind.js';
import { checkValue } from '../settings/resolve.js';
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

const isText = (raw: unknown): boolean => typeof raw === 'string' && raw.trim() !== '';

/** A dot or two are steps in a path, however they are written. */
const ID = whatIs((raw) => isText(raw) && raw !== '.' && raw !== '..', 'what Clarky gave as `id`');
const EMAIL = whatIs(isText, 'an e-mail');
const PAGE = whatIs((raw) => Number.isSafeInteger(raw) && Number(raw) >= 1, 'a whole number, 1 for the first page');
const PAYLOAD: Kind<unknown> = {
  control: 'text',
  check: (raw) => {
    if (typeof raw !== 'object' || raw === null) return notWhat(raw, 'an object of fields, `bot_id` among them');
    if ('bot_id' in raw && isText(raw.bot_id)) return { value: raw };
    return { wrong: 'it has no bot_id', next: 'Say which bot owns the contact; listBots tells which there are.' };
  },
};

const FILTERS = record(
  {
    search: TEXT,
    tags: TEXT,
    lead_source: TEXT,
    pipeline_stage_id: TEXT,
    bot_id: TEXT,
    created_after: TEXT,
    created_before: TEXT,
    updated_after: TEXT,
  } satisfies Record<keyof ContactFilters, Kind<string>>,
  "{ search: 'Ada' }",
);
/** A mistyped one would be passed by, and all contacts come. */
const FILTERS_OR_NONE: Kind<unknown> = {
  ...FILTERS,
  check: (raw, nowMs) => (raw === undefined ? { value: raw } : FILTERS.check(raw, nowMs)),
};

const PAGE_OR_NONE: Kind<unknown> = {
  ...PAGE,
  check: (raw, nowMs) => (raw === undefined ? { value: raw } : PAGE.check(raw, nowMs)),
};

type Call = Exclude<keyof Client, 'host' | 'close'>;

/** What of each call is looked at before anything is sent: which arguments, what each is called, and what it is to be. */
const ARGUMENTS: Readonly<Record<Call, readonly (readonly [at: number, name: string, kind: Kind<unknown>])[]>> = {
  upsert: [[0, 'payload', PAYLOAD]],
  patchContact: [[0, 'id', ID]],
  deleteContact: [[0, 'id', ID]],
  getContact: [[0, 'id', ID]],
  getByEmail: [[0, 'email', EMAIL]],
  listContacts: [
    [0, 'page', PAGE],
    [1, 'filters', FILTERS_OR_NONE],
  ],
  contactPages: [
    [0, 'filters', FILTERS_OR_NONE],
    [1, 'first', PAGE_OR_NONE],
  ],
  pipelines: [],
  listStages: [[0, 'pipelineId', ID]],
  checkAccess: [],
};

const NEXT = { ...NEXT_IN_CODE, wrong_bot: 'Check `bot_id`; listBots tells which bots the key can see.' };

type Calls = Readonly<Record<Call, (...given: unknown[]) => Promise<unknown> | AsyncIterable<unknown>>>;

async function* toldOfEach(items: () => AsyncIterable<unknown>): AsyncGenerator<unknown, void, undefined> {
  try {
    yield* items();
  } catch (error) {
    throw thrownInCode(error, NEXT);
  }
}

/** The same client, whose calls reject with what is said to code. */
function clientInCode(client: Client): Client {
  const inCode = (name: Call): Calls[Call] => {
    // The table says the same of each of them, whatever it takes.
    const calls = client as unknown as Calls;
    const checked = (given: unknown[]): ReturnType<Calls[Call]> => {
      for (const [at, called, kind] of ARGUMENTS[name]) checkValue(kind, given[at], called, Number.NaN);
      return calls[name](...given);
    };
    const isList = name === 'contactPages' || name === 'pipelines';
    return isList
      ? (...given) => toldOfEach(() => checked(given) as AsyncIterable<unknown>)
      : (...given) => told(async () => checked(given) as Promise<unknown>, NEXT);
  };
  const calls = Object.fromEntries((Object.keys(ARGUMENTS) as Call[]).map((name) => [name, inCode(name)])) as unknown;
  return { host: client.host, close: () => client.close(), ...(calls as Pick<Client, Call>) };
}

import { setMaxListeners } from 'node:events';
import { monotonicMs } from '../rate/budget.js';
import type { OpenGate } from '../rate/budget.js';
import { ImporterError } from '../errors.js';
import { checkKey, DEFAULT_API_URL, parseApiUrl } from '../endpoint.js';
import { ask, type ClientEvent, type Lane, type Question, type Settled } from './exchange.js';
import { Outage } from './outage.js';
import { readContact, readContactPage, readPipelinePage, readStages, wasCreated } from './read-answer.js';
import { createTransport, type Timeouts, type TransportOptions } from './transport.js';
import type { ContactFilters, Page, WireContact, WirePipeline, WireStage } from './wire.js';

/** How long nothing may get through before the run stops, by default. */
export const DEFAULT_MAX_OUTAGE_SECONDS = 300;
/** The most that Clarky lists at once (Clarky API, "Endpoints that matter here"). */
export const MAX_PAGE_SIZE = 100;

export interface ClientOptions {
  readonly apiUrl?: string;
  readonly key: string;
  /** The budget of writes: `openGate({ kind: 'writes', … })`. */
  readonly gate: OpenGate;
  /** The budget of reads, which is apart from it. */
  readonly readGate: OpenGate;
  readonly maxOutageSeconds?: number;
  readonly timeouts?: Timeouts;
  readonly connections?: number;
  readonly proxy?: TransportOptions['proxy'];
  /** Cuts everything, requests under way included; what they did on the server is unknown then. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ClientEvent) => void;
  readonly random?: () => number;
  readonly now?: () => number;
  readonly wallNow?: () => number;
}

export interface CallOptions {
  /** Ends the waiting (for a token, between tries) with its reason; a request under way is still heard. */
  readonly signal?: AbortSignal | undefined;
}

export type UpsertResult =
  | {
      readonly outcome: 'accepted';
      /** Undefined where the answer doesn't tell. */
      readonly created: boolean | undefined;
      readonly contact: WireContact;
      readonly status: number;
      readonly attempts: number;
    }
  | {
      readonly outcome: 'rejected';
      readonly status: number;
      readonly code: string;
      /** The server's own words: print them sanitised. */
      readonly message: string;
      readonly field: string | undefined;
      readonly attempts: number;
    };

/** Clarky. Every call keeps the budgets, tries again what may pass, and throws `ImporterError` for what stops a run. */
export interface Client {
  readonly host: string;
  upsert(payload: object, options?: CallOptions): Promise<UpsertResult>;
  patchContact(id: string, changes: object, options?: CallOptions): Promise<UpsertResult | undefined>;
  /** Whether there was one to delete. */
  deleteContact(id: string, options?: CallOptions): Promise<boolean>;
  getContact(id: string, options?: CallOptions): Promise<WireContact | undefined>;
  getByEmail(email: string, options?: CallOptions): Promise<WireContact | undefined>;
  /** @param page 1 is the first */
  listContacts(page: number, filters?: ContactFilters, options?: CallOptions): Promise<Page<WireContact>>;
  listPipelines(page: number, options?: CallOptions): Promise<Page<WirePipeline>>;
  listStages(pipelineId: string, options?: CallOptions): Promise<readonly WireStage[]>;
  /** The distinct bot ids of all pipelines, in Clarky's order. */
  findBots(options?: CallOptions): Promise<readonly string[]>;
  /**
   * Checks the key by a read before anything is written. A key that may only write can't be checked so: `readable` is
   * false then. Throws for a key that Clarky doesn't know.
   */
  checkAccess(options?: CallOptions): Promise<{ readonly readable: boolean; readonly bots: readonly string[] }>;
  /** Closes the connections. The gates stay open: they are their opener's. */
  close(): Promise<void>;
}

/**
 * A client of one workspace.
 * @throws {ImporterError} `usage` for a URL, `no_key` for a key that can't be used
 */
export function createClient(options: ClientOptions): Client {
  const endpoint = parseApiUrl(options.apiUrl ?? DEFAULT_API_URL);
  const { now = monotonicMs, wallNow = Date.now, random = Math.random, onEvent = () => undefined } = options;
  const maxMs = (options.maxOutageSeconds ?? DEFAULT_MAX_OUTAGE_SECONDS) * 1000;
  const { connections, proxy } = options;
  // Every request under way listens to it; Node would warn of a leak from the eleventh on.
  if (options.signal !== undefined) setMaxListeners(0, options.signal);
  const timeouts = withinOutage(options.timeouts, maxMs);
  const transport = createTransport({ endpoint, key: checkKey(options.key), connections, timeouts, proxy });
  const lane = (gate: OpenGate): Lane => {
    const outage = new Outage({ maxMs, now, random });
    return { transport, gate, outage, host: endpoint.host, now, wallNow, killSignal: options.signal, onEvent };
  };
  return clientOn(lane(options.readGate), lane(options.gate));
}

function clientOn(reads: Lane, writes: Lane): Client {
  let answers201 = false;

  const write = async (question: Question<WireContact>, options: CallOptions): Promise<UpsertResult | undefined> => {
    const settled = await ask(writes, question, options.signal);
    if (settled.kind !== 'accepted') return settled.kind === 'missing' ? undefined : rejected(settled);
    const { status, value: contact, attempts } = settled;
    answers201 ||= status === 201;
    return { outcome: 'accepted', created: wasCreated(status, contact, answers201), contact, status, attempts };
  };
  const readOne = async <T>(path: string, read: Question<T>['read'], options: CallOptions): Promise<T | undefined> => {
    const settled = await ask(reads, { method: 'GET', path, read, forOneThing: true }, options.signal);
    return settled.kind === 'missing' ? undefined : valueOf(settled);
  };
  const readList = async <T>(path: string, read: Question<T>['read'], options: CallOptions): Promise<T> =>
    valueOf(await ask(reads, { method: 'GET', path, read, forOneThing: false }, options.signal));

  const client: Client = {
    host: writes.host,
    async upsert(payload, options = {}) {
      const path = '/contacts/upsert';
      const result = await write(
        { method: 'POST', path, body: payload, read: readContact, forOneThing: false },
        options,
      );
      if (result === undefined) throw new Error('an upsert can be refused, but not missing');
      return result;
    },
    patchContact(id, changes, options = {}) {
      const path = contactPath(id);
      return write({ method: 'PATCH', path, body: changes, read: readContact, forOneThing: true }, options);
    },
    async deleteContact(id, options = {}) {
      // Its answer's body is not documented, and 204 has none: the status is all there is.
      const question = { method: 'DELETE', path: contactPath(id), read: () => true, forOneThing: true } as const;
      const settled = await ask(writes, question, options.signal);
      return settled.kind === 'missing' ? false : valueOf(settled);
    },
    getContact: (id, options = {}) => readOne(contactPath(id), readContact, options),
    getByEmail: (email, options = {}) => readOne(`/contacts/by-email?${query({ email })}`, readContact, options),
    listContacts: (page, filters = {}, options = {}) =>
      readList(`/contacts?${query({ page, page_size: MAX_PAGE_SIZE, ...filters })}`, readContactPage, options),
    listPipelines: (page, options = {}) =>
      readList(`/pipelines?${query({ page, page_size: MAX_PAGE_SIZE })}`, readPipelinePage, options),
    listStages: (pipelineId, options = {}) =>
      readList(`/pipelines/${encodeURIComponent(pipelineId)}/stages`, readStages, options),
    async findBots(options) {
      const bots = new Set<string>();
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const { items, pagination } = await client.listPipelines(page, options);
        for (const pipeline of items) bots.add(pipeline.bot_id);
        pages = pagination?.totalPages ?? 1;
      }
      return [...bots];
    },
    async checkAccess(options) {
      try {
        return { readable: true, bots: await client.findBots(options) };
      } catch (error) {
        if (error instanceof ImporterError && error.code === 'forbidden') return { readable: false, bots: [] };
        throw error;
      }
    },
    close: () => writes.transport.close(),
  };
  return client;
}

function rejected(settled: Extract<Settled<unknown>, { kind: 'row_fault' }>): UpsertResult {
  const { status, error, attempts } = settled;
  const code = error.code ?? `http_${String(status)}`;
  return {
    outcome: 'rejected',
    status,
    code,
    message: error.message ?? `HTTP ${String(status)}`,
    field: error.field,
    attempts,
  };
}

/** A read or a delete that is the caller's fault is a bug here: nothing that the user gave went into it. */
function valueOf<T>(settled: Settled<T>): T {
  if (settled.kind === 'accepted') return settled.value;
  if (settled.kind === 'missing') throw new Error('a list can not be missing');
  throw new ImporterError(
    'internal',
    `Clarky refused a request that should be right (HTTP ${String(settled.status)}).`,
  );
}

/** A request that hangs must not outlast the time in which something has to get through. */
function withinOutage(timeouts: Timeouts | undefined, maxMs: number): Timeouts {
  const atMost = (ms: number): number => Math.min(ms, Math.max(1000, maxMs));
  const { connectMs = 10_000, headersMs = 30_000, bodyMs = 30_000 } = timeouts ?? {};
  return { connectMs: atMost(connectMs), headersMs: atMost(headersMs), bodyMs: atMost(bodyMs) };
}

function contactPath(id: string): string {
  return `/contacts/${encodeURIComponent(id)}`;
}

function query(values: object): string {
  const set = Object.entries(values as Record<string, string | number | undefined>).filter(
    ([, value]) => value !== undefined,
  );
  return new URLSearchParams(set.map(([name, value]): [string, string] => [name, String(value)])).toString();
}

import { ImporterError } from '../errors.js';
import { ask, type Lane, type Settled } from './exchange.js';
import type { Question } from './outcome.js';
import { MAX_PAGE_SIZE, type ListedPage, pagesOf } from './pages.js';
import { readChanged, readContact, readContactPage, readPipelinePage, readStages, readWritten } from './read-answer.js';
import { isMadeSince, wasCreated } from './answers/was-created.js';
import {
  type ContactFilters,
  type Page,
  requireJson,
  type WireContact,
  type WirePipeline,
  type WireStage,
} from './wire.js';

export interface CallOptions {
  /** Ends a read, and the waiting of a write (for a token, between tries), with its reason; a write under way is still heard. */
  readonly signal?: AbortSignal | undefined;
}

export interface WriteOptions extends CallOptions {
  /** Awaited each time before the request leaves. */
  readonly departing?: (() => Promise<void>) | undefined;
  /** Awaited where it ends without a result, and every attempt was answered by a refusal: nothing of it is under way. */
  readonly turnedDown?: (() => Promise<void>) | undefined;
}

export interface UpsertOptions extends WriteOptions {
  /**
   * Awaited before it is sent again where what was sent may still be under way: nobody waits for its answer any more.
   * @param isTimeout true where none came in all the time allowed, false where the connection broke
   */
  readonly outOfSight?: ((isTimeout: boolean) => Promise<void>) | undefined;
}

export type UpsertResult =
  | {
      readonly outcome: 'accepted';
      /** Undefined where the answer doesn't tell. */
      readonly created: boolean | undefined;
      /** Its answer was lost at first, and by its stamps the contact was made since it left: by this very write, or meanwhile. */
      readonly mayBeOurs?: boolean | undefined;
      /** As Clarky answers it. */
      readonly contact: WireContact;
      /** Of the answer that settled it. */
      readonly status: number;
      /** How often it was sent. */
      readonly attempts: number;
      /** How long it took, in ms, from when it left first to the answer. */
      readonly underWayMs?: number | undefined;
    }
  | {
      readonly outcome: 'rejected';
      /** Of the answer that settled it. */
      readonly status: number;
      /** Clarky's own, such as `validation_error`. */
      readonly code: string;
      /** The server's own words: print them sanitised. */
      readonly message: string;
      /** The field at fault, where Clarky names one. */
      readonly field: string | undefined;
      /** How often it was sent. */
      readonly attempts: number;
    };

/** Clarky. Every call keeps the budgets, tries again what may pass, and throws `ImporterError` for what stops a run. */
export interface Client {
  /** Name and port of the server, for what is told of it. */
  readonly host: string;
  /** Creates a contact, or updates the one that Clarky finds by its e-mail or phone. @param payload as the API has it, with `bot_id` */
  upsert(payload: object, options?: UpsertOptions): Promise<UpsertResult>;
  /** Undefined where there is no such contact; `unseen` where it is answered as done, and not shown. */
  patchContact(id: string, changes: object, options?: WriteOptions): Promise<UpsertResult | 'unseen' | undefined>;
  /** `refused` where Clarky won't delete this one. */
  deleteContact(id: string, options?: WriteOptions): Promise<'deleted' | 'missing' | 'refused'>;
  /** Undefined where there is no such contact. */
  getContact(id: string, options?: CallOptions): Promise<WireContact | undefined>;
  /** Undefined where nobody has this e-mail. */
  getByEmail(email: string, options?: CallOptions): Promise<WireContact | undefined>;
  /** One page of contacts. @param page 1 is the first */
  listContacts(page: number, filters?: ContactFilters, options?: CallOptions): Promise<Page<WireContact>>;
  /** The pages of all contacts, or of those that match. @param first the page to begin with */
  contactPages(filters?: ContactFilters, first?: number, options?: CallOptions): AsyncIterable<ListedPage<WireContact>>;
  /** All pipelines, page by page. */
  pipelines(options?: CallOptions): AsyncIterable<WirePipeline>;
  /** The stages of a pipeline. */
  listStages(pipelineId: string, options?: CallOptions): Promise<readonly WireStage[]>;
  /**
   * Checks the key by a read before anything is written. A key that may only write can't be checked so: `readable` is
   * false then. Throws for a key that Clarky doesn't know.
   */
  checkAccess(options?: CallOptions): Promise<Access>;
  /** Closes the connections, and the budgets that the client has opened itself. */
  close(): Promise<void>;
}

/** What a key can see. */
export interface Access {
  /** False for a key that may only write. */
  readonly readable: boolean;
  /** The distinct bot ids of all pipelines, in Clarky's order. */
  readonly bots: readonly string[];
  /** In Clarky's order. */
  readonly pipelines: readonly WirePipeline[];
}

export type Writes = Pick<Client, 'upsert' | 'patchContact' | 'deleteContact'>;

/** The calls that write, each with a token of that budget. */
export function writesOf(lane: Lane): Writes {
  let answers201 = false;

  const resultOf = (settled: Settled<WireContact>, underWayMs?: number): UpsertResult | undefined => {
    if (settled.kind === 'missing') return undefined;
    const { status, attempts } = settled;
    if (settled.kind === 'rejected') {
      const { code, message, field } = settled;
      return { outcome: 'rejected', status, code, message, field, attempts };
    }
    const { value: contact } = settled;
    answers201 ||= status === 201;
    const times = { underWayMs, serverMs: settled.serverMs };
    const created = wasCreated(status, contact, answers201, times);
    const mayBeOurs = settled.mayHaveArrived && isMadeSince(contact, times);
    return { outcome: 'accepted', created, mayBeOurs, contact, status, attempts, underWayMs };
  };

  return {
    async upsert(payload, options = {}) {
      const { signal, ...flight } = options;
      requireJson(payload);
      let leftMs: number | undefined;
      const departing = async (): Promise<void> => {
        await flight.departing?.();
        leftMs ??= lane.now();
      };
      const call = { method: 'POST', path: '/contacts/upsert', body: payload, ...flight, departing } as const;
      const settled = await ask(lane, { ...call, read: readWritten, forOneThing: false }, signal);
      const result = resultOf(settled, lane.now() - (leftMs ?? lane.now()));
      if (result === undefined) throw new Error('an upsert can be rejected, but not missing');
      return result;
    },
    async patchContact(id, changes, { signal, ...flight } = {}) {
      requireJson(changes);
      const call = { method: 'PATCH', path: contactPath(id), body: changes, ...flight } as const;
      const read = (body: unknown, status: number) => readChanged(body, status, id);
      const settled = await ask(lane, { ...call, read, forOneThing: true }, signal);
      if (settled.kind !== 'accepted') return resultOf(settled);
      const { value } = settled;
      return value === 'unseen' ? value : resultOf({ ...settled, value });
    },
    async deleteContact(id, { signal, ...flight } = {}) {
      // Its answer's body is not documented, and 204 has none: the status is all there is.
      const call = { method: 'DELETE', path: contactPath(id), ...flight } as const;
      const settled = await ask(lane, { ...call, read: () => true, forOneThing: true }, signal);
      if (settled.kind === 'missing') return 'missing';
      return settled.kind === 'accepted' ? 'deleted' : 'refused';
    },
  };
}

/** A list of pipelines that goes on behind so many pages has no end. */
const MOST_PIPELINE_PAGES = 100;

/** The calls that read. */
export function readsOf(lane: Lane): Omit<Client, keyof Writes | 'host' | 'close'> {
  const readOne = async <T>(path: string, read: Question<T>['read'], options: CallOptions): Promise<T | undefined> => {
    const settled = await ask(lane, { method: 'GET', path, read, forOneThing: true }, options.signal);
    return settled.kind === 'missing' ? undefined : valueOf(settled);
  };
  const readList = async <T>(path: string, read: Question<T>['read'], options: CallOptions): Promise<T> =>
    valueOf(await ask(lane, { method: 'GET', path, read, forOneThing: false }, options.signal));
  const listContacts: Client['listContacts'] = (page, filters = {}, options = {}) =>
    readList(`/contacts?${query({ page, page_size: MAX_PAGE_SIZE, ...filters })}`, readContactPage, options);

  async function* pipelines(options: CallOptions = {}): AsyncGenerator<WirePipeline, void, undefined> {
    const read = (page: number): Promise<Page<WirePipeline>> =>
      readList(`/pipelines?${query({ page, page_size: MAX_PAGE_SIZE })}`, readPipelinePage, options);
    for await (const { page, items } of pagesOf(read)) {
      yield* items;
      if (page === MOST_PIPELINE_PAGES) return;
    }
  }

  return {
    getContact: (id, options = {}) => readOne(contactPath(id), readContact, options),
    getByEmail: (email, options = {}) => readOne(`/contacts/by-email?${query({ email })}`, readContact, options),
    listContacts,
    contactPages: (filters = {}, first = 1, options = {}) =>
      pagesOf(
        (page) => listContacts(page, filters, options),
        first,
        () => listContacts(0, filters, { ...options, signal: withinMs(ZEROTH_PAGE_MS, options.signal) }),
      ),
    pipelines,
    async listStages(pipelineId, options = {}) {
      const stages = await readOne(`/pipelines/${encodeURIComponent(pipelineId)}/stages`, readStages, options);
      if (stages !== undefined) return stages;
      throw new ImporterError('usage', `Clarky has no pipeline ${JSON.stringify(pipelineId)}.`, {
        next: 'Read the pipelines again: it may have been deleted.',
      });
    },
    async checkAccess(options) {
      try {
        const seen: WirePipeline[] = [];
        for await (const pipeline of pipelines(options)) seen.push(pipeline);
        return { readable: true, bots: [...new Set(seen.map((one) => one.bot_id))], pipelines: seen };
      } catch (error) {
        if (!(error instanceof ImporterError) || error.code !== 'forbidden') throw error;
        return { readable: false, bots: [], pipelines: [] };
      }
    },
  };
}

/** Nothing that the user gave went into such a request: what says that it is wrong is no Clarky, or another one. */
function valueOf<T>(settled: Settled<T>): T {
  if (settled.kind === 'accepted') return settled.value;
  if (settled.kind === 'missing') throw new Error('a list can not be missing');
  throw new ImporterError('wrong_url', `Clarky rejected what is read for an import (HTTP ${String(settled.status)}).`, {
    next: 'Check --api-url or CLARKY_API_URL, then run "clarky-contacts doctor".',
    said: settled.message,
  });
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

/** A server that has no such page may fail at it, again and again. */
const ZEROTH_PAGE_MS = 5000;

function withinMs(ms: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(ms);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

import type { Page, Pagination, WireContact, WireError, WirePipeline, WireStage } from './wire.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON of a body; undefined where it is none, so that what can't be read is never taken for an answer. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The contact in an answer, bare or under `data` or `contact`; undefined unless it has an id. */
export function readContact(body: unknown): WireContact | undefined {
  for (let at = asObject(body); at !== undefined; at = asObject(at['data']) ?? asObject(at['contact'])) {
    const found = withId(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A page of contacts. Undefined unless each item has an id: half a list must not pass for a whole one. */
export function readContactPage(body: unknown): Page<WireContact> | undefined {
  return readPage(body, withId);
}

export function readPipelinePage(body: unknown): Page<WirePipeline> | undefined {
  return readPage(body, (item) => {
    const found = withId(item);
    const botId = idText(found?.['bot_id']);
    return found === undefined || botId === undefined ? undefined : { ...found, bot_id: botId };
  });
}

/** A pipeline's stages: a list that is not paginated. */
export function readStages(body: unknown): readonly WireStage[] | undefined {
  return readPage(body, withId)?.items;
}

/** What the error envelope holds; all undefined where there is none. */
export function readError(body: unknown): WireError {
  const error = asObject(asObject(body)?.['error']);
  const details = error?.['details'];
  const detail: unknown = Array.isArray(details) ? details[0] : details;
  const field = text(asObject(detail)?.['field']);
  return { code: text(error?.['code']), message: text(error?.['message']), field: field?.split('.').at(-1) };
}

/**
 * Whether an upsert created its contact. 201 says so, and a server that ever answers 201 means an update by 200; one that
 * always answers 200 tells by its stamps: a contact never updated was created just now. Undefined where nothing tells.
 */
export function wasCreated(status: number, contact: WireContact, answers201: boolean): boolean | undefined {
  if (status === 201) return true;
  if (answers201) return false;
  const { created_at: created, updated_at: updated } = contact;
  return typeof created === 'string' && typeof updated === 'string' ? created === updated : undefined;
}

function readPage<Item>(body: unknown, readItem: (item: unknown) => Item | undefined): Page<Item> | undefined {
  const list: unknown = Array.isArray(body) ? body : asObject(body)?.['data'];
  if (!Array.isArray(list)) return undefined;
  const items = list.map(readItem).filter((item) => item !== undefined);
  if (items.length < list.length) return undefined;
  return { items, pagination: readPagination(asObject(body)?.['pagination']) };
}

function readPagination(value: unknown): Pagination | undefined {
  const { page, page_size: pageSize, total, total_pages: totalPages } = asObject(value) ?? {};
  if (!isCount(page) || !isCount(pageSize) || !isCount(total) || !isCount(totalPages)) return undefined;
  return { page, pageSize, total, totalPages };
}

function withId(value: unknown): WireContact | undefined {
  const found = asObject(value);
  const id = idText(found?.['id']);
  return found === undefined || id === undefined ? undefined : { ...found, id };
}

function idText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

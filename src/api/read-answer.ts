import { isObject } from '../given.js';
import type { Page, Pagination, WireContact, WireError, WirePipeline, WireStage } from './wire.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** The contact in an answer, bare or under `data` or `contact`; undefined unless it has an id. */
export function readContact(body: unknown): WireContact | undefined {
  for (let at = asObject(body); at !== undefined; at = asObject(at['data']) ?? asObject(at['contact'])) {
    const found = withId(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

const OF_A_PERSON = ['emails', 'phone_numbers', 'first_name', 'last_name', 'company', 'job_title'];
const NAMES_OF_JOBS = ['queued', 'pending', 'job', 'job_id', 'task', 'task_id', 'operation_id'];
const OF_A_RECEIPT = ['status', 'state', ...NAMES_OF_JOBS];

/**
 * The contact in the answer to a write, if it says that it was done: no failure in the clothes of a success, no rehearsal, and
 * no "we have it and will see to it". Whether Clarky kept what was sent is another question: it was written.
 */
export function readWritten(body: unknown): WireContact | undefined {
  const contact = readContact(body);
  if (contact === undefined || isReceipt(body, contact)) return undefined;
  return [...wrappersOf(body), contact].some(saysNotDone) || wrappersOf(body).some(isNotDoneYet) ? undefined : contact;
}

/**
 * The contact in the answer to a change of it; `unseen` where that says that it is done, or will be, and does not show the contact:
 * what a PATCH is answered with is not documented.
 */
export function readChanged(body: unknown, status: number, id: string): WireContact | 'unseen' | undefined {
  const [shown, contact] = [readContact(body), readWritten(body)];
  const said = [...wrappersOf(body), ...(shown === undefined ? [] : [shown])];
  if (said.some(saysNotDone) || (shown !== undefined && shown.id !== id)) return undefined;
  if (status === 202 || status === 204) return 'unseen';
  return shown === undefined && asObject(body) !== undefined && !said.some(isNotDoneYet) ? 'unseen' : contact;
}

/** What stands around the contact in an answer, and what is said beside it. */
function wrappersOf(body: unknown): JsonObject[] {
  const wrappers: JsonObject[] = [];
  for (let at = asObject(body); at !== undefined && withId(at) === undefined;) {
    wrappers.push(at, asObject(at['meta']) ?? {});
    at = asObject(at['data']) ?? asObject(at['contact']);
  }
  return wrappers;
}

const REHEARSALS = ['dry_run', 'dryRun', 'dry-run', 'simulated', 'simulation', 'validate_only', 'preview'];

function saysNotDone(said: JsonObject): boolean {
  const { error, errors, success, ok } = said;
  if (isNo(success) || isNo(ok) || REHEARSALS.some((name) => said[name] === true || said[name] === 'true')) return true;
  return [error, errors].some((value) => value !== undefined && value !== null && value !== false && !isEmpty(value));
}

function isNo(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^(?:false|no|0)$/i.test(value.trim()));
}

/** Not of the contact itself, which may have a status of its own. */
const NOT_DONE =
  /^(?:(?:fail|abort|cancel|discard|not[ _-]|partial|pending|await|quarantin)\w*|errors?|rejected|refused|denied|blocked|invalid|skipped|ignored|dropped|dry[ _-]?run|preview|queued|scheduled|deferred|processing|in[ _-](?:progress|review))$/i;

/** A code beside a contact is that of an error, unless it speaks of success. */
const IS_DONE = /(?:^|[ _-])ok|succe|creat|updat|upsert|saved|stored|done|complete|^20[01]$|^0+$/i;
const IS_FAULT = /fail|error|exceed|invalid|denied|not[ _-]|(?:^|[ _-])(?:un|no)/i;

function isNotDoneYet({ status, state, result, results, code, ...said }: JsonObject): boolean {
  if (Array.isArray(results) && results.some((one) => saysNotDone(asObject(one) ?? {}))) return true;
  if (NAMES_OF_JOBS.some((name) => !isEmpty(said[name]) && said[name] !== false)) return true;
  if (!isEmpty(code) && !(IS_DONE.test(String(code)) && !IS_FAULT.test(String(code)))) return true;
  return [status, state, result].some((word) =>
    typeof word === 'number' ? word >= 400 : typeof word === 'string' && NOT_DONE.test(word.trim()),
  );
}

/** It says how far it is, id or not, and nothing of a person. */
function isReceipt(body: unknown, contact: WireContact): boolean {
  if (OF_A_PERSON.some((field) => field in contact)) return false;
  return OF_A_RECEIPT.some((field) => field in contact || field in (asObject(body) ?? {}));
}

/** Whether a contact shows which e-mails and phones it has, and that they are none. @param fields those that are asked about */
export function showsNone(
  contact: WireContact,
  fields: readonly ('emails' | 'phone_numbers')[] = ['emails', 'phone_numbers'],
): boolean {
  return fields.length > 0 && fields.every((field) => field in contact && isEmpty(contact[field]));
}

/** Whether a contact is one that nobody sees: deleted, archived, merged into another, or waiting to be let in. */
export function isPutAway(contact: WireContact): boolean {
  const {
    deleted_at: deletedAt,
    archived_at: archivedAt,
    deleted,
    is_deleted,
    archived,
    is_archived,
    merged_into: mergedInto,
    status,
  } = contact;
  if ([deletedAt, archivedAt, mergedInto].some((moment) => !isEmpty(moment) && moment !== false)) return true;
  if ([deleted, is_deleted, archived, is_archived].includes(true)) return true;
  return (
    typeof status === 'string' &&
    /^(?:deleted|archived|trashed|merged|quarantined|(?:pending|awaiting|in)[ _-](?:review|approval|moderation))$/i.test(
      status.trim(),
    )
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    Object.keys(asObject(value) ?? { some: 1 }).length === 0
  );
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

/** Clarky's codes as the statuses that its documentation gives them (Clarky API, "Errors"). */
export const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  bad_request: 400,
  validation_error: 422,
  conflict: 409,
  rate_limited: 429,
  internal_error: 500,
};

/** A code that Clarky does not document may hold anything: it is not kept. */
const OTHER_CODE = 'other';
const MOST_OF_A_MESSAGE = 500;

/** What the error envelope holds; all undefined where there is none. */
export function readError(body: unknown): WireError {
  const error = asObject(asObject(body)?.['error']);
  const details = error?.['details'];
  const detail: unknown = Array.isArray(details) ? details[0] : details;
  const field = text(asObject(detail)?.['field']);
  const code = text(error?.['code']);
  return {
    code: code === undefined || Object.hasOwn(STATUS_BY_CODE, code) ? code : OTHER_CODE,
    message: text(error?.['message'])?.slice(0, MOST_OF_A_MESSAGE),
    field: field !== undefined && /^[\w.[\]]{1,128}$/.test(field) ? field.split('.').at(-1) : undefined,
  };
}

function readPage<Item>(body: unknown, readItem: (item: unknown) => Item | undefined): Page<Item> | undefined {
  const list: unknown = Array.isArray(body) ? body : asObject(body)?.['data'];
  if (!Array.isArray(list)) return undefined;
  const items = list.map(readItem).filter((item) => item !== undefined);
  if (items.length < list.length) return undefined;
  return { items, pagination: readPagination(asObject(body)?.['pagination']) };
}

function readPagination(value: unknown): Pagination | undefined {
  const { total, total_pages: totalPages } = asObject(value) ?? {};
  const pagination = { total: count(total), totalPages: count(totalPages) };
  return pagination.total === undefined && pagination.totalPages === undefined ? undefined : pagination;
}

function withId(value: unknown): WireContact | undefined {
  const found = asObject(value);
  const id = idText(found?.['id']);
  return found === undefined || id === undefined ? undefined : { ...found, id };
}

/** An id is bounded in form and length: it goes into files that hold no personal data. */
function idText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^[\w][\w.~:+/=-]{0,127}$/.test(value) ? value : undefined;
}

function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers come as text from some servers. */
function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

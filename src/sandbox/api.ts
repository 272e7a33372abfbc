import { failure, invalid, notFound, type Answer } from './http/answer.js';
import { identityOf } from './http/incoming.js';
import { isJsonObject, readContactInput, type Checked, type ContactInput } from './contacts/contact-input.js';
import type { ContactStore } from './contacts/contact-store.js';
import { filterContacts, listPage, readPage } from './contacts/listing.js';
import type { Readings } from './readings.js';
import { emptyContact, wireContact, type StoredContact } from './contacts/stored-contact.js';
import { WORKSPACE_ID, type Workspace } from './workspace.js';

/** What the API works on. */
export interface ApiContext {
  store: ContactStore;
  /** The contacts that reads are answered from: they may be behind. */
  shownStore: () => ContactStore;
  workspace: Workspace;
  readings: Readings;
  nowMs: () => number;
  /** What an upsert waits for between its lookup and its write, where they are not one step. */
  afterLookup: () => Promise<void> | undefined;
}

export interface ApiRequest {
  method: string;
  /** Path below the base, in its decoded parts. */
  path: readonly string[];
  query: URLSearchParams;
  /** The parsed body of a write; undefined where there was none. */
  body: unknown;
}

/** Answers one call that has the right to be made. Any path or method that the API does not have is `not_found`. */
export async function answerCall(request: ApiRequest, given: ApiContext): Promise<Answer> {
  const { method, path } = request;
  const [collection, id, sub] = path;
  const isRead = method === 'GET' || method === 'HEAD';
  const context = isRead ? { ...given, store: given.shownStore() } : given;
  if (collection === 'pipelines' && isRead) {
    if (path.length === 1) return listPipelines(request, context);
    if (path.length === 3 && sub === 'stages') return listStages(id ?? '', context);
  }
  if (collection !== 'contacts' || path.length > 2) return notFound('Route');
  if (id === undefined) {
    if (isRead) return listContacts(request, context);
    return method === 'POST' ? createContact(request, context) : notFound('Route');
  }
  if (method === 'POST') return id === 'upsert' ? upsertContact(request, context) : notFound('Route');
  if (isRead && id === 'by-email') return contactByEmail(request, context);
  const contact = context.store.get(id);
  if (contact === undefined) return notFound('Contact');
  if (isRead) return { status: 200, body: shown(contact, context) };
  if (method === 'PATCH') return patchContact(contact, request, context);
  return method === 'DELETE' ? deleteContact(contact, context) : notFound('Route');
}

/** Checks a write's body: types, a bot of this workspace, a stage that is there. */
export function readWrite(
  body: unknown,
  context: Pick<ApiContext, 'workspace' | 'readings'>,
): Checked<ContactInput> | { ok: false; field: undefined; message: string } {
  if (!isJsonObject(body)) return { ok: false, field: undefined, message: 'The body must be a JSON object' };
  const input = readContactInput(body, context.readings);
  if (!input.ok) return input;
  const { bot_id: botId, pipeline_stage_id: stageId } = input.value;
  if (botId !== undefined && !context.workspace.botIds.includes(botId)) {
    return { ok: false, field: 'bot_id', message: 'bot_id is not a bot of this workspace' };
  }
  if (typeof stageId === 'string' && !context.workspace.stages.some((stage) => stage.id === stageId)) {
    return { ok: false, field: 'pipeline_stage_id', message: 'pipeline_stage_id is not a stage of this workspace' };
  }
  return input;
}

type NewContact = ContactInput & { bot_id: string };

function readNewContact(body: unknown, context: ApiContext): { input: NewContact } | { refusal: Answer } {
  const read = readWrite(body, context);
  if (!read.ok) return { refusal: refusalOf(read) };
  const { bot_id: botId } = read.value;
  if (botId === undefined) return { refusal: invalid({ field: 'bot_id', message: 'bot_id is required' }) };
  return { input: { ...read.value, bot_id: botId } };
}

function refusalOf({ field, message }: { field: string | undefined; message: string }): Answer {
  return field === undefined ? failure('bad_request', message) : invalid({ field, message });
}

async function upsertContact({ body }: ApiRequest, context: ApiContext): Promise<Answer> {
  const read = readNewContact(body, context);
  if ('refusal' in read) return read.refusal;
  const { store, readings, nowMs } = context;
  const match = store.match(read.input);
  const pause = context.afterLookup();
  // Awaiting nothing would still let another call in between: then no upsert were atomic.
  if (pause !== undefined) await pause;
  // One that was deleted meanwhile is not there to be written to.
  if (match === undefined || store.get(match.id) === undefined) {
    const created = store.insert(read.input, nowMs());
    return { status: readings.createdStatus, body: shown(created, context), outcome: 'created' };
  }
  store.update(match, read.input, nowMs(), readings);
  return { status: 200, body: shown(match, context), outcome: 'updated' };
}

function createContact({ body }: ApiRequest, context: ApiContext): Answer {
  const read = readNewContact(body, context);
  if ('refusal' in read) return read.refusal;
  const { store, readings, nowMs } = context;
  if (readings.createDuplicate === 'conflict' && store.match(read.input) !== undefined) {
    return failure('conflict', 'A contact with this email or phone number exists');
  }
  return { status: 201, body: shown(store.insert(read.input, nowMs()), context), outcome: 'created' };
}

function patchContact(contact: StoredContact, { body }: ApiRequest, context: ApiContext): Answer {
  const read = readWrite(body, context);
  if (!read.ok) return refusalOf(read);
  const { customFields, patchedFields: missingFields } = context.readings;
  // A PATCH says what shall be there: the open question about an upsert's tags is not asked of it.
  context.store.update(contact, read.value, context.nowMs(), { missingFields, tags: 'replace', customFields });
  return { status: 200, body: shown(contact, context), outcome: 'updated' };
}

function deleteContact(contact: StoredContact, context: ApiContext): Answer {
  context.store.remove(contact);
  if (context.readings.deletedStatus === 204) return { status: 204, outcome: 'deleted' };
  return { status: 200, body: shown(contact, context), outcome: 'deleted' };
}

function listContacts({ query }: ApiRequest, { store, readings }: ApiContext): Answer {
  const page = readPage(query);
  if (!page.ok) return invalid(page);
  const found = filterContacts(store.all(), query);
  if (!found.ok) return invalid(found);
  const contacts = readings.listOrder === 'newest' ? found.value.toReversed() : found.value;
  return {
    status: 200,
    body: listPage(contacts, page.value, (contact) => wireContact(contact, readings.answers), readings.pagination),
  };
}

function contactByEmail({ query }: ApiRequest, context: ApiContext): Answer {
  const email = query.get('email');
  if (!email) return invalid({ field: 'email', message: 'email is required' });
  const contact = context.store.byEmail(email);
  return contact === undefined ? notFound('Contact') : { status: 200, body: shown(contact, context) };
}

function listPipelines({ query }: ApiRequest, { workspace, readings }: ApiContext): Answer {
  const page = readPage(query);
  if (!page.ok) return invalid(page);
  const botId = query.get('bot_id');
  const pipelines = workspace.pipelines.filter((pipeline) => botId === null || pipeline.bot_id === botId);
  return { status: 200, body: listPage(pipelines, page.value, (pipeline) => pipeline, readings.pagination) };
}

function listStages(pipelineId: string, { workspace }: ApiContext): Answer {
  if (!workspace.pipelines.some((pipeline) => pipeline.id === pipelineId)) return notFound('Pipeline');
  return { status: 200, body: { data: workspace.stages.filter((stage) => stage.pipeline_id === pipelineId) } };
}

/** Somebody else's contact, as an answer shows it: the oldest stored one that `sent` is not about, else a made-up one. */
export function strangerTo(sent: unknown, context: ApiContext): unknown {
  const identity = identityOf(sent);
  const others = context.store.all().filter((contact) => identityOf(wireContact(contact, 'strings')) !== identity);
  const madeUp = emptyContact(
    1,
    WORKSPACE_ID,
    context.workspace.botIds[0] ?? '',
    new Date(context.nowMs()).toISOString(),
  );
  const stranger = {
    ...madeUp,
    first_name: 'Somebody',
    last_name: 'Else',
    emails: [{ value: 'else@x.example', primary: true }],
  };
  return shown(others[0] ?? stranger, context);
}

function shown(contact: StoredContact, { readings }: ApiContext): unknown {
  const wire = wireContact(contact, readings.answers);
  return readings.envelope === 'data' ? { data: wire } : wire;
}

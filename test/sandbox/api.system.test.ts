import { describe, expect, it } from 'vitest';
import { answerCall } from '../../src/sandbox/api.js';
import { ContactStore } from '../../src/sandbox/contacts/contact-store.js';
import { LIKELY_READINGS, type Readings } from '../../src/sandbox/index.js';
import { buildWorkspace } from '../../src/sandbox/workspace.js';
import { call, contactIn, errorIn, sandboxWith, upsert } from './caller.js';

const ADA = { first_name: 'Ada', emails: ['ada@example.com'], phone_numbers: ['+441632960001'] };

/** A sandbox without limits, that takes one open question in the given way. */
const reading = (readings: Partial<Readings> = {}) =>
  sandboxWith({ writes: { limit: 0, windowMs: 60_000 }, reads: { limit: 0, windowMs: 60_000 }, readings });

describe('keys', () => {
  it.each([
    ['no key', ''],
    ['an unknown key', 'Bearer ck_live_nobody'],
    ['another scheme', 'Basic KEY'],
    ['no word before it', 'KEY'],
    ['another case', 'bearer KEY'],
    ['two spaces', 'Bearer  KEY'],
    ['something after it', 'Bearer KEY x'],
  ])('refuses %s with 401', async (_, header) => {
    const sandbox = await reading();
    const authorization = header.replace('KEY', sandbox.key);
    const reply = await call(sandbox, 'GET', '/contacts', { authorization });
    expect(errorIn(reply)).toEqual({ status: 401, code: 'unauthorized', field: undefined });
    expect((await call(sandbox, 'GET', '/contacts')).status).toBe(200);
  });

  it('has a key for reading, one for writing and one for both', async () => {
    const sandbox = await reading();
    const { key, readOnlyKey, writeOnlyKey, botId } = sandbox;
    expect(key).toMatch(/^ck_live_[0-9a-f]{30}$/);
    const statuses = [];
    for (const each of [key, readOnlyKey, writeOnlyKey]) {
      const authorization = `Bearer ${each}`;
      const body = { bot_id: botId, ...ADA };
      const read = await call(sandbox, 'GET', '/contacts', { authorization });
      const write = await call(sandbox, 'POST', '/contacts/upsert', { authorization, body });
      statuses.push([read.status, write.status]);
    }
    expect(statuses).toEqual([
      [200, 201],
      [200, 403],
      [403, 200],
    ]);
    expect(sandbox.requests.map((request) => request.key)).toEqual([
      ...['full', 'full', 'read-only', 'read-only', 'write-only', 'write-only'],
    ]);
    sandbox.revokeKey();
    expect((await call(sandbox, 'GET', '/contacts')).status).toBe(401);
  });
});

describe('upsert', () => {
  it('creates once, then updates by email, then by phone', async () => {
    const sandbox = await reading();
    const created = await upsert(sandbox, ADA);
    const byEmail = await upsert(sandbox, { emails: [' ADA@example.com'], last_name: 'Lovelace' });
    const byPhone = await upsert(sandbox, { phone_numbers: ['+44 1632 960001'], company: 'Analytical' });
    expect([created.status, byEmail.status, byPhone.status]).toEqual([201, 200, 200]);
    expect(sandbox.contacts()).toHaveLength(1);
    expect(contactIn(byPhone)).toMatchObject({ first_name: 'Ada', last_name: 'Lovelace', company: 'Analytical' });
    expect(sandbox.contacts()[0]?.internal.writes).toBe(3);
    expect(sandbox.requests.map((request) => request.outcome)).toEqual(['created', 'updated', 'updated']);
  });

  it('is one step: two that are read in the same moment create one contact', async () => {
    const workspace = buildWorkspace(1);
    const store = new ContactStore(LIKELY_READINGS, 'workspace');
    const context = {
      ...{ store, shownStore: () => store, workspace, readings: LIKELY_READINGS },
      ...{ nowMs: () => 0, afterLookup: () => undefined },
    };
    const body = { bot_id: workspace.botIds[0], ...ADA };
    const request = { method: 'POST', path: ['contacts', 'upsert'], query: new URLSearchParams(), body };
    const answers = await Promise.all([answerCall(request, context), answerCall(request, context)]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['created', 'updated']);
  });

  it('looks a contact up by its primary email alone, flagged or first', async () => {
    const sandbox = await reading();
    await upsert(sandbox, { emails: ['a@x.example', { email: 'b@x.example', is_primary: true }] });
    expect((await upsert(sandbox, { emails: ['a@x.example'] })).status).toBe(201);
    expect((await upsert(sandbox, { emails: ['b@x.example'] })).status).toBe(200);
  });

  it('creates anew each time where there is neither email nor phone', async () => {
    const sandbox = await reading();
    expect((await upsert(sandbox, { first_name: 'Nobody' })).status).toBe(201);
    expect((await upsert(sandbox, { first_name: 'Nobody' })).status).toBe(201);
  });

  it.each([
    ['bot_id', { bot_id: 'bot_of_others' }],
    ['bot_id', { bot_id: undefined }],
    ['bot_id', { bot_id: 7 }],
    ['first_name', { first_name: 7 }],
    ['notes', { notes: ['x'] }],
    ['emails', { emails: 'a@x.example' }],
    ['emails', { emails: ['no address'] }],
    ['emails', { emails: [{ phone_number: '+1' }] }],
    ['emails', { emails: [{ email: 'a@x.example', is_primary: 'yes' }] }],
    ['phone_numbers', { phone_numbers: [4930] }],
    ['phone_numbers', { phone_numbers: ['none'] }],
    ['tags', { tags: ['a', 1] }],
    ['deal_value', { deal_value: '12.50' }],
    ['custom_fields', { custom_fields: [] }],
    ['pipeline_stage_id', { pipeline_stage_id: 'stage_of_others' }],
  ])('refuses a wrong %s with 422 that names it', async (field, contact) => {
    const sandbox = await reading();
    const reply = await upsert(sandbox, { ...ADA, ...contact });
    expect(errorIn(reply)).toEqual({ status: 422, code: 'validation_error', field });
    expect(sandbox.contacts()).toHaveLength(0);
  });

  it('takes null for a text and a deal value, and every field', async () => {
    const sandbox = await reading();
    const contact = { ...ADA, notes: null, deal_value: 12.5, tags: ['a'], custom_fields: { size: 'XL', n: 1 } };
    expect(contactIn(await upsert(sandbox, contact))).toMatchObject(contact);
    expect(contactIn(await upsert(sandbox, { ...ADA, deal_value: null }))).toMatchObject({ deal_value: null });
  });

  it.each([
    ['broken JSON', '{"bot_id":'],
    ['no body', ''],
    ['an array', '[]'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('refuses %s with 400', async (_, raw) => {
    const sandbox = await reading();
    const reply = await call(sandbox, 'POST', '/contacts/upsert', { raw });
    expect(errorIn(reply)).toMatchObject({ status: 400, code: 'bad_request' });
  });

  it('refuses a body beyond its bound and goes on', async () => {
    const sandbox = await reading();
    // A client that is still sending may meet the end of the connection before it reads the answer.
    const sent = upsert(sandbox, { ...ADA, notes: 'x'.repeat(2 << 20) }).then(({ status }) => status);
    expect([413, 'cut']).toContain(await sent.catch(() => 'cut'));
    expect(sandbox.requests[0]).toMatchObject({ status: 413, outcome: null });
    expect((await upsert(sandbox, ADA)).status).toBe(201);
  });

  it('links a business address to a company, and a private one to none', async () => {
    const sandbox = await reading();
    expect(contactIn(await upsert(sandbox, ADA)).company_id).toBe('company_example.com');
    expect(contactIn(await upsert(sandbox, { emails: ['x@gmail.com'] })).company_id).toBeNull();
  });
});

describe('the other calls', () => {
  it('gets, patches and deletes a contact, and finds it by email', async () => {
    const sandbox = await reading();
    const { id } = contactIn(await call(sandbox, 'POST', '/contacts', { body: { bot_id: sandbox.botId, ...ADA } }));
    const path = `/contacts/${String(id)}`;
    expect(contactIn(await call(sandbox, 'GET', path))).toMatchObject(ADA);
    expect(contactIn(await call(sandbox, 'GET', '/contacts/by-email?email=ada%40example.com')).id).toBe(id);
    expect(contactIn(await call(sandbox, 'PATCH', path, { body: { emails: [], company: 'X' } }))).toMatchObject({
      ...{ first_name: 'Ada', company: 'X', emails: [] },
    });
    expect((await call(sandbox, 'GET', '/contacts/by-email?email=ada%40example.com')).status).toBe(404);
    expect(errorIn(await call(sandbox, 'PATCH', path, { body: { bot_id: 'other' } })).field).toBe('bot_id');
    expect((await call(sandbox, 'DELETE', path)).status).toBe(204);
    expect(errorIn(await call(sandbox, 'GET', path))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it.each([
    ['GET', '/nothing'],
    ['POST', '/contacts/upsert/more'],
    ['PUT', '/contacts'],
    ['POST', '//elsewhere'],
    ['GET', '//api/v1/contacts/%E0%A4%A'],
  ])('answers %s %s with an error in the envelope', async (method, path) => {
    const sandbox = await reading();
    const { status, code } = errorIn(await call(sandbox, method, path));
    expect([status, code]).toEqual(path.includes('%') ? [400, 'bad_request'] : [404, 'not_found']);
  });

  it('lists the pipelines of each bot, and their stages', async () => {
    const sandbox = await sandboxWith({ bots: 2 });
    expect(sandbox.botIds).toHaveLength(2);
    const all = (await call(sandbox, 'GET', '/pipelines?page_size=3')).json;
    expect(all).toMatchObject({ pagination: { page: 1, page_size: 3, total: 4, total_pages: 2 } });
    const { data } = (await call(sandbox, 'GET', `/pipelines?bot_id=${String(sandbox.botIds[1])}`)).json as {
      data: { id: string; bot_id: string; is_default: boolean }[];
    };
    expect(data.map((pipeline) => [pipeline.bot_id, pipeline.is_default])).toEqual([
      [sandbox.botIds[1], true],
      [sandbox.botIds[1], false],
    ]);
    const stages = (await call(sandbox, 'GET', `/pipelines/${String(data[0]?.id)}/stages`)).json as {
      data: { id: string; name: string }[];
    };
    expect(stages.data.map(({ name }) => name)).toEqual(['Lead', 'Qualified', 'Proposal', 'Won', 'Lost']);
    expect((await upsert(sandbox, { ...ADA, pipeline_stage_id: stages.data[0]?.id })).status).toBe(201);
    expect((await call(sandbox, 'GET', '/pipelines/none/stages')).status).toBe(404);
  });

  it('takes fixed bot ids', async () => {
    const sandbox = await sandboxWith({ bots: ['bot_a', 'bot_b'] });
    expect([sandbox.botId, ...sandbox.botIds]).toEqual(['bot_a', 'bot_a', 'bot_b']);
  });
});

describe('lists', () => {
  const listed = async (query: string): Promise<unknown[]> => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const sandbox = await sandboxWith({ bots: 2, clock: () => (nowMs += 1000) });
    const [stage] = (
      (await call(sandbox, 'GET', `/pipelines/pipeline_${sandbox.botId}_sales/stages`)).json as {
        data: { id: string }[];
      }
    ).data;
    sandbox.seed([
      { first_name: 'Ada', emails: ['ada@x.example'], tags: ['vip'], lead_source: 'Fair' },
      { first_name: 'Ben', company: 'Adams', tags: ['vip', 'new'], pipeline_stage_id: stage?.id },
      { first_name: 'Cy', bot_id: sandbox.botIds[1], phone_numbers: ['+4930123'] },
    ]);
    const [, ben] = sandbox.contacts();
    const filled = query.replace('BEN', String(ben?.created_at)).replace('STAGE', String(stage?.id));
    const reply = await call(sandbox, 'GET', `/contacts?${filled.replace('BOT', String(sandbox.botIds[1]))}`);
    return (reply.json as { data: { first_name: string }[] }).data.map((contact) => contact.first_name);
  };

  it.each([
    ['', ['Ada', 'Ben', 'Cy']],
    ['search=aDa', ['Ada', 'Ben']],
    ['search=4930', ['Cy']],
    ['tags=new', ['Ben']],
    ['tags=vip,other', ['Ada', 'Ben']],
    ['lead_source=Fair', ['Ada']],
    ['pipeline_stage_id=STAGE', ['Ben']],
    ['bot_id=BOT', ['Cy']],
    ['created_after=BEN', ['Cy']],
    ['created_before=BEN', ['Ada']],
    ['updated_after=BEN', ['Cy']],
    ['page=2&page_size=2', ['Cy']],
    ['page=3&page_size=2', []],
  ])('with %j holds %j', async (query, names) => {
    expect(await listed(query)).toEqual(names);
  });

  it('has 25 a page, at most 100, and says how many there are', async () => {
    const sandbox = await reading();
    sandbox.seed(Array.from({ length: 101 }, (_, index) => ({ emails: [`${String(index)}@x.example`] })));
    expect((await call(sandbox, 'GET', '/contacts')).json).toMatchObject({
      pagination: { page: 1, page_size: 25, total: 101, total_pages: 5 },
    });
    const whole = (await call(sandbox, 'GET', '/contacts?page_size=100')).json as { data: unknown[] };
    expect(whole.data).toHaveLength(100);
    for (const query of ['page_size=101', 'page_size=0', 'page_size=x']) {
      expect(errorIn(await call(sandbox, 'GET', `/contacts?${query}`)).field).toBe('page_size');
    }
    expect(errorIn(await call(sandbox, 'GET', '/contacts?page=0')).field).toBe('page');
    expect(errorIn(await call(sandbox, 'GET', '/contacts?updated_after=soon')).field).toBe('updated_after');
    expect(errorIn(await call(sandbox, 'GET', '/contacts/by-email')).field).toBe('email');
  });
});

describe('what the documentation leaves open', () => {
  const first = async (readings: Partial<Readings>, ...contacts: Record<string, unknown>[]) => {
    const sandbox = await reading(readings);
    const statuses = [];
    for (const contact of contacts) statuses.push((await upsert(sandbox, contact)).status);
    return { statuses, contacts: sandbox.contacts() };
  };
  const objects = { emails: [{ email: 'a@x.example', is_primary: true }] };
  const strings = { emails: ['a@x.example'] };

  it.each([
    ['both', [201, 200]],
    ['strings', [201, 422]],
    ['objects', [422, 201]],
  ] as const)('accepts %s', async (accepts, statuses) => {
    expect((await first({ accepts }, strings, objects)).statuses).toEqual(statuses);
  });

  it('answers strings, the primary first, or objects', async () => {
    const two = { emails: ['a@x.example', { email: 'b@x.example', is_primary: true }], phone_numbers: ['+1555'] };
    const asStrings = (await first({ answers: 'strings' }, two)).contacts[0];
    expect([asStrings?.emails, asStrings?.phone_numbers]).toEqual([['b@x.example', 'a@x.example'], ['+1555']]);
    const asObjects = (await first({ answers: 'objects' }, two)).contacts[0];
    expect(asObjects?.emails[1]).toEqual({ email: 'b@x.example', is_primary: true });
    expect(asObjects?.phone_numbers).toEqual([{ phone_number: '+1555', is_primary: true }]);
  });

  it('puts a contact under data or not', async () => {
    const wrapped = (await upsert(await reading({ envelope: 'data' }), ADA)).json;
    const bare = (await upsert(await reading({ envelope: 'bare' }), ADA)).json;
    expect([wrapped, bare]).toMatchObject([{ data: ADA }, ADA]);
  });

  it('answers a created contact with 201 or 200', async () => {
    expect((await first({ createdStatus: 200 }, ADA)).statuses).toEqual([200]);
  });

  it('keeps or clears the fields that are left out', async () => {
    const update = { emails: ADA.emails, company: 'X' };
    const kept = (await first({ missingFields: 'keep' }, { ...ADA, tags: ['a'] }, update)).contacts[0];
    expect(kept).toMatchObject({ ...ADA, company: 'X', tags: ['a'] });
    const cleared = (await first({ missingFields: 'clear' }, { ...ADA, tags: ['a'] }, update)).contacts[0];
    expect(cleared).toMatchObject({ first_name: null, phone_numbers: [], company: 'X', tags: [] });
  });

  it('replaces or joins tags, and custom fields', async () => {
    const one = { ...ADA, tags: ['a', 'b'], custom_fields: { k: 1, l: 1 } };
    const two = { ...ADA, tags: ['b', 'c'], custom_fields: { l: 2 } };
    const replaced = (await first({ tags: 'replace', customFields: 'replace' }, one, two)).contacts[0];
    expect(replaced).toMatchObject({ tags: ['b', 'c'], custom_fields: { l: 2 } });
    expect(replaced?.custom_fields).not.toHaveProperty('k');
    const joined = (await first({ tags: 'join', customFields: 'merge' }, one, two)).contacts[0];
    expect(joined).toMatchObject({ tags: ['a', 'b', 'c'], custom_fields: { k: 1, l: 2 } });
  });

  it.each([
    ['emailLookup', 'insensitive', 'exact', { emails: ['a@x.example'] }, { emails: ['A@x.example'] }],
    ['phoneLookup', 'digits', 'exact', { phone_numbers: ['+1555'] }, { phone_numbers: ['+1 555'] }],
    ['phoneMatch', 'any', 'primary', { phone_numbers: ['+1', '+2'] }, { phone_numbers: ['+2'] }],
    ['emailMatch', 'any', 'primary', { emails: ['a@x.example', 'b@x.example'] }, { emails: ['b@x.example'] }],
  ])('with %s finds a contact by %s, and not by %s', async (name, finds, misses, stored, sent) => {
    expect((await first({ [name]: finds }, stored, sent)).statuses).toEqual([201, 200]);
    expect((await first({ [name]: misses }, stored, sent)).statuses).toEqual([201, 201]);
  });

  it.each([
    ['email', 'e@x.example'],
    ['phone', 'p@x.example'],
    ['newest', 'p@x.example'],
  ] as const)('lets %s win where email and phone match two', async (winner, changed) => {
    const { contacts } = await first(
      { winner },
      { emails: ['e@x.example'] },
      { emails: ['p@x.example'], phone_numbers: ['+1555'] },
      { emails: ['e@x.example'], phone_numbers: ['+1555'], notes: 'hit' },
    );
    const hit = contacts.findIndex((contact) => contact.notes === 'hit');
    expect(hit).toBe(changed === 'e@x.example' ? 0 : 1);
  });

  it('looks in the workspace or in the bot alone', async () => {
    for (const [dedupeScope, status] of [['workspace', 200] as const, ['bot', 201] as const]) {
      const sandbox = await sandboxWith({ bots: 2, readings: { dedupeScope } });
      await upsert(sandbox, ADA);
      expect((await upsert(sandbox, { ...ADA, bot_id: sandbox.botIds[1] })).status).toBe(status);
    }
  });

  it('tidies values up or not', async () => {
    const sent = { emails: ['Ada@Example.com'], phone_numbers: ['+441632960001'] };
    expect((await first({ normalises: false }, sent)).contacts[0]).toMatchObject(sent);
    expect((await first({ normalises: true }, sent)).contacts[0]).toMatchObject({
      ...{ emails: ['ada@example.com'], phone_numbers: ['+441 632 960 001'] },
    });
  });

  it('takes a second create, a field of no contact, and a delete in each way', async () => {
    const strict = await reading({ createDuplicate: 'conflict', unknownFields: 'reject', deletedStatus: 200 });
    const lax = await reading();
    const seen = [];
    for (const sandbox of [strict, lax]) {
      const body = { bot_id: sandbox.botId, ...ADA };
      const { id } = contactIn(await call(sandbox, 'POST', '/contacts', { body }));
      const again = await call(sandbox, 'POST', '/contacts', { body });
      const unknown = await upsert(sandbox, { ...ADA, shoe_size: 44 });
      const deleted = await call(sandbox, 'DELETE', `/contacts/${String(id)}`);
      seen.push([again.status, unknown.status, deleted.status]);
    }
    expect(seen).toEqual([
      [409, 422, 200],
      [201, 200, 204],
    ]);
  });

  it('begins a list with the oldest or the newest', async () => {
    for (const [listOrder, name] of [['oldest', 'A'] as const, ['newest', 'B'] as const]) {
      const sandbox = await reading({ listOrder });
      sandbox.seed([{ first_name: 'A' }, { first_name: 'B' }]);
      const { data } = (await call(sandbox, 'GET', '/contacts')).json as { data: { first_name: string }[] };
      expect(data[0]?.first_name).toBe(name);
    }
  });
});

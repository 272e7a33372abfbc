import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { FaultKind, FaultSettings, SandboxOptions } from '../../src/sandbox/index.js';
import { call, contactIn, errorIn, sandboxWith, upsert } from './caller.js';

const ADA = { emails: ['ada@x.example'], first_name: 'Ada' };
const UNLIMITED: SandboxOptions = { writes: { limit: 0, windowMs: 60_000 }, reads: { limit: 0, windowMs: 60_000 } };
const faulty = (faults: FaultSettings, options: SandboxOptions = {}) =>
  sandboxWith({ ...UNLIMITED, ...options, faults });
const always = (kind: FaultKind, more: FaultSettings = {}) => faulty({ probabilities: { [kind]: 1 }, ...more });

describe('an answer that is no acceptance', () => {
  it('has an id beside its error', async () => {
    const sandbox = await always('error-200');
    expect((await upsert(sandbox, ADA)).json).toMatchObject({ id: 'con_00000001', error: { code: 'internal_error' } });
  });

  it('shows somebody else, stored or made up', async () => {
    const sandbox = await always('stranger');
    expect(contactIn(await upsert(sandbox, ADA))).toMatchObject({ emails: ['else@x.example'] });
    sandbox.seed([ADA, { emails: ['bob@x.example'] }]);
    expect(contactIn(await upsert(sandbox, ADA))).toMatchObject({ emails: ['bob@x.example'] });
    expect(contactIn(await upsert(sandbox, { emails: ['bob@x.example'] }))).toMatchObject({ emails: ADA.emails });
  });

  it('has one id for everybody', async () => {
    const sandbox = await always('one-id');
    const ids = [await upsert(sandbox, ADA), await upsert(sandbox, { emails: ['b@x.example'] })].map(
      (reply) => contactIn(reply).id,
    );
    expect(ids).toEqual(['con_everybody', 'con_everybody']);
    expect(new Set(sandbox.contacts().map(({ id }) => id)).size).toBe(2);
  });
});

describe('an answer that would harm', () => {
  it.each([
    ['key-message', (text: string, key: string) => text.includes(key)],
    ['key-code', (text: string, key: string) => text.includes(`"code":"${key}"`)],
    ['key-id', (text: string, key: string) => text.includes(`"id":"${key}"`)],
    [
      'key-escaped',
      (text: string, key: string) => !text.includes(key) && JSON.stringify(JSON.parse(text)).includes(key),
    ],
  ] as const)('%s holds the key', async (kind, holds) => {
    const sandbox = await always(kind);
    const { text } = await upsert(sandbox, ADA);
    expect(holds(text, sandbox.key), text).toBe(true);
  });

  it('has the key in its address', async () => {
    const sandbox = await always('key-redirect');
    expect((await upsert(sandbox, ADA)).headers.location).toBe(`/redirected?key=${sandbox.key}`);
  });

  it('has control, invisible and turning characters in its message and its id', async () => {
    const message = (await upsert(await always('hostile-message'), ADA)).json as { error: { message: string } };
    expect(message.error.message).toMatch(/\u001b\[2J[^]*\u202e[^]*\u2028 \u200b \u0000/);
    const id = contactIn(await upsert(await always('hostile-id'), ADA)).id as string;
    expect([id.length > 10_000, id.includes('\u001b')]).toEqual([true, true]);
  });

  it('names the person in code and message', async () => {
    const reply = await upsert(await always('personal-error'), ADA);
    expect(errorIn(reply).code).toBe('ada@x.example');
    expect(reply.text).toContain('Ada');
  });
});

describe('an answer that takes its time', () => {
  it('drips byte by byte, and is whole at last', async () => {
    const sandbox = await always('drip', { dripMs: 1 });
    const chunks = await new Promise<string[]>((resolve, reject) => {
      const headers = { authorization: `Bearer ${sandbox.key}` };
      const sent = httpRequest(`${sandbox.url}/contacts/upsert`, { method: 'POST', headers }, (response) => {
        const read: string[] = [];
        response.on('data', (chunk: Buffer) => read.push(chunk.toString()));
        response.on('end', () => resolve(read));
      });
      sent.on('error', reject).end(JSON.stringify({ bot_id: sandbox.botId, ...ADA }));
    });
    expect(chunks.length).toBeGreaterThan(20);
    expect(JSON.parse(chunks.join(''))).toMatchObject({ data: { emails: ADA.emails } });
  });

  it('gives hints and nothing else', async () => {
    const sandbox = await always('hints');
    let hints = 0;
    const sent = httpRequest(`${sandbox.url}/contacts`, { headers: { authorization: `Bearer ${sandbox.key}` } });
    sent.on('information', () => (hints += 1));
    sent.on('error', () => undefined).end();
    await expect.poll(() => hints).toBeGreaterThan(3);
    sent.destroy();
    expect(sandbox.contacts()).toEqual([]);
  });

  it('is held until the faults are replaced, and applied then', async () => {
    const sandbox = await always('held');
    const held = upsert(sandbox, ADA);
    await expect.poll(() => sandbox.requests.length).toBe(1);
    expect([sandbox.contacts().length, sandbox.requests[0]?.status]).toEqual([0, null]);
    sandbox.setFaults({});
    expect((await held).status).toBe(201);
    expect(sandbox.contacts()).toHaveLength(1);
  });

  it('is applied late, when its client is gone and has written again', async () => {
    const sandbox = await faulty({ at: [{ request: 1, kind: 'late' }], lateMs: 4000 });
    const early = upsert(sandbox, { ...ADA, first_name: 'Early' });
    await expect.poll(() => sandbox.requests.length).toBe(1);
    await upsert(sandbox, { ...ADA, first_name: 'Later' });
    expect(sandbox.contacts()).toMatchObject([{ first_name: 'Later' }]);
    await early;
    expect(sandbox.contacts()).toMatchObject([{ first_name: 'Early' }]);
  });
});

describe('a fault for one contact', () => {
  it('meets who has the email, whichever call it is', async () => {
    const sandbox = await faulty({ forEmail: { 'Ada@x.example': '422' } });
    const [ada] = sandbox.seed([ADA, { emails: ['bob@x.example'] }]);
    const path = `/contacts/${ada?.id ?? ''}`;
    expect((await upsert(sandbox, { emails: ['ADA@x.example'] })).status).toBe(422);
    expect((await call(sandbox, 'PATCH', path, { body: { notes: 'x' } })).status).toBe(422);
    expect((await call(sandbox, 'DELETE', path)).status).toBe(422);
    expect((await upsert(sandbox, { emails: ['bob@x.example'] })).status).toBe(200);
  });
});

describe('what a server says of itself', () => {
  it('claims another limit than it has', async () => {
    const sandbox = await sandboxWith({ writes: { limit: 1, windowMs: 60_000 }, saysLimit: 1000 });
    const first = await upsert(sandbox, ADA);
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' });
    expect((await upsert(sandbox, ADA)).status).toBe(429);
    expect((await upsert(await sandboxWith({ ...UNLIMITED, saysLimit: 1000 }), ADA)).headers['x-ratelimit-limit']).toBe(
      '1000',
    );
  });

  it.each([
    ['strings', { page: '2', page_size: '1', total: '2', total_pages: '2' }, 'b@x.example'],
    ['none', undefined, 'b@x.example'],
    ['endless', { page: 2, page_size: 1, total: 999_999_999, total_pages: 999_999_999 }, 'a@x.example'],
    ['numbers', { page: 2, page_size: 1, total: 2, total_pages: 2 }, 'b@x.example'],
  ] as const)('says its pages as %s', async (pagination, expected, email) => {
    const sandbox = await sandboxWith({ ...UNLIMITED, readings: { pagination } });
    sandbox.seed([{ emails: ['a@x.example'] }, { emails: ['b@x.example'] }]);
    const page = (await call(sandbox, 'GET', '/contacts?page=2&page_size=1')).json as Record<string, unknown>;
    expect(page.pagination).toEqual(expected);
    expect(page.data).toMatchObject([{ emails: [email] }]);
  });
});

describe('several keys', () => {
  it('of one workspace have a budget each; a foreign one sees another workspace', async () => {
    const sandbox = await sandboxWith({ writes: { limit: 1, windowMs: 60_000 }, keys: 2 });
    const as = (key: string, body: unknown) =>
      call(sandbox, 'POST', '/contacts/upsert', { body, authorization: `Bearer ${key}` });
    const statuses = [];
    for (const key of [...sandbox.keys, ...sandbox.keys]) {
      statuses.push((await as(key, { bot_id: sandbox.botId, ...ADA })).status);
    }
    expect(statuses).toEqual([201, 200, 429, 429]);
    expect(sandbox.requests.map(({ key }) => key)).toEqual(['full', 'full-2', 'full', 'full-2']);
    const authorization = `Bearer ${sandbox.foreignKey}`;
    expect((await call(sandbox, 'GET', '/contacts', { authorization })).json).toMatchObject({ data: [] });
    expect((await as(sandbox.foreignKey, { bot_id: sandbox.botId, ...ADA })).status).toBe(422);
    const pipelines = (await call(sandbox, 'GET', '/pipelines', { authorization })).json;
    expect(pipelines).toMatchObject({ data: [{ bot_id: 'bot_other_1' }, {}] });
  });
});

describe('the page', () => {
  it('shows contacts and requests, runs nothing that is in them, and counts as no request', async () => {
    const sandbox = await always('422');
    const notes = `line one\n${'long '.repeat(1000)}`;
    const custom_fields = { '<script>tier': 'gold', seats: 12, areas: ['north', 'south'], '': true };
    sandbox.seed([
      { ...ADA, company: '<script>alert(1)</script>', job_title: 'Countess', deal_value: 0, notes, custom_fields },
    ]);
    await upsert(sandbox, ADA);
    const { status, text, headers } = await call(sandbox, 'GET', '//', { authorization: '' });
    expect(status).toBe(200);
    expect(text).toContain('ada@x.example');
    expect(text).toContain('POST /api/v1/contacts/upsert');
    // What was sent is looked at here: no field is missing, and no long one hides the others.
    const shown = text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const field of ['job_title Countess', 'deal_value 0', 'notes line one long', 'tier gold', 'seats 12']) {
      expect(shown).toContain(field);
    }
    expect(shown).toContain('areas [&#34;north&#34;,&#34;south&#34;]');
    expect(shown).not.toContain('lead_source');
    expect(text.length).toBeLessThan(8000);
    expect(text).not.toContain('<script');
    expect(text).not.toContain(sandbox.key);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(sandbox.requests).toHaveLength(1);
  });
});

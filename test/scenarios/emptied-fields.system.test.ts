import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importContacts } from '../../src/run/import/import.js';
import { undoImport } from '../../src/run/undo/undo.js';
import { privateFolder } from '../support/folder.js';

type Fields = Record<string, unknown>;
/** Empties what a write of this method does not name; gives whether it is to be taken. */
type OnWrite = (method: string, contact: Fields, body: Fields, contacts: readonly Fields[]) => boolean;

const OWN = ['id', 'bot_id', 'created_at', 'updated_at'];

async function bodyOf(request: IncomingMessage): Promise<Fields> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Fields);
}

/** A workspace of two that does to each write what the test says, and a file that changes both; some fields no write answers. */
async function workspaceOf(others: Fields, onWrite: OnWrite, notAnswered: readonly string[] = []) {
  const contacts = ['ann', 'bob'].map((name, n): Fields => ({
    ...{ id: `c${n}`, bot_id: 'b1', first_name: name, emails: [`${name}@x.com`], city: null, notes: `of ${name}` },
    ...{
      phone_numbers: [`+44207946010${n}`],
      tags: ['vip'],
      custom_fields: { shoe: n + 40 },
      updated_at: '2026-01-01',
    },
    ...others,
  }));
  const before = structuredClone(contacts);
  const write = (method: string, contact: Fields | undefined, body: Fields): [number, unknown] => {
    if (contact === undefined || !onWrite(method, contact, body, contacts))
      return [422, { error: { code: 'validation_error' } }];
    Object.assign(contact, body, { updated_at: new Date().toISOString() });
    const shown = Object.entries(contact).filter(([field]) => !notAnswered.includes(field));
    return [200, { data: Object.fromEntries(shown) }];
  };
  const answer = (method: string, url: URL, body: Fields): [number, unknown] => {
    const path = url.pathname.replace('/api/v1', '');
    const pagination = { page: 1, page_size: 100, total: contacts.length, total_pages: 1 };
    const byEmail = (email: unknown) => contacts.find(({ emails }) => (emails as unknown[])[0] === email);
    if (path === '/pipelines')
      return [200, { data: [{ id: 'p', bot_id: 'b1' }], pagination: { ...pagination, total: 1 } }];
    if (path === '/contacts/upsert') return write('POST', byEmail((body.emails as unknown[])[0]), body);
    if (path === '/contacts') return [200, { data: contacts, pagination }];
    const found =
      contacts.find(({ id }) => path === `/contacts/${String(id)}`) ?? byEmail(url.searchParams.get('email'));
    if (found === undefined) return [404, { error: { code: 'not_found', message: 'not there' } }];
    return method === 'PATCH' ? write('PATCH', found, body) : [200, { data: found }];
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [status, data] = answer(request.method ?? '', new URL(request.url ?? '', 'http://x'), body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const file = join(await privateFolder(), 'a.csv');
  await writeFile(file, 'First name,Email,City\nann,ann@x.com,Rome\nbob,bob@x.com,Oslo\n');
  const warned: string[] = [];
  const onEvent = (event: { type: string; code?: string }): void => {
    if (event.type === 'warning') warned.push(event.code ?? '');
  };
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const call = {
    file,
    apiUrl,
    key: 'ck_live_0',
    stateDir: false as const,
    rate: { writes: Infinity, seconds: 60 },
    onEvent,
  };
  const withoutTimes = (all: readonly Fields[]): Fields[] => all.map((contact) => ({ ...contact, updated_at: '' }));
  return {
    ...{ warned, before: withoutTimes(before), now: () => withoutTimes(contacts) },
    importLive: (how: { readonly forgetSettings?: boolean } = {}) => importContacts({ ...call, ...how, live: true }),
    importPlain: () => importContacts(call),
    undo: () => undoImport(call),
  };
}

function empty(contact: Fields, fields: readonly string[]): void {
  for (const field of fields) {
    const value = contact[field];
    if (Array.isArray(value)) contact[field] = [];
    else if (field === 'birthday') Reflect.deleteProperty(contact, field);
    else contact[field] = null;
  }
}

const unnamed = (contact: Fields, body: Fields): string[] =>
  Object.keys(contact).filter((field) => !OWN.includes(field) && !Object.hasOwn(body, field));

describe('undo where a PATCH empties what it does not name', () => {
  it('gives it back at once, sends all along from there on, and says so', async () => {
    const bench = await workspaceOf({ owner: 'u7', birthday: '1970-01-01' }, (method, contact, body) => {
      if (method === 'PATCH') empty(contact, unnamed(contact, body));
      return true;
    });
    expect((await bench.importLive()).summary).toMatchObject({ updated: 2, exit: 0 });
    expect(await bench.undo()).toMatchObject({ setBack: 2, left: [], exit: 0 });
    expect(bench.now()).toEqual(bench.before);
    expect(bench.warned).toEqual(['clears_fields']);
  });

  it('stops at once where something can’t be given back, names it, and leaves it to the next undo', async () => {
    let patches = 0;
    let mayGiveBack = false;
    const bench = await workspaceOf({}, (method, contact, body) => {
      if (method !== 'PATCH') return true;
      if (++patches > 1 && !mayGiveBack) return false;
      empty(contact, unnamed(contact, body));
      return true;
    });
    await bench.importLive();
    const imported = bench.now();
    await expect(bench.undo()).rejects.toMatchObject({
      code: 'not_as_meant',
      message: expect.stringMatching(/is not as it should be in: .*notes/) as unknown,
    });
    expect(patches).toBe(2);
    expect(bench.now()[1]).toEqual(imported[1]);
    mayGiveBack = true;
    expect(await bench.undo()).toMatchObject({ setBack: 2, left: [], exit: 0 });
    expect(bench.now()).toEqual(bench.before);
  });
});

describe('a contact that somebody changes between the reading of the workspace and its own update', () => {
  /** Bob is changed while the update of Ann is under way. */
  const importing = async (change: Fields) => {
    let writes = 0;
    const bench = await workspaceOf({}, (_method, _contact, _body, [, bob]) => {
      if (++writes === 1 && bob !== undefined) Object.assign(bob, change, { updated_at: new Date().toISOString() });
      return true;
    });
    const { summary } = await bench.importLive();
    return { summary, bob: bench.now()[1], undo: bench.undo };
  };

  it('keeps what was added, before and after an undo', async () => {
    const emails = ['bob@x.com', 'second@z.com'];
    const { summary, bob, undo } = await importing({ emails });
    expect(summary).toMatchObject({ updated: 2, exit: 0 });
    expect(bob).toMatchObject({ emails, city: 'Oslo' });
    expect(await undo()).toMatchObject({ setBack: 2, exit: 0 });
  });

  it('is not written over where it is clearly somebody else by then', async () => {
    const zelda = { first_name: 'Zelda', last_name: 'Quux', emails: ['zelda@z.com'] };
    const { summary, bob } = await importing(zelda);
    expect(summary).toMatchObject({ updated: 1, rejected: 1, exit: 3 });
    expect(bob).toMatchObject({ ...zelda, city: null });
  });
});

describe('an import with --live', () => {
  const OTHERS = { owner: 'u7', birthday: '1970-01-01', score: 5, last_contacted_at: '2026-01-02' };

  it('stops after the first contact of which an update empties what can’t be sent along, and undo gives that back', async () => {
    const bench = await workspaceOf(OTHERS, (method, contact) => {
      if (method === 'POST') empty(contact, ['owner', 'birthday']);
      return true;
    });
    const { summary, stoppedBy } = await bench.importLive();
    expect(summary).toMatchObject({ pending: 2, requests: 1, exit: 4 });
    expect(stoppedBy).toMatchObject({
      code: 'clears_fields',
      message: expect.stringMatching(/: owner, birthday\./) as unknown,
    });
    expect(bench.now()[1]).toEqual(bench.before[1]);
    expect(await bench.undo()).toMatchObject({ setBack: 1, left: [], exit: 0 });
    expect(bench.now()).toEqual(bench.before);
  });

  it('remembers that, and empties no second contact, with --live or without, until it is told to try again', async () => {
    let doesEmpty = true;
    let writes = 0;
    const bench = await workspaceOf(OTHERS, (method, contact) => {
      writes++;
      if (method === 'POST' && doesEmpty) empty(contact, ['owner', 'birthday']);
      return true;
    });
    await bench.importLive();
    expect(await bench.undo()).toMatchObject({ setBack: 1 });
    writes = 0;
    for (const again of [bench.importLive, bench.importPlain]) {
      expect(await again()).toMatchObject({ stoppedBy: { code: 'clears_fields' }, summary: { pending: 2, exit: 4 } });
    }
    expect([writes, bench.now()]).toEqual([0, bench.before]);
    doesEmpty = false;
    expect((await bench.importLive({ forgetSettings: true })).summary).toMatchObject({ updated: 2, exit: 0 });
    expect((await bench.importLive()).summary).toMatchObject({ unchanged: 2, exit: 0 });
  });

  it('takes what the server changes or shows elsewhere alone for no loss', async () => {
    let score = 5;
    const bench = await workspaceOf(
      OTHERS,
      (_, contact) => {
        Object.assign(contact, { score: score++, last_contacted_at: '2026-11-26' });
        return true;
      },
      ['owner', 'birthday'],
    );
    expect((await bench.importLive()).summary).toMatchObject({ updated: 2, exit: 0 });
    expect(bench.warned).toEqual([]);
  });

  it('says that undo can’t give back what a PATCH does not take', async () => {
    const bench = await workspaceOf(OTHERS, (method, contact, body) => {
      if (method === 'POST') empty(contact, ['owner', 'birthday']);
      return method === 'POST' || !Object.hasOwn(body, 'owner');
    });
    expect((await bench.importLive()).summary).toMatchObject({ exit: 4 });
    expect(await bench.undo()).toMatchObject({ setBack: 0, left: [{ line: 2, reason: 'refused' }], exit: 3 });
  });
});

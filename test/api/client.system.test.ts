import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/api/calls.js';
import { type ClientOptions, createClient } from '../../src/api/client.js';
import type { ClientEvent } from '../../src/api/client-event.js';
import { ImporterError } from '../../src/errors.js';
import { openGate } from '../../src/rate/open-gate.js';

const KEY = 'ck_live_0123456789abcdef';
const PAYLOAD = { bot_id: 'b', emails: ['a@example.com'] };

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

let server: Server | undefined;
let client: Client;
let seen: Seen[];
let events: ClientEvent[];

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const fault = (status: number, code: string, message = 'no', details?: object): Answer =>
  json(status, { error: { code, message, details } });
const created = json(201, { id: 'c1' });

/** No try lasts longer than all of them together: in so long a refusal is heard, however busy the machine is. */
const HEARD_SECONDS = 5;

/** A server that gives these answers in turn, the last one for ever, and a client of it. */
async function serve(answers: readonly Answer[], options: Partial<ClientOptions> = {}): Promise<void> {
  seen = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, authorization: headers.authorization, body });
      answers[Math.min(seen.length, answers.length) - 1]?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await connect(`http://127.0.0.1:${String(port)}/api/v1/`, options);
}

async function connect(apiUrl: string, options: Partial<ClientOptions> = {}): Promise<void> {
  events = [];
  const rate = { limit: Infinity, windowMs: 1000 };
  const gate = await openGate({ apiUrl, key: KEY, kind: 'writes', rate });
  client = createClient({
    apiUrl,
    key: KEY,
    gate,
    readGate: gate,
    maxOutageSeconds: 60,
    random: () => 0.02,
    onEvent: (event) => events.push(event),
    ...options,
  });
}

afterEach(async () => {
  await client.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function errorOf(promise: Promise<unknown>): Promise<ImporterError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ImporterError) return error;
  throw new Error('it should have been refused', { cause: error });
}

/** Longer than this process is kept from reading an answer that is there, by whatever else runs. */
const HEADERS = { headersMs: 2000 };

describe('an upsert', () => {
  test('goes out once with key and payload, and tells whether it created', async () => {
    await serve([created, json(200, { data: { id: 'c1', created_at: 'x', updated_at: 'x' } })]);
    expect(await client.upsert(PAYLOAD)).toMatchObject({
      outcome: 'accepted',
      created: true,
      contact: { id: 'c1' },
      attempts: 1,
    });
    expect(await client.upsert(PAYLOAD)).toMatchObject({ outcome: 'accepted', created: false });
    expect(seen[0]).toEqual({
      method: 'POST',
      url: '/api/v1/contacts/upsert',
      authorization: `Bearer ${KEY}`,
      body: JSON.stringify(PAYLOAD),
    });
  });

  test('a row’s fault is its result, with the server’s words and field', async () => {
    await serve([fault(422, 'validation_error', 'bad mail', { field: 'emails' })]);
    const result = await client.upsert(PAYLOAD);
    expect(result).toEqual({
      outcome: 'rejected',
      status: 422,
      code: 'validation_error',
      message: 'bad mail',
      field: 'emails',
      attempts: 1,
    });
  });

  const cutBefore: Answer = (response) => response.destroy();
  const cutMidway: Answer = (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"id":', () => response.destroy());
  };
  const tooLarge: Answer = (response) => response.writeHead(200).end(`{"id":"${'x'.repeat(1 << 21)}"}`);
  const html: Answer = (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway');

  test.each([
    ['a 500', fault(500, 'internal_error')],
    ['a 502 with HTML', html],
    ['a connection cut before the answer', cutBefore],
    ['one cut in its body', cutMidway],
    ['half a JSON', ((response) => response.end('{"id":"c1"')) satisfies Answer],
    ['JSON without a contact', json(200, {})],
    ['an empty 200', ((response) => response.end()) satisfies Answer],
    ['a 204', ((response) => response.writeHead(204).end()) satisfies Answer],
    ['an answer without end', tooLarge],
    ['a 429', fault(429, 'rate_limited')],
    ['a 408', fault(408, 'timeout')],
  ])('after %s it is sent again', async (_, answer) => {
    await serve([answer, created]);
    expect(await client.upsert(PAYLOAD)).toMatchObject({ outcome: 'accepted', attempts: 2 });
    expect(events.filter((event) => event.type === 'retry')).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  test('Retry-After is waited for', async () => {
    await serve([json(503, {}, { 'retry-after': '1' }), created]);
    const startMs = performance.now();
    await client.upsert(PAYLOAD);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(990);
  });

  test('what no answer comes to is tried again after the time for its headers', async () => {
    await serve([() => undefined, created], { timeouts: HEADERS });
    expect(await client.upsert(PAYLOAD)).toMatchObject({ attempts: 2 });
  });

  test('what may still be under way is told before it is sent again, and each departure before it', async () => {
    const cut: Answer = (response) => response.destroy();
    const html: Answer = (response) => response.writeHead(504).end('<html>');
    const refused = json(500, { error: { code: 'internal_error', message: 'no' } });
    await serve([cut, () => undefined, html, refused, created], { timeouts: HEADERS });
    const told: string[] = [];
    await client.upsert(PAYLOAD, {
      departing: () => Promise.resolve(void told.push(`departs with ${String(seen.length)} seen`)),
      outOfSight: (isTimeout) => Promise.resolve(void told.push(isTimeout ? 'timed out' : 'broke')),
    });
    expect(told).toEqual([
      'departs with 0 seen',
      'broke',
      'departs with 1 seen',
      'timed out',
      'departs with 2 seen',
      'timed out',
      'departs with 3 seen',
      'departs with 4 seen',
    ]);
  });
});

describe('what ends without a result', () => {
  test.each([
    ['refusals alone', [fault(429, 'rate_limited'), fault(401, 'unauthorized')], true],
    [
      'a broken connection before the refusal',
      [(response: ServerResponse) => response.destroy(), fault(401, 'no')],
      false,
    ],
    ['an error of the server before the refusal', [fault(500, 'internal_error'), fault(401, 'unauthorized')], false],
  ] as const)('is under way no more after %s: that is told', async (_, answers, isTold) => {
    await serve(answers, { maxOutageSeconds: 30 });
    let told = 0;
    await errorOf(client.upsert(PAYLOAD, { turnedDown: () => Promise.resolve(void told++) }));
    expect(told).toBe(isTold ? 1 : 0);
  });
});

describe('what stops the run', () => {
  test.each([
    ["a key that isn't known", fault(401, 'unauthorized'), 'unauthorized', 4],
    ['a key that may not write', fault(403, 'forbidden'), 'forbidden', 4],
    ['a bot of another workspace', fault(422, 'validation_error', 'no', { field: 'bot_id' }), 'wrong_bot', 4],
    ['a wrong URL', fault(404, 'not_found'), 'wrong_url', 4],
  ] as const)('%s', async (_, answer, code, exitStatus) => {
    await serve([answer]);
    const error = await errorOf(client.upsert(PAYLOAD));
    expect([error.code, error.exitStatus, seen.length]).toEqual([code, exitStatus, 1]);
    expect(error.next).toBeTruthy();
  });

  test('a redirect: it is not followed, and the key stays here', async () => {
    await serve([json(307, {}, { location: '/elsewhere?token=secret' }), created]);
    const error = await errorOf(client.upsert(PAYLOAD));
    expect([error.code, seen.length]).toEqual(['wrong_url', 1]);
    expect(error.message).not.toContain('secret');
  });

  test('the key is in no error, even where the server repeats it', async () => {
    await serve([fault(401, 'unauthorized', `unknown key ${KEY}`)]);
    const error = await errorOf(client.upsert(PAYLOAD));
    expect(`${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(KEY);
    expect(JSON.stringify(events)).not.toContain(KEY);
  });
});

describe('an outage', () => {
  test('of the whole time allowed is unreachable; no row is rejected for it', async () => {
    await serve([fault(500, 'internal_error')], { maxOutageSeconds: 1 });
    const startMs = performance.now();
    const ends = await Promise.all(Array.from({ length: 10 }, () => errorOf(client.upsert(PAYLOAD))));
    expect(new Set(ends.map((error) => error.code))).toEqual(new Set(['unreachable']));
    expect(ends[0]?.exitStatus).toBe(5);
    expect(performance.now() - startMs).toBeGreaterThan(950);
  });

  test('lets one try at a time, and all go on when it is over', async () => {
    let underWay = 0;
    let most = 0;
    const slow =
      (answer: Answer): Answer =>
      (response, request) => {
        underWay += 1;
        if (seen.length > 20) most = Math.max(most, underWay);
        setTimeout(() => {
          underWay -= 1;
          answer(response, request);
        }, 5);
      };
    const answers = [...Array.from({ length: 30 }, () => slow(fault(503, 'internal_error'))), created];
    await serve(answers, { maxOutageSeconds: 30, random: () => 0.001 });
    const results = await Promise.all(Array.from({ length: 10 }, () => client.upsert(PAYLOAD)));
    expect(results.every((result) => result.outcome === 'accepted')).toBe(true);
    expect(most).toBe(1);
  });

  test('a closed port is an outage', async () => {
    await connect('http://127.0.0.1:9/api/v1', { maxOutageSeconds: HEARD_SECONDS });
    const error = await errorOf(client.upsert(PAYLOAD));
    expect([error.code, /takes no connection/.test(error.message)]).toEqual(['unreachable', true]);
    // No write: nothing left this machine.
    const attempts = events.filter((event) => event.type === 'attempt');
    expect(attempts.map(({ isUnsent }) => isUnsent)).toEqual(attempts.map(() => true));
    expect(attempts.length).toBeGreaterThan(0);
  });

  test('a failed TLS handshake is given up after three tries', async () => {
    await serve([created]);
    const { port } = server?.address() as AddressInfo;
    await client.close();
    await connect(`https://127.0.0.1:${String(port)}/api/v1`, { maxOutageSeconds: 60 });
    const error = await errorOf(client.upsert(PAYLOAD));
    expect([error.code, /TLS/.test(error.message)]).toEqual(['unreachable', true]);
    expect(events.filter((event) => event.type === 'attempt')).toHaveLength(3);
  });
});

describe('signals', () => {
  test('a call’s own ends its waiting, not its request', async () => {
    const stop = new AbortController();
    const late: Answer = (response, request) => {
      stop.abort(new Error('stopped'));
      setTimeout(() => created(response, request), 50);
    };
    await serve([late]);
    expect(await client.upsert(PAYLOAD, { signal: stop.signal })).toMatchObject({ outcome: 'accepted' });
    await expect(client.upsert(PAYLOAD, { signal: stop.signal })).rejects.toThrow('stopped');
    expect(seen).toHaveLength(1);
  });

  test('a call’s own ends a read that is under way, and nothing is told of the server', async () => {
    const stop = new AbortController();
    const late: Answer = (response, request) => {
      stop.abort(new Error('stopped'));
      setTimeout(() => json(200, { id: 'c1' })(response, request), 50);
    };
    await serve([late]);
    await expect(client.getContact('c1', { signal: stop.signal })).rejects.toThrow('stopped');
    expect(events.map(({ type }) => type)).toEqual(['attempt']);
  });

  test('between tries it ends the wait', async () => {
    const stop = new AbortController();
    const failing: Answer = (response, request) => {
      setTimeout(() => stop.abort(new Error('stopped')), 30);
      json(503, {}, { 'retry-after': '20' })(response, request);
    };
    await serve([failing]);
    await expect(client.upsert(PAYLOAD, { signal: stop.signal })).rejects.toThrow('stopped');
  });

  test('the client’s cuts what is under way', async () => {
    const kill = new AbortController();
    await serve([() => kill.abort(new Error('killed'))], { signal: kill.signal });
    await expect(client.upsert(PAYLOAD)).rejects.toThrow('killed');
  });
});

describe('reads', () => {
  const page = (items: object[], number: number, pages: number): Answer =>
    json(200, { data: items, pagination: { page: number, page_size: 100, total: 3, total_pages: pages } });

  test('one contact, or none', async () => {
    await serve([json(200, { id: 'c1' }), fault(404, 'not_found')]);
    expect(await client.getByEmail('a+b@example.com')).toMatchObject({ id: 'c1' });
    expect(await client.getContact('c/2')).toBeUndefined();
    expect(seen.map((one) => one.url)).toEqual([
      '/api/v1/contacts/by-email?email=a%2Bb%40example.com',
      '/api/v1/contacts/c%2F2',
    ]);
  });

  test('a page of contacts, a hundred at once', async () => {
    await serve([page([{ id: 'a' }, { id: 'b' }], 2, 3)]);
    const { items, pagination } = await client.listContacts(2, { bot_id: 'b' });
    expect([items.length, pagination?.totalPages]).toEqual([2, 3]);
    expect(seen[0]?.url).toBe('/api/v1/contacts?page=2&page_size=100&bot_id=b');
  });

  test('the bots of all pages, each once', async () => {
    const pipeline = (id: string, bot: string): object => ({ id, bot_id: bot });
    await serve([page([pipeline('p', 'x'), pipeline('q', 'y')], 1, 2), page([pipeline('r', 'x')], 2, 2)]);
    expect(await client.checkAccess()).toMatchObject({ readable: true, bots: ['x', 'y'] });
  });

  test('a key that may only write can’t be checked; one that isn’t known is refused', async () => {
    await serve([fault(403, 'forbidden'), fault(401, 'unauthorized')]);
    expect(await client.checkAccess()).toMatchObject({ readable: false, bots: [] });
    expect((await errorOf(client.checkAccess())).code).toBe('unauthorized');
  });
});

describe('other writes', () => {
  test('a contact is changed and deleted; one that isn’t there is told', async () => {
    const gone: Answer = (response) => response.writeHead(204).end();
    await serve([json(200, { id: 'c1' }), gone, fault(404, 'not_found')]);
    expect(await client.patchContact('c1', { notes: 'x' })).toMatchObject({ outcome: 'accepted' });
    expect(await client.deleteContact('c1')).toBe('deleted');
    expect(await client.deleteContact('c1')).toBe('missing');
    expect(seen.map((one) => one.method)).toEqual(['PATCH', 'DELETE', 'DELETE']);
  });
});

describe('a proxy', () => {
  test('is not used to loopback', async () => {
    await serve([created], { proxy: { httpProxy: 'http://127.0.0.1:9', httpsProxy: 'http://127.0.0.1:9' } });
    expect(await client.upsert(PAYLOAD)).toMatchObject({ outcome: 'accepted' });
  });

  test('that doesn’t let us through is named', async () => {
    const proxy = createServer().on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const httpsProxy = `http://127.0.0.1:${String(port)}`;
    await connect('https://clarky.invalid/api/v1', {
      proxy: { httpsProxy, noProxy: '' },
      maxOutageSeconds: HEARD_SECONDS,
    });
    const error = await errorOf(client.upsert(PAYLOAD));
    expect(error.message).toContain(`The proxy 127.0.0.1:${String(port)} doesn't let us through to clarky.invalid`);
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test('that takes a connection and never answers is one that can’t be reached, and holds nobody up', async () => {
    const proxy = createServer();
    const tunnels: Duplex[] = [];
    proxy.on('connect', (_, socket) => tunnels.push(socket));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const given = { proxy: { httpsProxy: host, noProxy: '' }, timeouts: { connectMs: 50 }, maxOutageSeconds: 0.01 };
    await connect('https://clarky.invalid/api/v1', given);
    const error = await errorOf(client.upsert(PAYLOAD));
    expect([error.code, error.message]).toEqual(['unreachable', expect.stringContaining(`The proxy ${host} didn't`)]);
    // Whoever stops meanwhile does not wait for it: nothing has been sent.
    await connect('https://clarky.invalid/api/v1', {
      ...given,
      timeouts: { connectMs: 3_600_000 },
      maxOutageSeconds: 600,
    });
    const [stop, reason] = [new AbortController(), new Error('stopped')];
    const asked = client.upsert(PAYLOAD, { signal: stop.signal }).catch((error: unknown) => error);
    await once(proxy, 'connect');
    stop.abort(reason);
    expect(await asked).toBe(reason);
    for (const tunnel of tunnels) tunnel.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

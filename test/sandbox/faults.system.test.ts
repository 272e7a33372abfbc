import { given } from '../../src/given.js';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FaultKind, FaultSettings, Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { FaultPlan } from '../../src/sandbox/faults.js';
import { seededRandom } from '../../src/sandbox/random.js';
import { until } from '../support/until.js';
import { call, errorIn, sandboxWith, upsert } from './caller.js';

const ADA = { emails: ['ada@x.example'] };
const UNLIMITED: SandboxOptions = { writes: { limit: 0, windowMs: 60_000 }, reads: { limit: 0, windowMs: 60_000 } };
const faulty = (faults: FaultSettings, options: SandboxOptions = {}) =>
  sandboxWith({ ...UNLIMITED, ...options, faults });
const once = (kind: FaultKind) => faulty({ at: [{ request: 2, kind }] });

/** How an upsert ends, as its client sees it. */
async function ending(
  sandbox: Awaited<ReturnType<typeof faulty>>,
  contact = ADA,
  givesUp?: Promise<unknown>,
): Promise<string> {
  try {
    const request = call(sandbox, 'POST', '/contacts/upsert', {
      body: { bot_id: sandbox.botId, ...contact },
      ...given({ givesUp }),
    });
    const { status, json, text, headers } = await request;
    const form = json === undefined ? (headers['content-type'] === 'text/html' ? 'html' : 'torn') : 'json';
    return `${String(status)} ${text === '' ? 'empty' : form}`;
  } catch (error) {
    return error instanceof Error && error.message === 'timed out' ? 'silence' : 'cut';
  }
}

describe('each fault', () => {
  it.each([
    ['500', '500 json', false],
    ['502', '502 html', false],
    ['503', '503 html', false],
    ['504', '504 html', false],
    ['429', '429 json', false],
    ['cut-before', 'cut', false],
    ['cut-after', 'cut', true],
    ['cut-mid', 'cut', true],
    ['truncate', '201 torn', true],
    ['hang', 'silence', false],
    ['hang-after', 'silence', true],
    ['html-200', '200 html', false],
    ['redirect', '307 empty', false],
    ['400', '400 json', false],
    ['402', '402 html', false],
    ['405', '405 html', false],
    ['409', '409 json', false],
    ['413', '413 json', false],
    ['422', '422 json', false],
    ['error-200', '200 json', false],
    ['queued-202', '202 json', false],
    ['stranger', '200 json', false],
    ['id-200', '200 json', false],
    ['bare-id', '201 json', true],
    ['other-bot', '201 json', true],
    ['one-id', '201 json', true],
    ['hostile-id', '201 json', true],
    ['hostile-message', '422 json', false],
    ['personal-error', '422 json', false],
    ['key-message', '422 json', false],
    ['key-code', '422 json', false],
    ['key-escaped', '422 json', false],
    ['key-id', '201 json', true],
    ['key-redirect', '307 empty', false],
  ] as const)('%s ends as %s; applied: %s', async (kind, expected, isApplied) => {
    const sandbox = await once(kind);
    // The first request is the control: without the fault the same call is answered and applied.
    expect(await ending(sandbox, { emails: ['control@x.example'] })).toBe('201 json');
    // What is silent is so for ever: a short wait shows it, once the server has what was sent.
    const silent = (): Promise<void> => until(() => sandbox.requests.length === 2).then(() => pause(100));
    expect(await ending(sandbox, ADA, expected === 'silence' ? silent() : undefined)).toBe(expected);
    expect(sandbox.requests).toHaveLength(2);
    expect(sandbox.contacts()).toHaveLength(isApplied ? 2 : 1);
    expect(sandbox.requests.map(({ fault }) => fault)).toEqual([null, kind]);
    expect(sandbox.requests[1]?.outcome).toBe(isApplied ? 'created' : null);
    expect(sandbox.stats()).toMatchObject({ faulted: 1, faults: { [kind]: 1 }, throttled: 0 });
    expect(await ending(sandbox)).toBe(isApplied ? '200 json' : '201 json');
  });

  it('500 has the envelope, 429 its Retry-After, and a proxy no rate headers', async () => {
    const sandbox = await sandboxWith({
      faults: {
        at: (['500', '429', '502'] as const).map((kind, index) => ({ request: index + 1, kind })),
        retryAfterSeconds: 7,
      },
    });
    const [internal, throttled, proxied] = [
      await upsert(sandbox, ADA),
      await upsert(sandbox, ADA),
      await upsert(sandbox, ADA),
    ];
    expect(errorIn(internal).code).toBe('internal_error');
    expect(throttled.headers['retry-after']).toBe('7');
    expect(internal.headers['x-ratelimit-limit']).toBe('60');
    expect(proxied.headers['x-ratelimit-limit']).toBeUndefined();
  });

  it('shows in the log whether a redirect was followed with the key', async () => {
    const sandbox = await faulty({ at: [{ request: 1, kind: 'redirect' }] });
    const { headers } = await upsert(sandbox, ADA);
    expect(headers.location).toBe('/redirected');
    await call(sandbox, 'GET', '//redirected');
    expect(sandbox.requests[1]).toMatchObject({ path: '/redirected', key: 'full', status: 404 });
  });
});

describe('chances', () => {
  const kindsOf = async (seed: number, probabilities: FaultSettings['probabilities'], on?: FaultSettings['on']) => {
    const sandbox = await faulty(given({ probabilities, on }), { seed });
    for (let n = 0; n < 20; n++) await call(sandbox, n % 2 === 0 ? 'GET' : 'POST', '/contacts', { body: {} });
    return sandbox.requests.map(({ fault }) => fault);
  };

  it('come true as often as they say', () => {
    const plan = new FaultPlan({ probabilities: { '500': 0.1, hang: 0.3 } }, seededRandom(5));
    const faults = Array.from({ length: 10_000 }, () => plan.next('write', 'full').fault);
    const share = (kind: FaultKind | undefined) => faults.filter((fault) => fault === kind).length / faults.length;
    expect(share('500')).toBeCloseTo(0.1, 1.5);
    expect(share('hang')).toBeCloseTo(0.3, 1.5);
    expect(share(undefined)).toBeCloseTo(0.6, 1.5);
  });

  it('strike alike for one seed and otherwise for another', async () => {
    const chances = { '500': 0.2, '503': 0.2 };
    const faults = await kindsOf(3, chances);
    expect(await kindsOf(3, chances)).toEqual(faults);
    expect(await kindsOf(4, chances)).not.toEqual(faults);
    expect((await kindsOf(3, {})).every((fault) => fault === null)).toBe(true);
  });

  it('can be for writes or reads alone', async () => {
    const onWrites = await kindsOf(1, { '500': 1 }, 'writes');
    expect(onWrites.slice(0, 4)).toEqual([null, '500', null, '500']);
    expect((await kindsOf(1, { '500': 1 }, 'reads')).slice(0, 4)).toEqual(['500', null, '500', null]);
  });

  it('are refused where they make no sense', async () => {
    const sandbox = await faulty({});
    const senseless: FaultSettings[] = [
      { probabilities: { '500': 0.7, '502': 0.7 } },
      { probabilities: { '500': -1 } },
      { at: [{ request: 0, kind: '500' }] },
      { at: [{ request: 1, kind: 'flood' as FaultKind }] },
      { outage: { forMs: 1, as: '503' } },
    ];
    for (const faults of senseless) expect(() => sandbox.setFaults(faults)).toThrow(RangeError);
    await expect(sandboxWith(given({ faults: senseless[0] }))).rejects.toThrow(RangeError);
  });
});

describe('an outage', () => {
  it('as 503 lasts from its request for its time', async () => {
    let nowMs = 1_000_000;
    const outage = { fromRequest: 2, forMs: 5000, as: '503' } as const;
    const sandbox = await faulty({ outage }, { clock: () => nowMs });
    const endings = [];
    for (const stepMs of [0, 0, 4999, 1]) {
      nowMs += stepMs;
      endings.push(await ending(sandbox));
    }
    expect(endings).toEqual(['201 json', '503 html', '503 html', '200 json']);
    expect(sandbox.stats().faults).toEqual({ outage: 2 });
  });

  it.each([
    ['after its time', 30, () => undefined],
    ['when the faults are replaced', 600_000, (sandbox: Sandbox) => sandbox.setFaults({})],
  ])('as refuse cuts the connection, and ends %s', async (_, forMs, end) => {
    const sandbox = await faulty({ outage: { fromRequest: 1, forMs, as: 'refuse' } });
    const { port } = sandbox;
    await expect(upsert(sandbox, ADA)).rejects.toMatchObject({ code: 'ECONNRESET' });
    if (forMs > 1000) await expect(upsert(sandbox, ADA)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    end(sandbox);
    await expect.poll(() => ending(sandbox)).toBe('201 json');
    expect(sandbox.port).toBe(port);
  });

  it('can begin after a time, and is over when the faults are replaced', async () => {
    const sandbox = await faulty({ outage: { afterMs: 1, forMs: 60_000, as: '503' } });
    await expect.poll(() => ending(sandbox)).toBe('503 html');
    sandbox.setFaults({ outage: { fromRequest: 99, forMs: 1, as: '503' } });
    expect(await ending(sandbox)).toMatch(/^20[01] json$/);
  });
});

describe('other troubles', () => {
  it('revokes the key that sends a request', async () => {
    const sandbox = await faulty({ revokeAtRequest: 2 });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await upsert(sandbox, ADA)).status);
    expect(statuses).toEqual([201, 401, 401]);
    const authorization = `Bearer ${sandbox.readOnlyKey}`;
    expect((await call(sandbox, 'GET', '/contacts', { authorization })).status).toBe(200);
    sandbox.reset();
    expect((await upsert(sandbox, ADA)).status).toBe(201);
  });

  it('creates a contact twice when two upserts overlap, only where lookup and write are two steps', async () => {
    for (const [nonAtomicMs, count] of [
      [0, 1],
      [50, 2],
    ] as const) {
      const sandbox = await faulty({ probabilities: { held: 1 } });
      const both = Promise.all([upsert(sandbox, ADA), upsert(sandbox, ADA)]);
      await expect.poll(() => sandbox.requests.length).toBe(2);
      // Both look now, whenever they came.
      sandbox.setFaults({ nonAtomicMs });
      await both;
      expect(sandbox.contacts()).toHaveLength(count);
      expect((await upsert(sandbox, ADA)).status).toBe(200);
    }
  });

  it('takes its time, split over both ways', async () => {
    const sandbox = await faulty({}, { latency: { minMs: 60, maxMs: 90, beforeShare: 1 } });
    const startMs = performance.timeOrigin + performance.now();
    await upsert(sandbox, ADA);
    const tookMs = performance.timeOrigin + performance.now() - startMs;
    expect(tookMs).toBeGreaterThan(58);
    expect((sandbox.requests[0]?.atMs ?? 0) - startMs).toBeGreaterThan(58);
    const late = await faulty({}, { latency: { minMs: 60, maxMs: 60, beforeShare: 0 } });
    await upsert(late, ADA);
    const answeredMs = performance.timeOrigin + performance.now();
    expect(answeredMs - (late.requests[0]?.atMs ?? answeredMs)).toBeGreaterThan(58);
  });

  it('applies what arrived whole, even when its client is gone by then', async () => {
    const sandbox = await faulty({ probabilities: { held: 1 } });
    const givesUp = until(() => sandbox.requests.length === 1);
    const request = call(sandbox, 'POST', '/contacts/upsert', { body: { bot_id: sandbox.botId }, givesUp });
    await expect(request).rejects.toThrow('timed out');
    expect(sandbox.contacts()).toEqual([]);
    sandbox.setFaults({});
    await expect.poll(() => sandbox.contacts().length).toBe(1);
  });
});

describe('what the judge sees', () => {
  it('counts upserts of one identity that overlap', async () => {
    const held = { on: 'writes', probabilities: { held: 1 } } as const;
    const sandbox = await faulty(held);
    const both = async (...payloads: readonly Record<string, unknown>[]): Promise<void> => {
      const before = sandbox.requests.length;
      sandbox.setFaults(held);
      const sent = Promise.all(payloads.map((payload) => upsert(sandbox, payload)));
      await expect.poll(() => sandbox.requests.length).toBe(before + 2);
      sandbox.setFaults({});
      await sent;
    };
    await both(ADA, { emails: ['b@x.example'] });
    expect(sandbox.stats()).toMatchObject({ maxSameIdentityInFlight: 1, maxInFlight: 2 });
    await both(ADA, { emails: ['ADA@x.example'], notes: 'x' });
    expect(sandbox.stats().maxSameIdentityInFlight).toBe(2);
  });

  it('lets a client write again the moment it has its answer', async () => {
    const sandbox = await faulty({ probabilities: { truncate: 0.3, 'cut-after': 0.3, '500': 0.3 } });
    const agent = new Agent({ keepAlive: true });
    for (let n = 0; n < 200; n++) {
      await new Promise<void>((resolve) => {
        const headers = { authorization: `Bearer ${sandbox.key}` };
        const request = httpRequest(
          `${sandbox.url}/contacts/upsert`,
          { method: 'POST', agent, headers },
          (response) => {
            response.on('end', resolve).on('error', resolve).resume();
          },
        );
        request.on('error', () => {
          resolve();
        });
        request.end(JSON.stringify({ bot_id: sandbox.botId, ...ADA }));
      });
    }
    agent.destroy();
    expect(sandbox.stats()).toMatchObject({ maxSameIdentityInFlight: 1, writes: 200 });
  });

  it('logs bodies or not, the newest requests alone, and never a key', async () => {
    const sandbox = await faulty({}, { keepRequests: 3 });
    for (let n = 0; n < 20; n++) await upsert(sandbox, { ...ADA, notes: String(n) });
    expect(sandbox.requests.length).toBeLessThanOrEqual(6);
    expect(sandbox.requests.at(-1)).toMatchObject({ n: 20, method: 'POST', path: '/api/v1/contacts/upsert' });
    expect(sandbox.requests.at(-1)?.body).toMatchObject({ notes: '19' });
    expect(JSON.stringify(sandbox.requests)).not.toContain(sandbox.key);
    const quiet = await faulty({}, { keepBodies: false });
    await upsert(quiet, ADA);
    expect(quiet.requests[0]?.body).toBeNull();
  });

  it('survives garbage, and ends every connection when it is closed', async () => {
    const sandbox = await faulty({ at: [{ request: 1, kind: 'hang' }] });
    const socket = connect(sandbox.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.end(Buffer.from([0x16, 3, 1, 0, 0xff, 0x0a, 0x0a]));
    const hanging = upsert(sandbox, ADA);
    await expect.poll(() => sandbox.requests.length).toBe(1);
    expect(sandbox.stats().openConnections).toBeGreaterThanOrEqual(1);
    const ended = expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' });
    await sandbox.close();
    await ended;
    await sandbox.close();
    await expect(upsert(sandbox, ADA)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import { call, errorIn, sandboxWith, upsert, type Reply } from './caller.js';

const ADA = { emails: ['ada@x.example'] };
const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** A sandbox whose clock stands still until it is moved. */
async function stoppedSandbox(options: SandboxOptions = {}) {
  const clock = { nowMs: START_MS };
  const sandbox = await sandboxWith({ writes: { limit: 2, windowMs: 10_000 }, ...options, clock: () => clock.nowMs });
  return { sandbox, clock };
}

const rateHeaders = ({ headers }: Reply): unknown[] =>
  ['limit', 'remaining', 'reset'].map((name) => headers[`x-ratelimit-${name}`]);

describe('the limit', () => {
  it('is 60 writes and, apart from them, 120 reads by default', async () => {
    const sandbox = await sandboxWith({ clock: () => START_MS });
    const writes = await Promise.all(Array.from({ length: 61 }, () => upsert(sandbox, ADA)));
    const reads = await Promise.all(Array.from({ length: 121 }, () => call(sandbox, 'GET', '/pipelines')));
    expect(writes.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(reads.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(sandbox.stats()).toMatchObject({ writes: 61, reads: 121, throttled: 2, peakWindow: 61, contacts: 1 });
  });

  it('refuses with 429, Retry-After and the envelope, until more than the window has passed', async () => {
    const { sandbox, clock } = await stoppedSandbox();
    expect(rateHeaders(await upsert(sandbox, ADA))).toEqual(['2', '1', String(START_MS / 1000 + 10)]);
    expect(rateHeaders(await upsert(sandbox, ADA))).toEqual(['2', '0', String(START_MS / 1000 + 10)]);
    const refused = await upsert(sandbox, ADA);
    expect(errorIn(refused)).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(refused.headers['retry-after']).toBe('11');
    expect(rateHeaders(refused)[1]).toBe('0');
    clock.nowMs += 10_000;
    expect((await upsert(sandbox, ADA)).status).toBe(429);
    clock.nowMs += 1;
    expect((await upsert(sandbox, ADA)).status).toBe(200);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([201, 200, 429, 429, 200]);
    expect(sandbox.stats().peakWindow).toBe(4);
  });

  it('counts each key for itself, whatever becomes of its calls', async () => {
    const { sandbox } = await stoppedSandbox();
    const body = { bot_id: 'wrong' };
    const statuses = [];
    for (const key of [sandbox.key, sandbox.writeOnlyKey, sandbox.readOnlyKey]) {
      const authorization = `Bearer ${key}`;
      for (let n = 0; n < 3; n++) {
        statuses.push((await call(sandbox, 'POST', '/contacts/upsert', { body, authorization })).status);
      }
    }
    expect(statuses).toEqual([422, 422, 429, 422, 422, 429, 403, 403, 429]);
  });

  it('can say Retry-After as a date, leave the headers out, and be none at all', async () => {
    const { sandbox } = await stoppedSandbox({ retryAfter: 'date', headers: false });
    await upsert(sandbox, ADA);
    await upsert(sandbox, ADA);
    const refused = await upsert(sandbox, ADA);
    expect(refused.headers['retry-after']).toBe('Thu, 01 Jan 2026 00:00:11 GMT');
    expect(rateHeaders(refused)).toEqual([undefined, undefined, undefined]);
    const { sandbox: unlimited } = await stoppedSandbox({ writes: { limit: 0, windowMs: 1000 } });
    for (let n = 0; n < 5; n++) {
      const reply = await upsert(unlimited, ADA);
      expect([reply.status < 300, ...rateHeaders(reply)]).toEqual([true, undefined, undefined, undefined]);
    }
  });

  it('can be a fixed window or a weighted counter', async () => {
    for (const [counting, statuses] of [
      ['rolling', [201, 200, 429, 429]],
      ['fixed', [201, 200, 200, 200]],
      ['counter', [201, 200, 429, 200]],
    ] as const) {
      const { sandbox, clock } = await stoppedSandbox({ counting });
      clock.nowMs = START_MS + 9000;
      const seen = [(await upsert(sandbox, ADA)).status, (await upsert(sandbox, ADA)).status];
      for (const laterMs of [10_000, 16_000]) {
        clock.nowMs = START_MS + laterMs;
        seen.push((await upsert(sandbox, ADA)).status);
      }
      expect([counting, ...seen]).toEqual([counting, ...statuses]);
    }
  });

  it('is shared with a second client that has been there for a window', async () => {
    const { sandbox, clock } = await stoppedSandbox({
      writes: { limit: 6, windowMs: 10_000 },
      faults: { secondClient: 4 },
    });
    // Five of its writes are in the window that includes both ends: at -10, -7.5, -5, -2.5 and 0 seconds.
    expect(rateHeaders(await upsert(sandbox, ADA))[1]).toBe('0');
    expect((await upsert(sandbox, ADA)).status).toBe(429);
    clock.nowMs += 2499;
    expect((await upsert(sandbox, ADA)).status).toBe(200);
    clock.nowMs += 1;
    expect((await upsert(sandbox, ADA)).status).toBe(429);
    expect(sandbox.stats()).toMatchObject({ peakWindow: 4, secondClient: { accepted: 5, throttled: 1 } });
    sandbox.setFaults({});
    clock.nowMs += 100_000;
    expect(rateHeaders(await upsert(sandbox, ADA))[1]).toBe('5');
  });
});

/** One thing has one name in all that the library exports: options, events and results. */
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createClient,
  type ImportEvent,
  importContacts,
  openGate,
  type OpenGateOptions,
  planContacts,
  startSandbox,
} from '../../src/index.js';
import { workbench } from '../scenarios/workbench.js';

const FILE = 'Email\nada@x.com\nbob@x.com\n';
const API = { apiUrl: 'http://127.0.0.1:9/api/v1', key: 'k' };

describe('a rate', () => {
  it.each([['off' as const], [{ writes: 7, seconds: 2 }]])('%j is told as it was asked for', async (rate) => {
    const bench = await workbench(FILE);
    const told: unknown[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'started') told.push(event.limit);
    };
    const { file, api } = bench;
    await importContacts({ file, ...api, rate, onEvent });
    expect(told).toEqual([rate]);
    expect((await planContacts({ file, ...api, rate })).rate).toEqual(rate);
  });

  it('that the server announces is told in the same words', async () => {
    const bench = await workbench(FILE, { writes: { limit: 5, windowMs: 60_000 } });
    const told: unknown[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'limit') told.push({ ...event });
    };
    await importContacts({ file: bench.file, ...bench.api, rate: undefined, onEvent });
    expect(told).toEqual([{ type: 'limit', writes: 5, seconds: 60 }]);
  });

  it.each([['off'], ['7/2'], [{ writes: 7, seconds: 2 }], [{ limit: 7, windowMs: 2000 }]])(
    '%j is what a gate and a sandbox take',
    async (rate) => {
      const gate = await openGate({ ...API, kind: 'writes', rate, stateDir: false });
      expect(gate.limit).toBe(rate === 'off' ? Infinity : 7);
      await gate.close();
      const sandbox = await startSandbox({ writes: rate, reads: rate });
      await sandbox.close();
    },
  );
});

it('a gate goes by Redis under the name that an import has for it, and under that of version 1.0.0', async () => {
  const gate = { ...API, kind: 'writes', rate: '60/60', stateDir: false } as const;
  const nobody = 'redis://127.0.0.1:1';
  for (const where of [{ redis: nobody }, { redisUrl: nobody }] satisfies Partial<OpenGateOptions>[]) {
    await expect(openGate({ ...gate, ...where, maxOutageSeconds: 1 })).rejects.toMatchObject({ code: 'unreachable' });
  }
});

it.each(['concurrency', 'connections'] as const)('a client has no more than %s requests in flight', async (name) => {
  const sandbox = await startSandbox({ writes: 'off', latency: { minMs: 20, maxMs: 20 } });
  const client = createClient({ apiUrl: sandbox.url, key: sandbox.key, [name]: 2 });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  const payload = (n: number): object => ({ emails: [`p${n}@x.com`], bot_id: sandbox.botId });
  await Promise.all(Array.from({ length: 8 }, (_, n) => client.upsert(payload(n))));
  expect(sandbox.stats().maxInFlight).toBe(2);
});

describe('a plan', () => {
  it('takes what its import takes, live as well', async () => {
    const bench = await workbench(FILE);
    const options = { file: bench.file, ...bench.api, live: true };
    expect(await planContacts(options)).toMatchObject({ live: true, created: 2 });
    await importContacts(options);
    expect(await planContacts(options)).toMatchObject({ live: true, unchanged: 2 });
    expect(await planContacts({ ...options, live: false })).toMatchObject({ live: false });
    const earlier = { file: bench.file, apiUrl: bench.api.apiUrl, live: bench.api };
    expect(await planContacts(earlier)).toMatchObject({ live: true, unchanged: 2 });
  });

  it('that is live needs a key, and says what live takes', async () => {
    const bench = await workbench(FILE);
    await expect(planContacts({ file: bench.file, live: true })).rejects.toMatchObject({ code: 'no_key' });
    await expect(planContacts({ file: bench.file, live: 'yes' as never })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/^live: /) as unknown,
    });
  });
});

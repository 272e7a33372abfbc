import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/api/client.js';
import { ImporterError } from '../../src/errors.js';
import type { ImportEvent } from '../../src/run/events.js';
import { verifyContacts } from '../../src/run/verify/verify.js';
import { workbench } from './workbench.js';

const people = (count: number): string =>
  `Email\n${Array.from({ length: count }, (_, n) => `p${n}@x.example\n`).join('')}`;
/** What each key may do in a window that is soon over. */
const WRITES = { limit: 20, windowMs: 1500 };
const RATE = { writes: WRITES.limit, seconds: WRITES.windowMs / 1000 };

/** In a window that no machine slides past: of a key's budget nothing comes back, so the next key is needed when it is spent. */
const minuteOf = (limit: number) => ({
  writes: { limit, windowMs: 60_000 },
  rate: { writes: limit, seconds: 60 },
});

describe('several keys of one workspace', () => {
  it('share an import, each with a budget of its own, and nobody goes out twice', async () => {
    const { writes, rate } = minuteOf(20);
    const bench = await workbench(people(60), { writes, keys: 3 });
    const [key = '', ...moreKeys] = bench.sandbox.keys;
    const limits: unknown[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'started') limits.push(event.limit);
    };
    const { summary } = await bench.import({ live: false, key, moreKeys, rate, onEvent });
    expect(summary).toMatchObject({ created: 60, requests: 60, throttled: 0, complete: true });
    expect(limits).toEqual([{ writes: 60, seconds: rate.seconds }]);
    const byKey = new Map<string, number>();
    for (const { method, key: name } of bench.sandbox.requests) {
      if (method === 'POST') byKey.set(String(name), (byKey.get(String(name)) ?? 0) + 1);
    }
    expect([...byKey.values()]).toEqual([20, 20, 20]);
  });

  it('go on into the next windows, and none of them ever over its limit', async () => {
    const bench = await workbench(people(120), { writes: WRITES, keys: 3 });
    const [key = '', ...moreKeys] = bench.sandbox.keys;
    const { summary } = await bench.import({ live: false, key, moreKeys, rate: RATE });
    expect(summary).toMatchObject({ created: 120, requests: 120, throttled: 0, complete: true });
  });

  it('take over the writes of one that is revoked in the middle, and say so', async () => {
    const bench = await workbench(people(60), {
      writes: WRITES,
      keys: 2,
      faults: { on: 'writes', revokeAtRequest: 10 },
    });
    const [key = '', ...moreKeys] = bench.sandbox.keys;
    const warnings: string[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'warning') warnings.push(event.code);
    };
    const { summary } = await bench.import({ live: false, key, moreKeys, rate: RATE, onEvent });
    expect(summary).toMatchObject({ created: 60, complete: true, throttled: 0 });
    expect(warnings).toContain('key_dropped');
  });

  it.each([
    // The first and the third can just do all of it, and the second is tried in between.
    ['with a limit', minuteOf(60)],
    ['without one', { writes: { limit: 0, windowMs: 1000 }, rate: { writes: Number.POSITIVE_INFINITY, seconds: 60 } }],
  ])('of which one alone is refused for the rate, %s, go on by the others', async (_, { writes, rate }) => {
    const faults = { on: 'writes', onKey: 2, probabilities: { 429: 1 }, retryAfterSeconds: 1 } as const;
    const bench = await workbench(people(100), { writes, keys: 3, faults });
    const [key = '', ...moreKeys] = bench.sandbox.keys;
    const { summary } = await bench.import({ live: false, key, moreKeys, rate });
    expect(summary).toMatchObject({ created: 100, complete: true, rejected: 0 });
    expect(bench.sandbox.stats().contacts).toBe(100);
    const refused = bench.sandbox.requests.filter(({ status }) => status === 429);
    expect(new Set(refused.map(({ key: name }) => name))).toEqual(new Set(['full-2']));
    expect(summary.throttled).toBe(refused.length);
  });

  it('of which one is revoked from the start go on without it, and write nothing with it', async () => {
    const bench = await workbench(people(30), { writes: WRITES, keys: 3 });
    const [key = '', second = '', third = ''] = bench.sandbox.keys;
    bench.sandbox.revokeKey(second);
    const warnings: string[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'warning') warnings.push(event.message);
    };
    const { summary } = await bench.import({ key, moreKeys: [second, third], rate: RATE, onEvent });
    expect(summary).toMatchObject({ created: 30, requests: 30, complete: true });
    expect(bench.sandbox.requests.filter(({ status }) => status === 401)).toMatchObject([{ method: 'GET' }]);
    expect(warnings).toContain('Clarky does not take key 2 of 3: going on with the others.');
  });

  it('of which one may not write go on without it, and say so', async () => {
    const bench = await workbench(people(5), { writes: WRITES });
    const { key, readOnlyKey } = bench.sandbox;
    const warnings: string[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'warning' && event.code === 'key_dropped') warnings.push(event.message);
    };
    const { summary } = await bench.import({ live: false, key, moreKeys: [readOnlyKey], rate: RATE, onEvent });
    expect(summary).toMatchObject({ created: 5, complete: true });
    expect(warnings).toEqual(['Clarky does not let key 2 of 2 write: going on with the others.']);
  });

  it('of which one is revoked and has a new one in its file use that from the start', async () => {
    const bench = await workbench(people(30), { keys: 3 });
    const [key = '', second = '', third = ''] = bench.sandbox.keys;
    bench.sandbox.revokeKey(second);
    const rereadKeys = () => Promise.resolve([key, third]);
    const { summary } = await bench.import({ live: false, key, moreKeys: [second], rate: RATE, rereadKeys });
    expect(summary).toMatchObject({ created: 30, requests: 30, complete: true });
    const writers = bench.sandbox.requests.filter(({ method }) => method === 'POST').map(({ key: name }) => name);
    expect(new Set(writers)).toEqual(new Set(['full', 'full-3']));
  });

  it('of which two of four are revoked in the middle lose nothing', async () => {
    const { writes, rate } = minuteOf(60);
    const bench = await workbench(people(120), { writes, keys: 4 });
    const [key = '', ...moreKeys] = bench.sandbox.keys;
    const [second = ''] = moreKeys;
    const dropped: string[] = [];
    const onEvent = (event: ImportEvent): void => {
      if (event.type === 'warning' && event.code === 'key_dropped') dropped.push(event.message);
      if (event.type !== 'contact') return;
      const { contacts } = bench.sandbox.stats();
      if (contacts > 20) bench.sandbox.revokeKey(key);
      // It has taken over by then.
      if (contacts > 50) bench.sandbox.revokeKey(second);
    };
    const { summary } = await bench.import({ live: false, key, moreKeys, rate, onEvent });
    expect(summary).toMatchObject({ created: 120, complete: true, throttled: 0 });
    expect(bench.sandbox.stats().contacts).toBe(120);
    expect(dropped.map((said) => /key (\d of \d)/.exec(said)?.[1]).sort()).toEqual(['1 of 4', '2 of 4']);
  });

  it('of which the last is revoked as well, stop, and a new key goes on with the rest', async () => {
    const bench = await workbench(people(60), { writes: WRITES, keys: 4 });
    const [key = '', second = '', third = '', next = ''] = bench.sandbox.keys;
    const onEvent = (event: ImportEvent): void => {
      if (event.type !== 'contact') return;
      const { contacts } = bench.sandbox.stats();
      for (const [nth, revoked] of [second, key, third].entries()) {
        if (contacts > 10 * (nth + 1)) bench.sandbox.revokeKey(revoked);
      }
    };
    const stopped = await bench.import({ live: false, key, moreKeys: [second, third], rate: RATE, onEvent });
    expect([stopped.stoppedBy?.code, stopped.exitStatus]).toEqual(['unauthorized', 4]);
    expect(stopped.summary.rejected).toBe(0);
    expect(stopped.summary.pending).toBeGreaterThan(0);
    const { summary } = await bench.import({ live: false, key: next, rate: RATE });
    expect(summary).toMatchObject({
      rows: 60,
      created: stopped.summary.pending,
      unchanged: 60 - stopped.summary.pending,
    });
    expect(bench.sandbox.stats().contacts).toBe(60);
  });

  it('without a limit take turns, and do without one that may not write', async () => {
    const bench = await workbench(people(30), { keys: 2 });
    const { keys, readOnlyKey } = bench.sandbox;
    const [key = '', ...moreKeys] = keys;
    const { summary } = await bench.import({ live: false, key: readOnlyKey, moreKeys: [key, ...moreKeys] });
    expect(summary).toMatchObject({ created: 30, complete: true });
    const writers = bench.sandbox.requests.filter(({ status }) => status === 201).map(({ key: name }) => name);
    expect(new Set(writers).size).toBe(2);
  });

  it('of which one is of another workspace are refused before the first write', async () => {
    const bench = await workbench(people(3));
    const { key, foreignKey } = bench.sandbox;
    const moreKeys = [foreignKey];
    await expect(bench.import({ live: false, key, moreKeys })).rejects.toMatchObject({ code: 'usage', exitStatus: 2 });
    expect(bench.sandbox.stats().writes).toBe(0);
  });

  it('of which one may not read are refused: its workspace can’t be told', async () => {
    const bench = await workbench(people(3));
    const { key, writeOnlyKey } = bench.sandbox;
    await expect(bench.import({ live: false, key, moreKeys: [writeOnlyKey] })).rejects.toMatchObject({ code: 'usage' });
  });

  it('none of which Clarky takes are no keys', async () => {
    const bench = await workbench(people(3));
    const run = bench.import({ live: false, key: 'ck_live_unknown_1', moreKeys: ['ck_live_unknown_2'] });
    await expect(run).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('a key that is rotated', () => {
  it('is read again before a refusal stops the run', async () => {
    const bench = await workbench(people(30), { keys: 2, faults: { on: 'writes', revokeAtRequest: 10 } });
    const [key = '', next = ''] = bench.sandbox.keys;
    const path = join(bench.folder, 'key');
    await writeFile(path, next);
    let reads = 0;
    const rereadKeys = (): Promise<readonly string[]> => {
      reads += 1;
      return Promise.resolve([next]);
    };
    const { summary, exitStatus } = await bench.import({ live: false, key, rereadKeys });
    expect(exitStatus).toBe(0);
    expect(summary).toMatchObject({ created: 30, complete: true });
    expect(reads).toBe(1);
  });

  it('to one of another workspace stops it: nothing is sent with that', async () => {
    const bench = await workbench(people(30), { faults: { on: 'writes', revokeAtRequest: 10 } });
    const { key, foreignKey, requests } = bench.sandbox;
    const rereadKeys = (): Promise<readonly string[]> => Promise.resolve([foreignKey]);
    const { stoppedBy, exitStatus, summary } = await bench.import({ live: false, key, rereadKeys });
    expect([stoppedBy?.code, exitStatus]).toEqual(['unauthorized', 4]);
    expect(stoppedBy?.message).toContain('no key of this workspace');
    expect(summary.created + summary.pending).toBe(30);
    expect(requests.filter(({ key: by, method }) => by === 'foreign' && method !== 'GET')).toEqual([]);
  });

  it('and is the same still, stops it', async () => {
    const bench = await workbench(people(30), { faults: { on: 'writes', revokeAtRequest: 10 } });
    const { key } = bench.sandbox;
    const { stoppedBy } = await bench.import({ live: false, key, rereadKeys: () => Promise.resolve([key]) });
    expect(stoppedBy?.code).toBe('unauthorized');
    const gone = (): Promise<readonly string[]> => Promise.reject(new ImporterError('no_key', 'The key file is gone.'));
    await expect(bench.import({ live: false, key, rereadKeys: gone })).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

it('a key of another workspace than the import’s finds nothing missing there: verify says whose it is', async () => {
  const bench = await workbench(people(3));
  await bench.import({ live: false, bot: undefined });
  const { key, foreignKey, botId } = bench.sandbox;
  const verify = (by: string) => verifyContacts({ file: bench.file, ...bench.api, bot: undefined, key: by });
  expect(await verify(key)).toMatchObject({ same: 3, exitStatus: 0 });
  await expect(verify(foreignKey)).rejects.toMatchObject({
    code: 'wrong_bot',
    message: `The key does not see the bot ${botId}, which the last import was for.`,
  });
});

describe('a client', () => {
  it('needs a key alone', async () => {
    const { sandbox, folder } = await workbench('Email\n');
    const client = createClient({ key: sandbox.key, apiUrl: sandbox.url });
    try {
      const [bot] = (await client.checkAccess()).bots;
      const result = await client.upsert({ bot_id: bot, emails: ['ann@x.example'] });
      expect(result).toMatchObject({ outcome: 'accepted', created: true });
    } finally {
      await client.close();
    }
    expect(folder).toBeTruthy();
  });
});

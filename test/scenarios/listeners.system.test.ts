/** A listener of the caller's that fails, at once or later, ends nothing. Vitest fails where a rejection is handled by nobody. */
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createClient,
  type ImportEvent,
  importContacts,
  openGate,
  planContacts,
  startSandbox,
  verifyContacts,
} from '../../src/index.js';
import { workbench } from './workbench.js';

const FAILING = [
  [
    'at once',
    () => {
      throw new TypeError('my listener');
    },
  ],
  ['later', () => Promise.reject(new TypeError('my listener'))],
] as const satisfies (readonly [string, () => unknown])[];

describe.each(FAILING)('a listener that fails %s', (_when, fails) => {
  const onEvent = fails as () => undefined;
  const warned = async (): Promise<unknown> => {
    const [warning] = (await once(process, 'warning')) as [Error & { code?: string }];
    return { code: warning.code, said: warning.message, cause: (warning.cause as Error).message };
  };
  const expected = {
    code: 'listener_failed',
    said: 'A listener to the events threw TypeError (my listener): what it listens to goes on.',
    cause: 'my listener',
  };

  it('of a client ends no call, and is told', async () => {
    const told = warned();
    const sandbox = await startSandbox({ onAnswered: () => undefined });
    const client = createClient({ key: sandbox.key, apiUrl: sandbox.url, onEvent });
    onTestFinished(async () => {
      await client.close();
      await sandbox.close();
    });
    const person = { emails: ['ada@example.com'], bot_id: sandbox.botId };
    expect(await client.upsert(person)).toMatchObject({ outcome: 'accepted' });
    expect(await client.getByEmail('ada@example.com')).toBeDefined();
    expect(await told).toEqual(expected);
  });

  it('of a gate leaves the gate as it is, and is told', async () => {
    const told = warned();
    const budget = { apiUrl: 'http://127.0.0.1:9/api/v1', key: 'ck', stateDir: false } as const;
    const gate = await openGate({ ...budget, kind: 'writes', rate: { writes: 1, seconds: 1.2 }, onEvent });
    const run = () =>
      gate.run((attempt) => {
        attempt.answered({ window: undefined, retryAfterMs: undefined }, false);
        return Promise.resolve('done');
      });
    // The second waits for the first one's token, and that is told.
    expect(await Promise.all([run(), run()])).toEqual(['done', 'done']);
    expect(await told).toEqual(expected);
    await gate.close();
  });

  it('of a sandbox ends no answer', async () => {
    const told = warned();
    const sandbox = await startSandbox({ onAnswered: onEvent });
    onTestFinished(() => sandbox.close());
    const answer = () => fetch(`${sandbox.url}/contacts`, { headers: { authorization: `Bearer ${sandbox.key}` } });
    expect([(await answer()).status, (await answer()).status]).toEqual([200, 200]);
    expect(await told).toEqual(expected);
  });

  it('of a plan or a check ends neither, and is told as an event', async () => {
    const bench = await workbench('Email\nada@x.com\nbob@x.com\n');
    const api = { ...bench.api, stateDir: false } as const;
    await importContacts({ file: bench.file, ...api });
    const events: ImportEvent[] = [];
    const listen = { onEvent: (event: ImportEvent) => void events.push(event) };
    expect(await planContacts({ file: bench.file, apiUrl: api.apiUrl, onForeseen: onEvent, ...listen })).toMatchObject({
      rows: 2,
    });
    expect(await verifyContacts({ file: bench.file, ...api, onChecked: onEvent, ...listen })).toMatchObject({
      same: 2,
    });
    const failed = events.filter((event) => event.type === 'warning' && event.code === 'listener_failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({ cause: new TypeError('my listener') });
  });

  it('of an import is told with what it threw, without a log by a warning of the process', async () => {
    const bench = await workbench('');
    const told = warned();
    const rows = [{ Email: 'ada@x.com' }];
    expect((await importContacts({ rows, ...bench.api, onEvent })).summary).toMatchObject({ created: 1 });
    expect(await told).toMatchObject({ cause: 'my listener' });
  });
});

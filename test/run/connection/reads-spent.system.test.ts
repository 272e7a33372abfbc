import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../../src/run/connection/connection.js';
import { callListener } from '../../../src/run/connection/listeners.js';
import { startSandbox } from '../../../src/sandbox/index.js';

it('what a key may read in a minute is told of where it is spent, once', async () => {
  const sandbox = await startSandbox({ reads: { limit: 0, windowMs: 1000 } });
  onTestFinished(() => sandbox.close());
  const stop = new AbortController();
  const told: string[] = [];
  const waits: number[] = [];
  const startedMs = Date.now();
  const spent = new Promise<void>((resolve) => {
    void Connection.open({
      apiUrl: sandbox.url,
      key: sandbox.key,
      stateDir: false,
      onCall: callListener((event) => {
        if (event.type === 'reads_waiting') waits.push(event.untilMs);
        if (event.type !== 'warning') return;
        told.push(event.message);
        resolve();
      }),
    }).then(async (connection) => {
      onTestFinished(() => connection.close());
      const reads = Array.from({ length: 125 }, () => connection.client.getContact('nobody', { signal: stop.signal }));
      await Promise.allSettled(reads);
    });
  });
  await spent;
  stop.abort(new Error('enough'));
  expect(waits[0]).toBeGreaterThan(startedMs);
  expect(told).toEqual([expect.stringContaining('120 times a minute')]);
});

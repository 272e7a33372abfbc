import { expect, it, onTestFinished } from 'vitest';
import { findAccess } from '../../src/run/access.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { privateFolder } from '../support/folder.js';

it('goes by the clock at the moment of the answer, however long the write then waits for the limit', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const rate = { writes: 1, seconds: 2 };
  const options = { key: sandbox.key, apiUrl: sandbox.url, rate, stateDir: await privateFolder() };
  await findAccess(options);
  const heard: { readonly atMs: number; readonly serverMs: number }[] = [];
  const { clockAheadMs = NaN } = await findAccess({
    ...options,
    onEvent: (event) => {
      if (event.type === 'request' && event.method === 'GET' && event.serverMs !== undefined)
        heard.push({ atMs: Date.now(), serverMs: event.serverMs });
    },
  });
  const { atMs, serverMs } = heard.at(-1) ?? { atMs: NaN, serverMs: NaN };
  const waitedMs = Date.now() - atMs;
  expect(waitedMs).toBeGreaterThan(1000);
  expect(clockAheadMs).toBeLessThan(atMs - serverMs + waitedMs / 2);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { until } from '../support/until.js';

const DEMO = fileURLToPath(new URL('../../scripts/demo.js', import.meta.url));

it('the demo imports its fixture twice, and says that nothing of it is left', async () => {
  const demo = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said, [code]] = await Promise.all([text(demo.stdout), once(demo, 'exit')]);
  expect(code).toBe(0);
  expect(said).toContain('Finished: 72 rows of contacts.csv, 5 of them rejected.');
  expect(said).toMatch(/The second run sent nothing[^]+for a file of your own\.\n$/);
});

/** Whether something listens there. */
async function isTaken(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, 'listening').then(() => false);
  const failed = once(server, 'error').then(() => true);
  server.listen(port, '127.0.0.1');
  const taken = await Promise.race([listening, failed]);
  server.close();
  return taken;
}

it('the demo ends its sandbox though nobody reads on', async () => {
  const demo = spawn(process.execPath, [DEMO], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = new Promise<number>((resolve) => {
    let said = '';
    demo.stdout.on('data', (chunk) => {
      said += String(chunk);
      const port = /127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  const port = await url;
  demo.stdout.destroy();
  demo.stderr.resume();
  const [code, signal] = (await once(demo, 'exit')) as [number | null, string | null];
  expect([code, signal]).toEqual([0, null]);
  await until(async () => !(await isTaken(port)));
});

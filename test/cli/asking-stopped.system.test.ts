/** Commands that only ask Clarky something, stopped by a signal while they wait. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { workplace } from '../support/cli.js';
import { until } from '../support/until.js';

/** A server that never answers. */
async function silentServer() {
  let asked = 0;
  const server = createServer(() => (asked += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/api/v1`, asked: () => asked };
}

it.each([
  ['bots', 'SIGINT', 130, 'interrupted', 'Stopped by Ctrl-C.', 'Nothing was changed.'],
  ['doctor', 'SIGTERM', 143, 'terminated', 'Stopped by SIGTERM.', 'Nothing was changed.'],
  ['login', 'SIGINT', 130, 'interrupted', 'Stopped by Ctrl-C.', 'Nothing was kept.'],
] as const)('%s says at %s that it was stopped', async (command, signal, exit, error, message, next) => {
  const place = await workplace();
  const isInJson = command !== 'login';
  const { url: CLARKY_API_URL, asked } = await silentServer();
  const env = { CLARKY_API_URL };
  const { child, ended } = place.start([command, ...(isInJson ? ['--json'] : [])], { env });
  await until(() => asked() > 0);
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect([code, stderr]).toEqual([exit, `clarky-contacts: ${message}\n  ${next}\n`]);
  if (isInJson) expect(JSON.parse(stdout)).toMatchObject({ exit, error, message, next });
});

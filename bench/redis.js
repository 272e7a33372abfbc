/** A Redis server of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const isRedisInstalled = () => spawnSync('redis-server', ['--version']).status === 0;

/**
 * Starts one on loopback, lends its address, and ends it.
 * @template Result
 * @param {(url: string) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withRedis(use) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  const port = String(free);
  probe.close();
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    for await (const line of createInterface(server.stdout)) if (line.includes('Ready to accept')) break;
    server.stdout.resume();
    return await use(`redis://127.0.0.1:${port}`);
  } finally {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  }
}

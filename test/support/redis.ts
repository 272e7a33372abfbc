/** A real Redis, from Debian's redis-server: CI installs it, and what needs it has nothing to show without. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export const redisIsInstalled = spawnSync('redis-server', ['--version']).status === 0;
if (!redisIsInstalled) process.stderr.write('no redis-server here: the tests that need it do not run\n');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface RedisServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one on loopback that keeps nothing on disk, and waits until it answers. */
export async function startRedis(): Promise<RedisServer> {
  const port = String(await freePort());
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve) =>
    server.stdout.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept')) resolve();
    }),
  );
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      const ended = once(server, 'close');
      server.kill();
      await ended;
    },
  };
}

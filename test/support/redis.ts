/** A real Redis, from Debian's redis-server: CI installs it, and what needs it has nothing to show without. */
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export const redisIsInstalled = spawnSync('redis-server', ['--version']).status === 0;
if (!redisIsInstalled) process.stderr.write('no redis-server here: the tests that need it do not run\n');

/** A port of this machine at which nobody listens, nor can before the test ends: a connection that goes on has it. */
export async function refusingPort(): Promise<number> {
  const accepted: Socket[] = [];
  const server = createServer((socket) => void accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const holder = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(holder, 'connect');
  onTestFinished(() => {
    holder.destroy();
    for (const socket of accepted) socket.destroy();
    server.close();
  });
  return holder.localPort ?? 0;
}

async function freePort(): Promise<number> {
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
  for (;;) {
    const port = await freePort();
    const server = await redisAt(port);
    // Somebody else was faster to take the port.
    if (server === undefined) continue;
    return {
      url: `redis://127.0.0.1:${port}`,
      close: async () => {
        const ended = once(server, 'close');
        server.kill();
        await ended;
      },
    };
  }
}

/** Undefined where it ends before it listens. */
async function redisAt(port: number): Promise<ChildProcessByStdio<null, Readable, null> | undefined> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('close', () => {
      if (said.includes('in use')) resolve(undefined);
      else reject(new Error(`redis-server ended: ${said}`));
    });
    server.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes('Ready to accept')) resolve(server);
    });
  });
}

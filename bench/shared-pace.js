/** What several processes on one key take together, against the least that its one limit allows. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { leastSeconds } from '../dist/run/least-time.js';
import { writeContacts } from './contacts-file.js';
import { CLI, measure } from './measure.js';
import { withSandbox } from './sandbox.js';

const CONTACTS = 300;
const WRITES = 60;
const WINDOW_SECONDS = { scaled: 10, full: 60 };
const PROCESSES = [2, 5];

/** @type {import('./main.js').Section} */
export async function* sharedPace({ folder, full }) {
  const seconds = full ? WINDOW_SECONDS.full : WINDOW_SECONDS.scaled;
  for (const processes of PROCESSES) yield await together({ folder, full, seconds, processes });
  if (spawnSync('redis-server', ['--version']).status !== 0) return;
  for (const processes of PROCESSES) {
    yield await withRedis((url) => together({ folder, full, seconds, processes, redis: url }));
  }
}

/** @returns {Promise<import('./main.js').Row>} */
async function together({ folder, full, seconds, processes, redis }) {
  const rate = `${WRITES}/${seconds}`;
  const each = CONTACTS / processes;
  const place = join(folder, `shared-${redis === undefined ? 'files' : 'redis'}-${processes}`);
  const commands = await Promise.all(
    Array.from({ length: processes }, async (_, at) => {
      const file = `${place}-${at}.csv`;
      await writeContacts(file, each, at * each);
      const shared = redis === undefined ? [] : ['--redis', redis];
      return {
        command: [CLI, 'import', file, '--rate', rate, '--json', '--quiet', ...shared],
        state: redis === undefined ? `${place}-state` : `${place}-${at}-state`,
      };
    }),
  );
  return withSandbox(['--limit', rate, '--latency', '40-100'], async ({ env }) => {
    const runAll = async () => {
      const startedMs = performance.now();
      const ends = await Promise.all(
        commands.map(({ command, state }) => measure(command, { ...env, XDG_STATE_HOME: state })),
      );
      return { ends, wallMs: performance.now() - startedMs };
    };
    const first = await runAll();
    // The second time nothing is sent: what that takes is what starting all of them takes.
    const second = await runAll();
    const throttled = first.ends.reduce((sum, { output }) => sum + JSON.parse(output).throttled, 0);
    const least = leastSeconds(CONTACTS, WRITES, seconds * 1000);
    const sending = (first.wallMs - second.wallMs) / 1000;
    return {
      what: `${processes} imports of ${each} at once, one key at ${rate} s${redis === undefined ? '' : ', through Redis'}`,
      figure: `${(first.wallMs / 1000).toFixed(1)} s, ${throttled} throttled`,
      ratio: `${(sending / least).toFixed(3)} x least time (${least} s) + start-up (${(second.wallMs / 1000).toFixed(1)} s)`,
      bound: full ? '1.03 x, 0 throttled' : '1.03 x with --full, 0 throttled',
    };
  });
}

/** Starts a Redis of its own, lends its address, and ends it. */
async function withRedis(use) {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = String(probe.address().port);
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

/** Import time against the least that the limit allows: of one process, and of several on one key. */
import { join } from 'node:path';
import { leastSeconds } from '../dist/rate/rate.js';
import { writeContacts } from './contacts-file.js';
import { CLI, measure } from './measure.js';
import { isRedisInstalled, withRedis } from './redis.js';
import { withSandbox } from './sandbox.js';

const CONTACTS = 300;
const WRITES = 60;
const WINDOW_SECONDS = { scaled: 10, full: 60 };
const SEVERAL = [2, 5];
const KEYS = 4;
const CONTACTS_OF_KEYS = 480;

/** @type {import('./main.js').Section} */
export async function* pace(settings) {
  yield await together(settings, { processes: 1, promised: '1.05 x' });
}

/** @type {import('./main.js').Section} */
export async function* sharedPace(settings) {
  for (const processes of SEVERAL) yield await together(settings, { processes, promised: '1.03 x' });
  if (!isRedisInstalled()) return;
  for (const processes of SEVERAL) {
    yield await withRedis((redis) => together(settings, { processes, promised: '1.03 x', redis }));
  }
}

/** One import by several keys of one workspace: as many times the budget. @type {import('./main.js').Section} */
export async function* keysPace({ folder, full }) {
  const seconds = full ? WINDOW_SECONDS.full : WINDOW_SECONDS.scaled;
  const rate = `${WRITES}/${seconds}`;
  const file = join(folder, 'keys.csv');
  await writeContacts(file, CONTACTS_OF_KEYS);
  const command = [CLI, 'import', file, '--rate', rate, '--json', '--quiet'];
  const flags = ['--limit', rate, '--latency', '40-100', '--keys', String(KEYS)];
  yield await withSandbox(flags, async ({ env, keys }) => {
    const withKeys = { ...env, CLARKY_KEYS: keys.join(','), XDG_STATE_HOME: join(folder, 'keys-state') };
    const first = await measure(command, withKeys);
    const second = await measure(command, withKeys);
    const { throttled } = JSON.parse(first.output);
    const least = leastSeconds(CONTACTS_OF_KEYS, { limit: WRITES * KEYS, windowMs: seconds * 1000 });
    const sending = (first.wallMs - second.wallMs) / 1000;
    return {
      what: `import of ${CONTACTS_OF_KEYS} contacts by ${KEYS} keys, each at ${rate} s`,
      figure: `${(first.wallMs / 1000).toFixed(1)} s, ${throttled} throttled`,
      ratio: `${(sending / least).toFixed(3)} x least time (${least} s) + start-up (${(second.wallMs / 1000).toFixed(1)} s)`,
      bound: full ? '1.03 x, 0 throttled' : '1.03 x with --full, 0 throttled',
    };
  });
}

/**
 * @param {import('./main.js').Settings} settings
 * @param {{ processes: number, promised: string, redis?: string }} of through a Redis they share nothing else
 * @returns {Promise<import('./main.js').Row>}
 */
async function together({ folder, full }, { processes, promised, redis }) {
  const seconds = full ? WINDOW_SECONDS.full : WINDOW_SECONDS.scaled;
  const rate = `${WRITES}/${seconds}`;
  const each = CONTACTS / processes;
  const place = join(folder, `pace-${redis === undefined ? 'files' : 'redis'}-${processes}`);
  const imports = await Promise.all(
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
    const importAll = async () => {
      const startedMs = performance.now();
      const ends = await Promise.all(
        imports.map(({ command, state }) => measure(command, { ...env, XDG_STATE_HOME: state })),
      );
      return { outputs: ends.map(({ output }) => output), wallMs: performance.now() - startedMs };
    };
    const first = await importAll();
    // The second time nothing is sent: what that takes is what starting takes.
    const second = await importAll();
    const throttled = first.outputs.reduce((sum, output) => sum + JSON.parse(output).throttled, 0);
    const least = leastSeconds(CONTACTS, { limit: WRITES, windowMs: seconds * 1000 });
    const sending = (first.wallMs - second.wallMs) / 1000;
    const imported = processes === 1 ? `import of ${each} contacts` : `${processes} imports of ${each} on one key`;
    return {
      what: `${imported} at ${rate} s, answers after 40-100 ms${redis === undefined ? '' : ', Redis'}`,
      figure: `${(first.wallMs / 1000).toFixed(1)} s, ${throttled} throttled`,
      ratio: `${(sending / least).toFixed(3)} x least time (${least} s) + start-up (${(second.wallMs / 1000).toFixed(1)} s)`,
      // What a busy machine adds to each window weighs six times as much in the short one.
      bound: full ? `${promised}, 0 throttled` : `${promised} with --full, 0 throttled`,
    };
  });
}

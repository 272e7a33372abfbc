/** Import time against the least that the limit allows. */
import { join } from 'node:path';
import { leastSeconds } from '../dist/run/least-time.js';
import { writeContacts } from './contacts-file.js';
import { CLI, measure } from './measure.js';
import { withSandbox } from './sandbox.js';

const CONTACTS = 300;
const WRITES = 60;
const WINDOW_SECONDS = { scaled: 10, full: 60 };

/** @type {import('./main.js').Section} */
export async function* pace({ folder, full }) {
  const seconds = full ? WINDOW_SECONDS.full : WINDOW_SECONDS.scaled;
  const rate = `${WRITES}/${seconds}`;
  const file = join(folder, 'pace.csv');
  await writeContacts(file, CONTACTS);
  const command = [CLI, 'import', file, '--rate', rate, '--json', '--quiet'];
  yield await withSandbox(['--limit', rate, '--latency', '40-100'], async ({ env }) => {
    const stateEnv = { ...env, XDG_STATE_HOME: join(folder, 'state') };
    const first = await measure(command, stateEnv);
    // The second run sends nothing: what it takes is what starting takes.
    const second = await measure(command, stateEnv);
    const { throttled } = JSON.parse(first.output);
    const least = leastSeconds(CONTACTS, WRITES, seconds * 1000);
    const sending = (first.wallMs - second.wallMs) / 1000;
    return {
      what: `import of ${CONTACTS} contacts at ${rate} s, answers after 40-100 ms`,
      figure: `${(first.wallMs / 1000).toFixed(1)} s, ${throttled} throttled`,
      ratio: `${(sending / least).toFixed(3)} x least time (${least} s) + start-up (${(second.wallMs / 1000).toFixed(1)} s)`,
      // What a busy machine adds to each window weighs six times as much in the short one.
      bound: full ? '1.05 x, 0 throttled' : '1.05 x with --full, 0 throttled',
    };
  });
}

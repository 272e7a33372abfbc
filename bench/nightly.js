/** A night's import of a list of which little has changed: how long the whole process takes, and that it writes no more. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeContacts } from './contacts-file.js';
import { CLI, measure, pathOf } from './measure.js';
import { withSandbox } from './sandbox.js';

const ROWS = 20_000;
const CHANGED = 50;
const PROMISED_SECONDS = 10;

/** @type {import('./main.js').Section} */
export async function* nightly({ folder }) {
  const file = join(folder, 'nightly.csv');
  await writeContacts(file, ROWS);
  // Whom an import has sent is noted in the user's state folder.
  const state = { XDG_STATE_HOME: join(folder, 'state') };
  const importOf = (path) => [CLI, 'import', path, '--rate', 'off', '--json', '--quiet'];
  yield await withSandbox(['--limit', '0'], async ({ url, botId, env }) => {
    await measure([pathOf('bench/accept-all.js'), file, url, botId], state);
    const before = await promote(file);
    const there = join(folder, 'there.csv');
    await writeFile(there, before);
    await measure(importOf(there), { ...env, XDG_STATE_HOME: join(folder, 'state-of-there') });
    const { wallMs, cpuMs, output } = await measure(importOf(file), { ...env, ...state });
    const { updated, unchanged, requests } = JSON.parse(output);
    return {
      what: `import of ${ROWS.toLocaleString('en')} rows, of which ${CHANGED} changed`,
      figure: `${requests} writes, ${(wallMs / 1000).toFixed(1)} s`,
      ratio: `${updated} updated, ${unchanged} unchanged, ${(cpuMs / 1000).toFixed(1)} s of CPU`,
      bound: `${CHANGED} writes, ${PROMISED_SECONDS} s`,
    };
  });
}

/** Gives people all over the file another job. @returns {Promise<string>} a file of them as they were: only these are to be there */
async function promote(file) {
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  const changes = (at) => at % (ROWS / CHANGED) === 1;
  const changed = lines.map((line, at) => (changes(at) ? line.replace('Engineer', 'Director') : line));
  await writeFile(file, changed.join('\r\n'));
  return lines.filter((_, at) => at === 0 || changes(at)).join('\r\n');
}

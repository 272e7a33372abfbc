/** Peak memory by rows: of the dry run of one file and of several, of imports that find all unchanged, reject all, send all. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeContacts } from './contacts-file.js';
import { CLI, measure, pathOf } from './measure.js';
import { withSandbox } from './sandbox.js';

const ROWS = [10_000, 100_000];
const MANY_ROWS = 1_000_000;
/** Sending takes a few milliseconds a contact even without a limit. */
const ROWS_SENT = 10_000;
const FILES = 4;
const BOUND = '300 MB';

/** @type {import('./main.js').Section} */
export async function* memory({ folder, full }) {
  const row = (what, rows, { peakMiB, cpuMs }) => ({
    what: `peak memory of ${what}, ${rows.toLocaleString('en')} rows`,
    figure: `${Math.round(peakMiB)} MiB`,
    ratio: `${((peakMiB * 1024 * 1024) / rows).toFixed(0)} bytes a row, ${(cpuMs / 1000).toFixed(1)} s of CPU`,
    bound: BOUND,
  });
  // Whom an import has sent is noted in the user's state folder.
  const state = { XDG_STATE_HOME: join(folder, 'state') };
  for (const rows of full ? [...ROWS, MANY_ROWS] : ROWS) {
    const file = join(folder, `${rows}.csv`);
    await writeContacts(file, rows);
    yield row('plan', rows, await measure([CLI, 'plan', file, '--json']));
    yield* await withSandbox(['--limit', '0'], async ({ url, botId, env }) => {
      const own = { ...env, ...state };
      await measure([pathOf('bench/accept-all.js'), file, url, botId], state);
      return [
        row('import, all unchanged', rows, await outcomeOf(importing(file), own, 'unchanged')),
        row('plan, all unchanged', rows, await outcomeOf(['plan', file], own, 'unchanged')),
      ];
    });
    if (rows === ROWS_SENT) {
      await rm(`${file}.checkpoint.jsonl`);
      yield await withSandbox(['--limit', '0'], async ({ env }) =>
        row('import, all sent', rows, await outcomeOf(importing(file), { ...env, ...state }, 'created')),
      );
    }
    await rm(file);
    yield row('import, all rejected', rows, await importOfRejected(join(folder, `${rows}-rejected.csv`), rows));
    const parts = Array.from({ length: FILES }, (_, at) => join(folder, `${rows}-${at}.csv`));
    for (const [at, part] of parts.entries()) await writeContacts(part, rows / FILES, (at * rows) / FILES);
    yield row(`plan of ${FILES} files`, rows, await measure([CLI, 'plan', ...parts, '--json']));
    for (const part of parts) await rm(part);
  }
}

/** No row has an e-mail that can be read: none is sent. */
async function importOfRejected(file, rows) {
  const out = createWriteStream(file);
  out.write('First Name,Email,Company\n');
  for (let row = 0; row < rows; row += 1) {
    const line = `Ada,person${row} at example.com,"Company ${row % 5000}, Ltd"\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return withSandbox(['--limit', '0'], async ({ env }) => {
    const command = [CLI, 'import', file, '--rate', 'off', '--json', '--quiet'];
    const taken = await measure(command, env, 3);
    const { rejected } = JSON.parse(taken.output);
    if (rejected !== rows) throw new Error(`${rejected} of ${rows} rows were rejected`);
    for (const name of [file, `${file}.rejected.csv`, `${file}.log.jsonl`]) await rm(name, { force: true });
    return taken;
  });
}

const importing = (file) => ['import', file, '--rate', 'off', '--quiet'];

/** @throws where not every row had the outcome that was to be measured */
async function outcomeOf(command, env, outcome) {
  const taken = await measure([CLI, ...command, '--json'], env);
  const summary = JSON.parse(taken.output);
  if (summary[outcome] !== summary.rows) throw new Error(`${summary[outcome]} of ${summary.rows} rows were ${outcome}`);
  return taken;
}

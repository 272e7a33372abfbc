/** Peak memory by rows: of the dry run, of an import that finds all unchanged, and of one that sends all. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeContacts } from './contacts-file.js';
import { CLI, measure, pathOf } from './measure.js';
import { withSandbox } from './sandbox.js';

const ROWS = [10_000, 100_000];
const MANY_ROWS = 1_000_000;
/** Sending takes a few milliseconds a contact even without a limit. */
const ROWS_SENT = 10_000;
const BOUND = '300 MB';

/** @type {import('./main.js').Section} */
export async function* memory({ folder, full }) {
  const row = (what, rows, { peakMiB, wallMs }) => ({
    what: `peak memory of ${what}, ${rows.toLocaleString('en')} rows`,
    figure: `${Math.round(peakMiB)} MiB`,
    ratio: `${((peakMiB * 1024 * 1024) / rows).toFixed(0)} bytes a row, ${(wallMs / 1000).toFixed(1)} s`,
    bound: BOUND,
  });
  for (const rows of full ? [...ROWS, MANY_ROWS] : ROWS) {
    const file = join(folder, `${rows}.csv`);
    await writeContacts(file, rows);
    yield row('plan', rows, await measure([CLI, 'plan', file, '--json']));
    yield await withSandbox(['--limit', '0'], async ({ url, botId, env }) => {
      await measure([pathOf('bench/accept-all.js'), file, url, botId]);
      return row('import, all unchanged', rows, await importOf(file, env, 'unchanged'));
    });
    if (rows === ROWS_SENT) {
      await rm(`${file}.checkpoint.jsonl`);
      yield await withSandbox(['--limit', '0'], async ({ env }) =>
        row('import, all sent', rows, await importOf(file, env, 'created')),
      );
    }
    await rm(file);
  }
}

/** @throws where not every row had the outcome that was to be measured */
async function importOf(file, env, outcome) {
  const taken = await measure([CLI, 'import', file, '--rate', 'off', '--json', '--quiet'], env);
  const summary = JSON.parse(taken.output);
  if (summary[outcome] !== summary.rows) throw new Error(`${summary[outcome]} of ${summary.rows} rows were ${outcome}`);
  return taken;
}

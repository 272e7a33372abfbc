/** Rows a second against bare csv-parse, on the same file in the same run, as whole processes. */
import { join } from 'node:path';
import { writeContacts } from './contacts-file.js';
import { CLI, medianCpuMs, pathOf } from './measure.js';

/** @type {import('./main.js').Section} */
export async function* throughput({ folder, rows, runs }) {
  const file = join(folder, 'throughput.csv');
  await writeContacts(file, rows);
  const cpuMs = await medianCpuMs(
    {
      bare: [pathOf('bench/bare-parse.js'), file],
      mapped: [pathOf('bench/map-rows.js'), file],
      planned: [CLI, 'plan', file, '--json'],
    },
    runs,
  );
  const row = (what, name, bound) => ({
    what: `${what}, ${rows.toLocaleString('en')} rows`,
    figure: `${Math.round((rows / cpuMs[name]) * 1000).toLocaleString('en')} rows/s of CPU`,
    ratio: `${(cpuMs[name] / cpuMs.bare).toFixed(2)} x csv-parse`,
    bound,
  });
  yield row('bare csv-parse', 'bare', '');
  yield row('parse, map, normalise', 'mapped', '');
  yield row('clarky-contacts plan', 'planned', '3 x');
}

/** What a command takes before it has anything to do, against node itself. */
import { join } from 'node:path';
import { writeContacts } from './contacts-file.js';
import { CLI, medianCpuMs } from './measure.js';

/** @type {import('./main.js').Section} */
export async function* coldStart({ folder, runs }) {
  const file = join(folder, 'tiny.csv');
  await writeContacts(file, 3);
  const commands = {
    'bare node': ['--eval', ''],
    'clarky-contacts --help': [CLI, '--help'],
    'clarky-contacts status': [CLI, 'status', file],
    'clarky-contacts plan, 3 rows': [CLI, 'plan', file],
  };
  const cpuMs = await medianCpuMs(commands, runs * 2 + 1);
  const bare = cpuMs['bare node'];
  for (const [name, ms] of Object.entries(cpuMs)) {
    yield {
      what: `start of ${name}`,
      figure: `${Math.round(ms)} ms of CPU`,
      ratio: `${(ms / bare).toFixed(2)} x bare node, + ${Math.round(ms - bare)} ms`,
      bound: '',
    };
  }
}

/** Measures what the project promises of speed and memory, and prints it beside the promise. It judges nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coldStart } from './cold-start.js';
import { growth } from './growth.js';
import { live } from './live.js';
import { mapping } from './mapping.js';
import { memory } from './memory.js';
import { nightly } from './nightly.js';
import { page } from './page.js';
import { keysPace, pace, sharedPace } from './pace.js';
import { throughput } from './throughput.js';

/**
 * @typedef {{ what: string, figure: string, ratio: string, bound: string }} Row `bound`: what is promised, '' for nothing
 * @typedef {{ folder: string, full: boolean, rows: number, runs: number }} Settings
 * @typedef {(settings: Settings) => AsyncGenerator<Row>} Section
 */

const SECTIONS = {
  mapping,
  growth,
  pace,
  shared: sharedPace,
  keys: keysPace,
  throughput,
  memory,
  live,
  nightly,
  page,
  start: coldStart,
};

const HELP = `npm run bench -- [options]

  --only NAMES  ${Object.keys(SECTIONS).join(', ')}; several with commas (default: all)
  --rows N      rows of the throughput file (default: 100000)
  --runs N      runs of which the median is taken (default: 5)
  --full        a window of 60 s for pace, shared and keys, and 1,000,000 rows for memory: some half an hour
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
    rows: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    full: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(text, flag) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${flag} takes a whole number, not "${text}".`);
  return Number(text);
}

function sectionsNamed(names) {
  return names.split(',').map((name) => {
    if (!Object.hasOwn(SECTIONS, name))
      throw new Error(`There is no section "${name}": ${Object.keys(SECTIONS).join(', ')}.`);
    return SECTIONS[name];
  });
}

/** @param {Row} row */
function printRow({ what, figure, ratio, bound }) {
  const promise = bound === '' ? '' : `  [promised: ${bound}]`;
  console.log(`${what.padEnd(62)} ${figure.padEnd(26)} ${ratio}${promise}`);
}

async function main() {
  if (values.help) {
    console.log(HELP);
    return;
  }
  const sections = sectionsNamed(values.only);
  const rows = wholeNumber(values.rows, 'rows');
  const runs = wholeNumber(values.runs, 'runs');
  const folder = await mkdtemp(join(tmpdir(), 'clarky-contacts-bench-'));
  try {
    for (const section of sections) {
      for await (const row of section({ folder, full: values.full, rows, runs })) printRow(row);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();

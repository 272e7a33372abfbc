/**
 * Kills the importer again and again, under faults, with its file edited in between, and has a plain model judge what
 * the server holds in the end: `npm run torture -- --kills 1000`.
 *
 *     --seconds N   begin no new kill after N seconds (default 60, or none where --kills is given)
 *     --kills N     go on until N runs were killed
 *     --jobs N      rounds at once (default 1)
 *     --seed N      begin with this round's seed (default: drawn, and printed)
 *     --plot NAME   only rounds with that plot (plots.js), or `none` of them; otherwise a third of the rounds has one
 *     --dist PATH   the build to torture (default: dist)
 *
 * Exit status 1 where anything was not as promised; the seed and what it was are then printed.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Figures } from './figures.js';
import { playPlot, PLOT_NAMES } from './plots.js';
import { Round } from './round.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    kills: { type: 'string' },
    jobs: { type: 'string' },
    seed: { type: 'string' },
    plot: { type: 'string' },
    dist: { type: 'string' },
  },
});
const dist = resolve(values.dist ?? fileURLToPath(new URL('../../dist', import.meta.url)));
const kills = numberOf('kills', values.kills) ?? Infinity;
const seconds = numberOf('seconds', values.seconds) ?? (kills === Infinity ? 60 : Infinity);
const jobs = numberOf('jobs', values.jobs) ?? 1;
if (values.plot !== undefined && ![...PLOT_NAMES, 'none'].includes(values.plot))
  throw new RangeError(`--plot takes one of ${PLOT_NAMES.join(', ')} or none, not ${values.plot}`);
const firstSeed = numberOf('seed', values.seed) ?? Math.floor(Math.random() * 1e6);

const { startSandbox } = await import(pathToFileURL(join(dist, 'sandbox/index.js')).href);
const figures = new Figures();
const startedMs = performance.now();
const secondsSoFar = () => (performance.now() - startedMs) / 1000;
// Ctrl-C ends it early, with the table; a second one at once.
let isStopped = false;
process.once('SIGINT', () => (isStopped = true));
const isOver = () => isStopped || figures.kills >= kills || secondsSoFar() >= seconds;

console.log(`torture: seed ${firstSeed}`);
let failed = 0;
let nextSeed = firstSeed;
async function playOn() {
  while (!isOver()) {
    const seed = nextSeed++;
    const failures = await playOne(seed, { cli: join(dist, 'cli/main.js'), startSandbox, figures });
    if (failures.length === 0) continue;
    failed++;
    console.log(`seed ${seed}:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
  }
}
await Promise.all(Array.from({ length: jobs }, playOn));
console.log(`\n${figures.table(secondsSoFar())}`);
if (failed > 0) console.log(`\n${failed} of ${figures.rounds} rounds were not as promised.`);
process.exitCode = failed > 0 ? 1 : 0;

/** A third of the rounds has a plot, told by the seed. */
function playOne(seed, parts) {
  const isPlot = values.plot === undefined ? seed % 3 === 0 : values.plot !== 'none';
  return isPlot ? playPlot(seed, parts, values.plot) : Round.play(seed, parts, isOver);
}

function numberOf(name, text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new RangeError(`--${name} takes a whole number, not ${text}`);
  return number;
}

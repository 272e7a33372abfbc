/** Runs whole processes and says what each took. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const USAGE_REPORT = new URL('usage-report.js', import.meta.url).href;

/** The path of a file of this project. */
export const pathOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** The built command line. */
export const CLI = pathOf('dist/cli/main.js');

/** @param {import('node:stream').Readable} stream */
async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

/**
 * Runs node with some arguments.
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to this process's own
 * @returns {Promise<{ wallMs: number, cpuMs: number, peakMiB: number, output: string }>} from its start to its end; CPU time
 * of all its threads
 * @param {number} [status] that it is to end with
 * @throws where it ends otherwise, since its figures would mean nothing
 */
export async function measure(args, env = {}, status = 0) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE_REPORT, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) =>
    child.once('exit', (code) => resolve({ code, wallMs: performance.now() - startedMs })),
  );
  const streams = /** @type {import('node:stream').Readable[]} */ ([child.stdout, child.stderr, child.stdio[3]]);
  const texts = streams.map(textOf);
  const { code, wallMs } = await ended;
  const [output, errors, usage] = await Promise.all(texts);
  if (code !== status) throw new Error(`${args.join(' ')} ended with ${code}: ${errors}`);
  return { wallMs, output, ...JSON.parse(usage) };
}

/**
 * Measures several commands in turn, again and again, so that what else the machine does falls on all of them.
 * @param {Record<string, readonly string[]>} commands
 * @param {number} runs
 * @returns {Promise<Record<string, number>>} the median of each, in milliseconds of CPU time: a machine that does other
 * things at the same time stretches the clock, and not evenly
 */
export async function medianCpuMs(commands, runs) {
  /** @type {Record<string, number[]>} */
  const taken = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries(commands)) taken[name].push((await measure(args)).cpuMs);
  }
  return Object.fromEntries(Object.entries(taken).map(([name, values]) => [name, median(values)]));
}

/** @param {number[]} values */
function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

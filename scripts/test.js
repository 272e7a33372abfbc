// `npm test`: the build, types, lint, format, what is unused, and all tests. Two lanes, so that a second core does not idle: the
// types and the lint rules take longest and need nothing of the others. What is said after `--` goes to the tests.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Each step with what node runs for it, one after the other: bench/ and scripts/ import what is built. */
const BEFORE_THE_TESTS = [
  ['build', 'scripts/build.js'],
  ['types of bench/ and scripts/', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.scripts.json', '--noEmit'],
  ['format', 'node_modules/oxfmt/bin/oxfmt', '--list-different'],
  ['unused', 'node_modules/knip/bin/knip.js'],
];

/** It reads each program once, for its types and for the rules that need them. */
const TYPES_AND_LINT = 'node_modules/oxlint/bin/oxlint';

/** @param {string[]} command @param {import('node:child_process').StdioOptions} stdio */
async function run(command, stdio) {
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  return { isGood: code === 0, seconds, words: Buffer.concat(said).toString() };
}

/** What a step says stands together. @param {string} name @param {string[]} command @returns {Promise<string>} its fault, or nothing */
async function check(name, ...command) {
  const { isGood, seconds, words } = await run(command, ['ignore', 'pipe', 'pipe']);
  const told = `${isGood ? 'ok' : 'FAILED'}  ${name} (${seconds} s)\n${words}`;
  process.stdout.write(told);
  return isGood ? '' : told;
}

async function stepsAndTests() {
  const faults = [];
  for (const [name, ...command] of BEFORE_THE_TESTS) faults.push(await check(name, ...command));
  if (faults.some(Boolean)) return false;
  return (await run(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], 'inherit')).isGood;
}

const [fault, areTestsGood] = await Promise.all([check('types and lint', TYPES_AND_LINT), stepsAndTests()]);
// Among the lines of the tests it would be missed.
if (fault !== '') process.stdout.write(`\n${fault}`);
process.exitCode = fault === '' && areTestsGood ? 0 : 1;

// All that is looked at before the tests run: the build, types, lint, format, what is unused. Two lanes that need
// nothing of each other, so that a second core does not idle; each step's words stand together, and all steps are told.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Each step with what node runs for it. Within a lane one comes after the other: bench/ and scripts/ import what is built. */
const LANES = [
  [['types and lint', 'scripts/types-and-lint.js']],
  [
    ['build', 'scripts/build.js'],
    ['types of bench/ and scripts/', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.scripts.json', '--noEmit'],
    ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
    ['unused', 'node_modules/knip/bin/knip.js'],
  ],
];

/** @param {string} name @param {string[]} command @returns {Promise<boolean>} whether it found nothing */
async function step(name, ...command) {
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}  ${name} (${seconds} s)\n${Buffer.concat(said).toString()}`);
  return code === 0;
}

async function lane(steps) {
  const found = [];
  for (const [name, ...command] of steps) found.push(await step(name, ...command));
  return found.every(Boolean);
}

const lanes = await Promise.all(LANES.map(lane));
process.exitCode = lanes.every(Boolean) ? 0 : 1;

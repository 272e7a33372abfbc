// Builds dist/ from src/, from nothing. With --if-stale only where dist/ comes of other sources than these, so that a
// test never runs an old build and never waits for one that it has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
/** Which sources dist/ was built from; not packed. */
const BUILT_FROM = join(DIST, '.built-from');

/** What the build reads. */
const SOURCES = [
  'src',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
  'scripts/build.js',
  'scripts/vendor.js',
  'scripts/bundle.js',
  'scripts/commonjs.js',
];

/** The steps, each a program with its arguments. */
const STEPS = [
  // The types are checked with those of the tests, by `npm run typecheck`.
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck'],
  ['node_modules/vite/bin/vite.js', 'build', '--config', 'src/ui/page/vite.config.ts'],
  ['scripts/vendor.js'],
  ['scripts/bundle.js'],
  ['scripts/commonjs.js'],
];

function filesOf(path) {
  try {
    const names = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true });
    return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [join(ROOT, path)];
    throw error;
  }
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesOf).sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function builtFrom() {
  try {
    return readFileSync(BUILT_FROM, 'utf8');
  } catch {
    return undefined;
  }
}

const digest = digestOfSources();
if (!process.argv.includes('--if-stale') || builtFrom() !== digest) {
  rmSync(DIST, { recursive: true, force: true });
  for (const [program, ...args] of STEPS) {
    const step = spawnSync(process.execPath, [join(ROOT, program), ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (step.status !== 0) process.exit(step.status ?? 1);
  }
  writeFileSync(BUILT_FROM, digest);
}

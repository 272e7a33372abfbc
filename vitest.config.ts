import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { LongFirst } from './test/support/long-first.js';

/**
 * A test that starts a process, listens, connects or takes many seconds says so in its name;
 * test/architecture/projects.test.ts holds it to that.
 */
const SYSTEM = 'test/**/*.system.test.ts';

/** A test waits for facts, however long they take on a busy machine; this ends one that hangs. */
const HANGS_MS = 600_000;

/**
 * A worker keeps the modules of hundreds of files, and what little each test leaves behind made V8 go through all of them again
 * and again: with room for it from the start a fifth of the work is spared. A machine whose cores are busy has none for its
 * helpers. V8 of Node 20 optimises, in as many threads, what has run for long, which gives little of its cost back in the life of a
 * worker: a fifteenth is spared where it waits longer. Newer ones have a quicker compiler in between, and no such flag.
 */
const NODE_FLAGS = ['--initial-old-space-size=192', '--single-threaded-gc'];
if (process.versions.node.startsWith('20.')) NODE_FLAGS.push('--interrupt-budget=1000000');

/** What the processes of a user share, for tests: nobody's home is written to, or needs to be there. */
const STATE = join(import.meta.dirname, 'node_modules/.test-state');

/**
 * A test of processes uses what is built, as they do, in its own process too: what node reads by itself, a worker need not
 * transform again. Of the command line only the bundle is there, so that its modules stay sources.
 */
const builtModules: Plugin = {
  name: 'built-modules',
  enforce: 'pre',
  resolveId(source) {
    const module = /^(?:\.\.\/)+src\/(?!cli\/)(.+\.js)$/.exec(source)?.[1];
    const built = module === undefined ? '' : join(import.meta.dirname, 'dist', module);
    return existsSync(built) ? built : undefined;
  },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [SYSTEM],
          setupFiles: ['test/support/seed.ts', 'test/support/state.ts'],
          env: { XDG_STATE_HOME: STATE, LOCALAPPDATA: STATE },
          // What one file has imported is as good for the next, and importing is most of the work.
          isolate: false,
          // A source that has not changed since the last run is not transformed again.
          experimental: { fsModuleCache: true },
          maxWorkers: 2,
          execArgv: NODE_FLAGS,
          sequence: { groupOrder: 0 },
          testTimeout: HANGS_MS,
          hookTimeout: HANGS_MS,
        },
      },
      {
        plugins: [builtModules],
        test: {
          name: 'system',
          include: [SYSTEM],
          server: { deps: { external: [/\/dist\//] } },
          setupFiles: ['test/support/seed.ts', 'test/support/state.ts'],
          env: { XDG_STATE_HOME: STATE, LOCALAPPDATA: STATE },
          globalSetup: 'test/support/build.ts',
          isolate: false,
          // Half of a test's time is spent waiting: for a window, a pause, a process.
          maxWorkers: 6,
          execArgv: NODE_FLAGS,
          sequence: { groupOrder: 1 },
          testTimeout: HANGS_MS,
          hookTimeout: HANGS_MS,
          expect: { poll: { timeout: HANGS_MS / 2 } },
        },
      },
    ],
  },
});

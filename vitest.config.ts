import { defineConfig } from 'vitest/config';

/**
 * A test that starts a process, listens, connects or takes many seconds says so in its name;
 * test/architecture/projects.test.ts holds it to that.
 */
const SYSTEM = 'test/**/*.system.test.ts';

export default defineConfig({
  test: {
    // Two cores: a file with real processes and real signals starves its neighbours when more run beside it.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [SYSTEM],
          setupFiles: 'test/support/seed.ts',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'system',
          include: [SYSTEM],
          setupFiles: 'test/support/seed.ts',
          globalSetup: 'test/support/build.ts',
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

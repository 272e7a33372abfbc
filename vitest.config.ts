import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Two cores: a file with real processes and real signals starves its neighbours when more run beside it.
    maxWorkers: 2,
  },
});

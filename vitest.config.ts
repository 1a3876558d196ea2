import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // npm run test:consumers
    exclude: [...configDefaults.exclude, 'test/consumers/cdktf.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Most tests wait for servers; left alone, vitest runs one file at a time on two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 180_000,
    // A server's first end writes its class archive.
    teardownTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['function/src/core/**/*.ts'],
      thresholds: { branches: 100, functions: 100, lines: 100 },
    },
  },
});

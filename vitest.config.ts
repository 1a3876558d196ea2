import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // npm run test:consumers
    exclude: [...configDefaults.exclude, 'test/consumers/cdktf.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Most tests wait for servers; left alone, vitest runs one file at a time on two cores.
    maxWorkers: 2,
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

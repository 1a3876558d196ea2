import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
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

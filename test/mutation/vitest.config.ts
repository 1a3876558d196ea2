import { defineConfig } from 'vitest/config';

// The core's own tests, which need no server.
export default defineConfig({
  test: {
    include: ['test/function/core/**/*.test.ts'],
    setupFiles: ['test/mutation/repeatable-properties.ts'],
    testTimeout: 30_000,
  },
});

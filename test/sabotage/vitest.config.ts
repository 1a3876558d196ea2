import { defineConfig } from 'vitest/config';

// What `npm test` runs, one file at a time, against servers that were started once for all sabotages.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/sabotage/provide-servers.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 180_000,
  },
});

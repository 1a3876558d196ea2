import { defineConfig } from 'vitest/config';

// What `npm test` runs, against servers that were started once for all sabotages.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/sabotage/provide-servers.ts'],
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 180_000,
  },
});

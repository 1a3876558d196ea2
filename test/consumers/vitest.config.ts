import { defineConfig } from 'vitest/config';

// What is too large for `npm test`: half a gigabyte of packages, the first time.
export default defineConfig({
  test: {
    include: ['test/consumers/cdktf.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 900_000,
  },
});

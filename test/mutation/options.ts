import type { PartialStrykerOptions } from '@stryker-mutator/api/core';

/** Where the mutants are made. */
export const CORE = 'function/src/core/';

/** How Stryker is to run: over all of the core, or over files of it by their names without `.ts`. */
export const strykerOptions = (names: readonly string[]): PartialStrykerOptions => ({
  mutate: (names.length > 0 ? names : ['*']).map((name) => `${CORE}${name}.ts`),
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  // What runs while a file is loaded, such as a table or a limit, is mutated too, although each of
  // these mutants needs all tests: that is where the core says what OpenSearch and DynamoDB are like.
  ignoreStatic: false,
  concurrency: 1, // a second run of vitest only makes both slower on two cores
  timeoutMS: 20_000, // a mutant that never ends is stopped by its count of steps long before
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  // tsconfig.json stays outside: Stryker would open it with an API that TypeScript 7 does not have.
  ignorePatterns: ['**', '!function/src/**', '!test/**', '!scripts/**', '!package.json'],
  reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  allowConsoleColors: process.stdout.isTTY,
  warnings: {
    slow: false,
    unknownOptions: true,
    preprocessorErrors: true,
    unserializableOptions: true,
  },
});

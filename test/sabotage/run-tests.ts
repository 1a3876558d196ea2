import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkingCopy } from './working-copy.ts';

/** One test, as vitest reports it. */
export type TestResult = {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo';
  /** What it failed with: the name of an error, its message and its stack. */
  readonly errors: readonly string[];
};

/** A test file, as vitest reports it. */
export type FileResult = {
  /** From the top of the repository. */
  readonly file: string;
  /** Why it could not be run to its end; empty where it was. */
  readonly message: string;
  readonly tests: readonly TestResult[];
};

/** Builds the copy as it is now. @throws Error with the end of the build's output */
export const build = (copy: WorkingCopy): Promise<void> => copy.run('node', 'scripts/build.ts');

/** Whether the types of the function are right. */
export const isTyped = (copy: WorkingCopy): Promise<boolean> =>
  copy.run('tsc', '--project', 'test/sabotage/tsconfig.json').then(
    () => true,
    () => false,
  );

/** Runs test files, or those of their tests whose names hold a text. @throws Error when vitest itself fails */
export const runTests = async (
  copy: WorkingCopy,
  files: readonly string[],
  named = '',
): Promise<readonly FileResult[]> => {
  const report = join(copy.directory, 'report.json');
  rmSync(report, { force: true });
  const failure = await copy
    .run(
      'vitest',
      'run',
      ...['--config', 'test/sabotage/vitest.config.ts'],
      ...['--reporter', 'json', '--outputFile', report],
      ...['--testNamePattern', named.replace(/[^\w\s]/g, '.')], // it is a regular expression to vitest
      ...files,
    )
    .catch((error: unknown) => error); // also where a test fails
  try {
    return resultsIn(readFileSync(report, 'utf8'), copy.directory);
  } catch {
    throw failure;
  }
};

// The edge: we trust vitest with the form of its own report.
const resultsIn = (report: string, directory: string): readonly FileResult[] => {
  const { testResults }: { readonly testResults: readonly ReportedFile[] } = JSON.parse(report);
  return testResults.map(({ name, message, assertionResults }) => ({
    file: name.slice(directory.length + 1),
    message,
    tests: assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: fullName,
      status,
      errors: failureMessages,
    })),
  }));
};

type ReportedFile = {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: TestResult['status'];
    readonly failureMessages: readonly string[];
  }[];
};

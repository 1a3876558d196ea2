import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createFunction,
  type FunctionOptions,
  type LambdaFunction,
} from '../../../../scripts/local/lambda/function.ts';

/** Writes `source` as a function's `index.js` into a directory that goes with the test. */
export const temporaryDirectory = async (source: string): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'function-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, 'index.js'), source);
  return directory;
};

/** A function of the given CommonJS source, stopped when the test ends, with the lines that it logged. */
export const temporaryFunction = async (
  source: string,
  options: Partial<FunctionOptions> = {},
): Promise<LambdaFunction & { readonly lines: readonly string[] }> => {
  const lines: string[] = [];
  const lambda = createFunction({
    directory: await temporaryDirectory(source),
    environment: {},
    timeoutMilliseconds: 5_000,
    concurrency: 1,
    onLog: (line) => lines.push(line),
    ...options,
  });
  onTestFinished(() => lambda.stop());
  return { ...lambda, lines };
};

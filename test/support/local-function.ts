import { afterAll, beforeAll } from 'vitest';
import type { EnvironmentVariables } from '../../scripts/local/lambda/environment-variables.ts';
import {
  type ExtractedFunction,
  extractFunction,
} from '../../scripts/local/lambda/extract-function.ts';
import {
  createFunction,
  type FunctionOptions,
  type LambdaFunction,
} from '../../scripts/local/lambda/function.ts';
import { FUNCTION_ARCHIVE } from '../../scripts/local/lambda/function-archive.ts';

// Not while the file is read: where none of its tests runs, no hook would remove it.
let extracted: ExtractedFunction;
beforeAll(async () => {
  extracted = await extractFunction(FUNCTION_ARCHIVE);
});
afterAll(() => extracted?.remove());

/** The built function in a process of its own, and what it wrote since it was last asked. */
export type LocalFunction = LambdaFunction & {
  readonly takeLines: () => readonly string[];
};

/** Starts the built function. */
export const localFunction = (options: {
  readonly environment: EnvironmentVariables;
  readonly timeoutMilliseconds?: number;
  readonly bootstrap?: FunctionOptions['bootstrap'];
}): LocalFunction => {
  const lines: string[] = [];
  const lambda = createFunction({
    directory: extracted.directory,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 12_000,
    concurrency: 1,
    environment: options.environment,
    ...(options.bootstrap !== undefined && { bootstrap: options.bootstrap }),
    onLog: (line) => lines.push(line),
  });
  return { ...lambda, takeLines: () => lines.splice(0) };
};

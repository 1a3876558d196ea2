import { createEnvironmentPool } from './environment-pool.ts';
import type { EnvironmentVariables } from './environment-variables.ts';
import { createExecutionEnvironment } from './execution-environment.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { FunctionSettings } from './sandbox.ts';

/** Everything about a function that has a default may be left out. */
export interface FunctionOptions {
  /** Where the CommonJS module with the handler lies. */
  readonly directory: string;
  /** Module and export, `index.handler` unless it is another. */
  readonly handler?: string;
  readonly environment: EnvironmentVariables;
  readonly timeoutMilliseconds: number;
  /** How many invocations may run at a time (Lambda's reserved concurrency); more of them wait. */
  readonly concurrency: number;
  readonly functionName?: string;
  readonly memoryMegabytes?: number;
  /** How long a cold start may take before it is repeated in the time of the invocation; ten seconds in Lambda. */
  readonly initialisationTimeoutMilliseconds?: number;
  readonly bootstrap?: FunctionSettings['bootstrap'];
  /** Called for each line that the function writes to stdout or stderr. */
  readonly onLog?: (line: string) => void;
}

/** A Lambda function on this machine. */
export interface LambdaFunction {
  /** Invokes the function with an event, as JSON text. */
  invoke(event: string): Promise<InvocationResult>;
  /** How many processes have been started so far. */
  coldStarts(): number;
  /** Kills every process, as the loss of its host does: invocations under way end as `crashed`, the next start cold. */
  kill(): Promise<void>;
  /** Kills every process for good. */
  stop(): Promise<void>;
}

/**
 * Creates a function that runs as in Lambda: each execution environment is a Node.js 22 process that speaks the Runtime
 * API, handles one invocation at a time, is killed at the timeout and frozen in between. Processes start when needed.
 */
export const createFunction = (options: FunctionOptions): LambdaFunction => {
  const settings = withDefaults(options);
  const environments = Array.from({ length: options.concurrency }, () =>
    createExecutionEnvironment(settings),
  );
  const pool = createEnvironmentPool(environments);
  return {
    invoke: (event) => pool.use((environment) => environment.invoke(event)),
    coldStarts: () => environments.reduce((sum, { coldStarts }) => sum + coldStarts(), 0),
    kill: async () => void (await Promise.all(environments.map(({ kill }) => kill()))),
    stop: async () => void (await Promise.all(environments.map(({ stop }) => stop()))),
  };
};

const withDefaults = (options: FunctionOptions): FunctionSettings => ({
  directory: options.directory,
  handler: options.handler ?? 'index.handler',
  environment: options.environment,
  timeoutMilliseconds: options.timeoutMilliseconds,
  functionName: options.functionName ?? 'function',
  memoryMegabytes: options.memoryMegabytes ?? 512,
  initialisationTimeoutMilliseconds: options.initialisationTimeoutMilliseconds ?? 10_000,
  bootstrap: options.bootstrap ?? 'own',
  onLog: options.onLog ?? (() => undefined),
});

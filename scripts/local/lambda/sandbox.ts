import { fileURLToPath } from 'node:url';
import { type EnvironmentVariables, environmentVariables } from './environment-variables.ts';
import { type FunctionProcess, startFunctionProcess } from './function-process.ts';
import { heapArguments } from './heap.ts';
import { nodeExecutable } from './node-executable.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** What is the same for every execution environment of one function. */
export interface FunctionSettings {
  /** Where the handler's module lies. */
  readonly directory: string;
  /** Module and export, such as `index.handler`. */
  readonly handler: string;
  readonly functionName: string;
  readonly environment: EnvironmentVariables;
  readonly timeoutMilliseconds: number;
  readonly memoryMegabytes: number;
  readonly initialisationTimeoutMilliseconds: number;
  /** Our own runtime interface client, or the path of `index.mjs` of an installed `aws-lambda-ric`. */
  readonly bootstrap: 'own' | { readonly ricPath: string };
  readonly onLog: (line: string) => void;
}

/** A function process together with the Runtime API that it talks to. */
export interface Sandbox {
  readonly api: RuntimeApi;
  readonly process: FunctionProcess;
  /** Kills the process and resolves once it has gone. */
  close(): Promise<void>;
}

/** Starts a process that has not been initialised yet: a cold start begins here. */
export const openSandbox = async (settings: FunctionSettings): Promise<Sandbox> => {
  const api = await startRuntimeApi();
  const process = startFunctionProcess({
    executable: nodeExecutable(),
    arguments: [
      ...heapArguments(settings.memoryMegabytes),
      ...bootstrapArguments(settings),
      settings.handler,
    ],
    directory: settings.directory,
    environment: environmentOf(settings, api),
    onLog: settings.onLog,
  });
  const close = async () => {
    process.kill();
    await process.exited;
    api.close();
  };
  return { api, process, close };
};

const bootstrapArguments = ({ bootstrap }: FunctionSettings): readonly string[] =>
  bootstrap === 'own'
    ? [besides('bootstrap.mjs')]
    : [`--import=${besides('ric-native-client.mjs')}`, bootstrap.ricPath];

const besides = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const environmentOf = (settings: FunctionSettings, api: RuntimeApi): EnvironmentVariables => ({
  ...environmentVariables({
    functionName: settings.functionName,
    memoryMegabytes: settings.memoryMegabytes,
    directory: settings.directory,
    handler: settings.handler,
    runtimeApiAddress: api.address,
    configured: settings.environment,
  }),
  // It asks for invocations in JavaScript then, and answers through our stand-in for its addon.
  ...(settings.bootstrap !== 'own' && { AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true' }),
});

import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Ending, type Interruption, within } from './ending.ts';
import type { FunctionError, InvocationResult } from './invocation-result.ts';
import type { Invocation, Reply } from './runtime-api.ts';
import { type FunctionSettings, openSandbox, type Sandbox } from './sandbox.ts';

/** A place where a function runs, one invocation at a time; cold at first, and again after a kill or crash. */
export interface ExecutionEnvironment {
  isWarm(): boolean;
  coldStarts(): number;
  invoke(event: string): Promise<InvocationResult>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

interface State {
  readonly settings: FunctionSettings;
  sandbox: Sandbox | undefined;
  coldStarts: number;
  isStopped: boolean;
}

type InitialisationFailure = Interruption | ({ readonly kind: 'failed' } & FunctionError);

/** Creates an execution environment; no process is started before its first invocation. */
export const createExecutionEnvironment = (settings: FunctionSettings): ExecutionEnvironment => {
  const state: State = { settings, sandbox: undefined, coldStarts: 0, isStopped: false };
  return {
    isWarm: () => state.sandbox !== undefined,
    coldStarts: () => state.coldStarts,
    invoke: async (event) => {
      const requestId = randomUUID();
      return { ...(await invoke(state, requestId, event)), requestId };
    },
    kill: () => discard(state),
    stop: async () => {
      state.isStopped = true;
      await discard(state);
    },
  };
};

const invoke = async (state: State, requestId: string, event: string) => {
  const { initialisationTimeoutMilliseconds, timeoutMilliseconds, functionName } = state.settings;
  // A phase of its own only once: after a failed one, a crash or a kill, it happens in the time of the invocation.
  if (state.coldStarts === 0) await initialise(state, initialisationTimeoutMilliseconds);
  const deadlineEpochMilliseconds = Date.now() + timeoutMilliseconds;
  const failure =
    state.sandbox === undefined ? await initialise(state, timeoutMilliseconds) : undefined;
  const functionArn = `arn:aws:lambda:local:000000000000:function:${functionName}`;
  return failure ?? run(state, { requestId, functionArn, deadlineEpochMilliseconds, event });
};

const stopped = { kind: 'crashed', reason: 'stopped' } as const;

const initialise = async (
  state: State,
  milliseconds: number,
): Promise<InitialisationFailure | undefined> => {
  if (state.isStopped) return stopped;
  const sandbox = await openSandbox(state.settings);
  state.sandbox = sandbox;
  state.coldStarts += 1;
  const ending = await within(sandbox, sandbox.api.initialisation, milliseconds);
  if (ending.kind === 'ready') return undefined;
  await discard(state);
  return ending;
};

const run = async (state: State, invocation: Invocation): Promise<Ending<Reply>> => {
  const { sandbox } = state;
  if (sandbox === undefined) return stopped;
  sandbox.process.thaw();
  const ending = await within(sandbox, sandbox.api.run(invocation), remaining(invocation));
  if (ending.kind === 'answered' || ending.kind === 'failed')
    await rest(state, sandbox, invocation);
  else await discard(state);
  return ending;
};

// An invocation is over when the runtime asks for the next one, not when it answers. Then Lambda freezes the process,
// so that work left running makes no progress; what it logged until now has been read after one turn of the loop.
const rest = async (state: State, sandbox: Sandbox, invocation: Invocation) => {
  const idle = sandbox.api.idle().then(() => ({ kind: 'idle' }) as const);
  const ending = await within(sandbox, idle, remaining(invocation));
  if (ending.kind !== 'idle') return discard(state);
  await nextTurn();
  sandbox.process.freeze();
};

const remaining = ({ deadlineEpochMilliseconds }: Invocation): number =>
  deadlineEpochMilliseconds - Date.now();

const discard = async (state: State) => {
  const { sandbox } = state;
  state.sandbox = undefined;
  await sandbox?.close();
};

import { type ChildProcess, spawn } from 'node:child_process';
import type { EnvironmentVariables } from './environment-variables.ts';
import { forwardLogLines } from './log-lines.ts';

/** How to start the process of an execution environment. */
export interface ProcessSettings {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: EnvironmentVariables;
  readonly onLog: (line: string) => void;
}

/** One operating system process that runs a function. */
export interface FunctionProcess {
  /** Resolves, with the reason, once the process has gone and its output has been read to the end. */
  readonly exited: Promise<string>;
  /** Calls back as `exited` resolves, until the returned function is called: a promise could not be left again. */
  onExit(listener: (reason: string) => void): () => void;
  /** Stops the process where it stands, until `thaw`. */
  freeze(): void;
  thaw(): void;
  kill(): void;
}

/** Starts the process; it never outlives this one, however this one ends. */
export const startFunctionProcess = (settings: ProcessSettings): FunctionProcess => {
  // Its own process group: Ctrl-C is for us, and we then stop it in order.
  const child = spawn(settings.executable, [...settings.arguments], {
    cwd: settings.directory,
    env: settings.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const output of [child.stdout, child.stderr]) forwardLogLines(output, settings.onLog);
  const exited = exitOf(child);
  void exited.then(guard(child.pid));
  return {
    exited,
    onExit: listenersOf(exited),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: () => void child.kill('SIGKILL'),
  };
};

const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`cannot be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(signal ?? `exit status ${code}`));
  });

const listenersOf = (exited: Promise<string>): FunctionProcess['onExit'] => {
  const listeners = new Set<(reason: string) => void>();
  let hasExited = false;
  void exited.then((reason) => {
    hasExited = true;
    for (const listener of listeners) listener(reason);
  });
  return (listener) => {
    if (hasExited) void exited.then(listener);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
};

// A shell waits on a pipe that only we hold open. The kernel closes it even when we are killed ourselves, and the shell
// then kills the function: no signal handler or exit hook could promise that of one that spins or is frozen.
const guard = (pid: number | undefined): (() => void) => {
  if (pid === undefined) return () => undefined;
  const shell = spawn('/bin/sh', ['-c', `read -r _; kill -9 ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.once('error', () => undefined);
  shell.unref();
  return () => void shell.kill('SIGKILL');
};

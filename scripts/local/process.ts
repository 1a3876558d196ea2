import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Environment } from './cache.ts';
import { type OutputTail, outputTail } from './output-tail.ts';

/** A server to be run as a child process. */
export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Environment;
  /** Matches the line with which the server says that it listens; the first group is its address. */
  readonly announcement: RegExp;
  readonly readyTimeoutSeconds: number;
  /** How long it may take to end by itself before it is killed. */
  readonly stopTimeoutSeconds: number;
  /** Removed once the process is gone. */
  readonly temporaryDirectory?: string;
}

/** A running child process. */
export interface ServerProcess {
  readonly processId: number;
  /** What the server announced: host and port. */
  readonly address: string;
  /** Ends the process, by its own id, and returns when it is gone; calling it again waits for the same end. */
  readonly stop: () => Promise<Ending>;
}

/** Whether a process ended by itself when it was asked to, or had to be killed. */
export type Ending = 'ended' | 'killed';

/**
 * Starts a server and returns once it has announced its address.
 *
 * The address comes from the process itself, so no other process can be taken for it, and the port can be the system's choice.
 * It leads a process group of its own: Ctrl-C in the terminal reaches only the parent, which decides. Its standard input stays open as long as
 * the parent lives, which is how the servers here notice a parent that was killed.
 */
export const startServer = async (command: ServerCommand): Promise<ServerProcess> => {
  const child = spawn(command.program, command.arguments, {
    env: command.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const tail = outputTail(child.stdout, child.stderr);
  const forget = endWithParent(child, command);
  let stopping: Promise<Ending> | undefined;
  const stop = (): Promise<Ending> => {
    stopping ??= end(child, command).finally(forget);
    return stopping;
  };
  try {
    const address = await announced(child, command, tail);
    return { processId: child.pid ?? 0, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const announced = (
  child: ChildProcess,
  { announcement, name, readyTimeoutSeconds }: ServerCommand,
  tail: OutputTail,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`${name} ${what}:\n${tail.text()}`));
    const timer = setTimeout(
      () => fail(`was not ready after ${readyTimeoutSeconds} s`),
      readyTimeoutSeconds * 1000,
    );
    const settle = (report: () => void): void => {
      clearTimeout(timer);
      report();
    };
    tail.onLine((line) => {
      const address = announcement.exec(line)?.[1];
      if (address !== undefined) settle(() => resolve(address));
    });
    child.once('error', (error) => settle(() => fail(`could not be started (${error.message})`)));
    child.once('close', (code, signal) =>
      settle(() => fail(`ended with ${signal ?? code} before it was ready`)),
    );
  });

const end = async (child: ChildProcess, command: ServerCommand): Promise<Ending> => {
  if (isRunning(child)) {
    const exited = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), command.stopTimeoutSeconds * 1000);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(timer);
  }
  removeTemporaryDirectory(command);
  return child.signalCode === 'SIGKILL' ? 'killed' : 'ended';
};

// One listener for all, since Node warns of a leak at the eleventh.
const atExit = new Set<() => void>();
process.on('exit', () => {
  for (const endNow of atExit) endNow();
});

const endWithParent = (child: ChildProcess, command: ServerCommand): (() => void) => {
  const endNow = (): void => {
    if (isRunning(child)) child.kill('SIGKILL');
    removeTemporaryDirectory(command);
  };
  atExit.add(endNow);
  return () => atExit.delete(endNow);
};

// Only a child that was started and has not ended may be signalled: its id can belong to someone else afterwards.
const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

const removeTemporaryDirectory = ({ temporaryDirectory }: ServerCommand): void => {
  if (temporaryDirectory !== undefined) {
    rmSync(temporaryDirectory, { recursive: true, force: true, maxRetries: 10 });
  }
};

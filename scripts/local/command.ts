import { spawn } from 'node:child_process';
import type { Environment } from './cache.ts';
import { outputTail } from './output-tail.ts';

/** A command that runs to its end. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly directory?: string;
  readonly environment: Environment;
  /** The one sentence for a person on whose machine the program is missing. */
  readonly missing: string;
}

/** Runs a command; throws with the end of its output when it fails, and with its `missing` sentence when there is no such program. */
export const run = async (command: Command): Promise<void> => void (await outputOf(command));

/** Runs a command like `run`, and returns what it wrote to its standard output. */
export const outputOf = (command: Command): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command.program, command.arguments, {
      cwd: command.directory,
      env: command.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // It ends with us, however we end; a Ctrl-C of the terminal is the only signal that reaches both.
    const endNow = () => void child.kill('SIGKILL');
    process.on('exit', endNow);
    const tail = outputTail(child.stdout, child.stderr);
    const printed: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    child.on('error', (cause) => reject(startError(command, cause)));
    child.on('close', (code, signal) => {
      process.off('exit', endNow);
      if (code === 0) resolve(Buffer.concat(printed).toString());
      else reject(new Error(`${nameOf(command)} ended with ${signal ?? code}:\n${tail.text()}`));
    });
  });

const startError = (command: Command, cause: NodeJS.ErrnoException): Error =>
  cause.code === 'ENOENT'
    ? new Error(command.missing, { cause })
    : new Error(`${nameOf(command)} could not be started: ${cause.message}`, { cause });

const nameOf = (command: Command): string =>
  [command.program, ...command.arguments.slice(0, 2)].join(' ');

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { HEAP } from './heap.ts';
import { limited } from './limited.ts';
import type { Measurement, Reply, Work } from './messages.ts';

/** A warm process that does the same work as all others, each in its own way. */
export interface Contestant {
  /** Does the work and measures it; throws what the contestant threw. */
  readonly run: (work: Work) => Promise<Measurement>;
  readonly stop: () => Promise<void>;
}

/** How to start a contestant. */
export interface ContestantSettings {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** Starts a contestant on the Node that runs this; it ends with this process, however this one ends. */
export const startContestant = (settings: ContestantSettings): Contestant => {
  const child = fork(settings.program, settings.arguments, {
    env: settings.environment,
    execPath: process.execPath,
    execArgv: [...HEAP],
    serialization: 'advanced', // bodies are bytes
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { run: (work) => exchange(child, work), stop: () => stop(child) };
};

const LONGEST_SECONDS = 120; // some seconds are usual

const exchange = async (child: ChildProcess, work: Work): Promise<Measurement> => {
  const replied = replyOf(child);
  child.send(work);
  const reply = await limited(replied, LONGEST_SECONDS, 'the work of a contestant');
  if (reply.kind === 'failed') throw new Error(reply.error);
  return reply.measurement;
};

const replyOf = (child: ChildProcess): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('a contestant ended before its work was done'));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(parseReply(message));
    });
  });

// The edge: what a contestant sends is a Reply.
const parseReply = (message: unknown): Reply => message as Reply;

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL'); // by its own id; there is nothing that it would have to put in order
  await exited;
};

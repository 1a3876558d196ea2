import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf } from '../../../function/src/aws/fault.ts';
import { causeNameOf, messageOf } from '../../../function/src/aws/service-error.ts';
import { describeExecution, type Execution } from '../../../function/src/aws/state-machine.ts';
import type { CommandInvocation } from '../operator-command.ts';
import { whileShown } from '../while-shown.ts';
import { lookoutOver, type SeenRun } from './course.ts';
import { remoteLines, type Watched } from './progress-lines.ts';
import type { RemoteCommand } from './remote-command.ts';
import type { RunLocation } from './run-location.ts';

/** What following a run takes. */
export type Following = Pick<CommandInvocation, 'output' | 'interrupted'> & {
  readonly command: RemoteCommand;
  readonly location: RunLocation;
};

// What is over soon is told soon; what takes hours costs few requests.
const FIRST_LOOK_MILLISECONDS = 250;
const LOOK_MILLISECONDS = 3000;

/** Shows how far a run is, until it has ended or somebody no longer wants to look. @throws ServiceError when AWS does not let us look */
export const followRun = async (run: Execution, following: Following): Promise<SeenRun> => {
  const { output, interrupted, command, location } = following;
  const own = command.progress();
  const watched: Watching = { execution: run, course: undefined, hindrance: undefined };
  const lines = () => remoteLines(watched, { own, canvas: output });
  await whileShown(output, lines, () =>
    Promise.race([watch(watched, location, interrupted), wishOf(interrupted)]),
  );
  return watched;
};

type Watching = { -readonly [Name in keyof Watched]: Watched[Name] };

const watch = async (
  watched: Watching,
  location: RunLocation,
  interrupted: AbortSignal,
): Promise<void> => {
  const { arn, endedAt, state } = watched.execution;
  const isStale = (seen: Execution) => state === 'running' && isAt(endedAt, seen.endedAt);
  const look = lookoutOver(location);
  let pause = FIRST_LOOK_MILLISECONDS;
  while (!interrupted.aborted) {
    try {
      // In this order: what is stored once it has ended is all there is.
      const execution = await describeExecution(arn);
      watched.course = await look();
      watched.hindrance = undefined;
      if (!isStale(execution)) watched.execution = execution;
      if (watched.execution.state !== 'running') return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      watched.hindrance = messageOf(error);
    }
    await sleep(pause, undefined, { signal: interrupted }).catch(() => undefined);
    pause = Math.min(LOOK_MILLISECONDS, pause * 2);
  }
};

// A run that was told to go on a moment ago may still be described as the one that had ended.
const isAt = (before: Date | undefined, seen: Date | undefined): boolean =>
  before !== undefined && before.getTime() === seen?.getTime();

const mayPass = (error: unknown): boolean =>
  faultOf(error) !== 'lasting' || causeNameOf(error) === 'ExecutionDoesNotExist'; // yet

const wishOf = (interrupted: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    interrupted.addEventListener('abort', () => resolve(), { once: true });
    if (interrupted.aborted) resolve();
  });

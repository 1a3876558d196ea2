import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMilliseconds } from './backoff.ts';

const NO_NEW_WORK_BELOW_MILLISECONDS = 2000;
const NO_LETTERS_BELOW_MILLISECONDS = 1000;
const LONGEST_REQUEST_MILLISECONDS = 30_000;
const LONGEST_BACKOFF_MILLISECONDS = 5000;

/** The time that an invocation has left. */
export type Deadline = {
  /** How long work that starts now may take, in milliseconds; 0 when none may start any more. */
  readonly forWork: () => number;
  /** How long storing dead letters may take, in milliseconds; a second longer than work. */
  readonly forLetters: () => number;
  /** Waits before a further attempt. False when there is no time left for it. */
  readonly backOff: (attempt: number) => Promise<boolean>;
  /** Milliseconds of a clock that is never set, to tell how long something took. */
  readonly monotonic: () => number;
};

/** How time passes, and what is left to chance: a simulation brings its own. */
export type Waiting = {
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** A number from 0 to 1, the latter excluded. */
  readonly random: () => number;
};

/** The deadline of an invocation, from its context's `getRemainingTimeInMillis`. */
export const deadlineOf = (
  remainingMilliseconds: () => number,
  { sleep: pause, random, monotonic }: Waiting = THIS_WORLD,
): Deadline => {
  const upTo = (reserve: number) => () =>
    Math.min(LONGEST_REQUEST_MILLISECONDS, Math.max(0, remainingMilliseconds() - reserve));
  const forWork = upTo(NO_NEW_WORK_BELOW_MILLISECONDS);
  return {
    forWork,
    forLetters: upTo(NO_LETTERS_BELOW_MILLISECONDS),
    backOff: async (attempt) => {
      const milliseconds = backoffMilliseconds(attempt, LONGEST_BACKOFF_MILLISECONDS, random);
      if (milliseconds >= forWork()) return false;
      await pause(milliseconds);
      return true;
    },
    monotonic,
  };
};

const THIS_WORLD: Waiting = {
  sleep,
  random: Math.random,
  monotonic: () => performance.now(),
};

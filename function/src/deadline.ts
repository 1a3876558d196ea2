import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMilliseconds } from './backoff.ts';

const NO_NEW_WORK_BELOW_MILLISECONDS = 2000;
const NO_LETTERS_BELOW_MILLISECONDS = 1000;
const LONGEST_REQUEST_MILLISECONDS = 30_000;

/** The time that an invocation has left. */
export type Deadline = {
  /** How long work that starts now may take, in milliseconds; 0 when none may start any more. */
  readonly forWork: () => number;
  /** How long storing dead letters may take, in milliseconds; a second longer than work. */
  readonly forLetters: () => number;
};

/** The deadline of an invocation, from its context's `getRemainingTimeInMillis`. */
export const deadlineOf = (remainingMilliseconds: () => number): Deadline => {
  const upTo = (reserve: number) => () =>
    Math.min(LONGEST_REQUEST_MILLISECONDS, Math.max(0, remainingMilliseconds() - reserve));
  return {
    forWork: upTo(NO_NEW_WORK_BELOW_MILLISECONDS),
    forLetters: upTo(NO_LETTERS_BELOW_MILLISECONDS),
  };
};

const LONGEST_BACKOFF_MILLISECONDS = 5000;

/** Waits before a further attempt. False when there is no time left for it. */
export const backOff = async (attempt: number, deadline: Deadline): Promise<boolean> => {
  const milliseconds = backoffMilliseconds(attempt, LONGEST_BACKOFF_MILLISECONDS);
  if (milliseconds >= deadline.forWork()) return false;
  await sleep(milliseconds);
  return true;
};

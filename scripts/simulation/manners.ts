import { deadlineOf } from '../../function/src/deadline.ts';
import type { Manner } from './scenario.ts';

/** Ways to wait and to size pages: ours, and what one writes at first. */
export const MANNERS = {
  ours: {},
  'full pages': { makePageSize: () => ({ most: () => Number.POSITIVE_INFINITY, heed: () => {} }) },
  'every 100 ms': {
    makeDeadline: (remaining, waiting) => {
      const deadline = deadlineOf(remaining, waiting);
      return { ...deadline, backOff: () => pause(deadline.forWork(), waiting.sleep) };
    },
  },
  'at once': {
    makeDeadline: (remaining, waiting) => {
      const deadline = deadlineOf(remaining, waiting);
      return { ...deadline, backOff: async () => deadline.forWork() > 0 };
    },
  },
  'no jitter': {
    makeDeadline: (remaining, waiting) => deadlineOf(remaining, { ...waiting, random: () => 1 }),
  },
} as const satisfies Readonly<Record<string, Manner>>;

/** The name of a manner. */
export type MannerName = keyof typeof MANNERS;

const FIXED_MILLISECONDS = 100;

const pause = async (
  left: number,
  sleep: (milliseconds: number) => Promise<unknown>,
): Promise<boolean> => {
  if (left <= FIXED_MILLISECONDS) return false;
  await sleep(FIXED_MILLISECONDS);
  return true;
};

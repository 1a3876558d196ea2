import { setTimeout as sleep } from 'node:timers/promises';

/** How many items may be read, by all who share it. */
export type Rate = {
  /** Waits until items may be read, and says how many at once; undefined for any number. */
  readonly take: (signal: AbortSignal) => Promise<number | undefined>;
  /** Some of those that were taken have not been read. */
  readonly giveBack: (items: number) => void;
  readonly isLimited: boolean;
};

// Short turns, so that a low rate is a low one at any moment; few requests, where it is high.
const TURN_SECONDS = 0.25;
const MOST_ITEMS = 1000;

/** A rate of so many items a second; undefined for as many as there are. */
export const rateOf = (itemsPerSecond: number | undefined): Rate => {
  if (itemsPerSecond === undefined)
    return { take: async () => undefined, giveBack: () => undefined, isLimited: false };
  const items = Math.min(MOST_ITEMS, Math.max(1, Math.floor(itemsPerSecond * TURN_SECONDS)));
  const milliseconds = (count: number) => (count / itemsPerSecond) * 1000;
  let free = performance.now(); // when the next turn may begin
  return {
    take: async (signal) => {
      const wait = free - performance.now();
      free = Math.max(free, performance.now()) + milliseconds(items);
      if (wait > 0) await sleep(wait, undefined, { signal });
      return items;
    },
    giveBack: (unread) => {
      free -= milliseconds(unread);
    },
    isLimited: true,
  };
};

import { setTimeout as sleep } from 'node:timers/promises';

/** How many may work at once: half as many after each complaint, and slowly more again. */
export type Width = {
  /** Waits for a place among those who work. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  readonly leave: () => void;
  /** Somebody was told to slow down. */
  readonly narrow: () => void;
  /** Somebody's work went well. */
  readonly widen: () => void;
  /** How many may work now. */
  readonly now: () => number;
  readonly isWidest: () => boolean;
};

const PAUSE_MILLISECONDS = 100;
// Those who were at work at the first complaint will have the same one.
const SAME_COMPLAINT_MILLISECONDS = 2000;

/** A width of at most so many. */
export const widthOf = (most: number): Width => {
  let width = most; // a whole number and the fraction of the next one
  let inside = 0;
  let narrowedAt = Number.NEGATIVE_INFINITY;
  return {
    enter: async (signal) => {
      while (inside >= Math.floor(width)) await sleep(PAUSE_MILLISECONDS, undefined, { signal });
      inside++;
    },
    leave: () => {
      inside--;
    },
    narrow: () => {
      if (performance.now() - narrowedAt < SAME_COMPLAINT_MILLISECONDS) return;
      narrowedAt = performance.now();
      width = Math.max(1, width / 2);
    },
    widen: () => {
      width = Math.min(most, width + 1 / (4 * width)); // one more after four pages of each
    },
    now: () => Math.floor(width),
    isWidest: () => width === most,
  };
};

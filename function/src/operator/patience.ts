/** How long work may stand still before it is given up. */
export type Patience = {
  /** Something was settled: the wait starts anew. */
  readonly renew: () => void;
  readonly isOver: () => boolean;
  /** Until it is over, unless something is settled before. */
  readonly leftMilliseconds: () => number;
};

/** Patience that is shorter where only an operator can help: without permission, with a wrong configuration. */
export type RunPatience = Patience & {
  /** Until something is settled again; to half a minute, unless said otherwise. */
  readonly shorten: (milliseconds?: number) => void;
};

const USUAL_PATIENCE_MILLISECONDS = 120_000;

/** Patience that is over when nothing was settled for that long; two minutes, unless said otherwise. */
export const patienceOf = (milliseconds = USUAL_PATIENCE_MILLISECONDS): Patience =>
  runPatience(milliseconds);

const SHORT_PATIENCE_MILLISECONDS = 30_000;

/** Patience of that length, until it is shortened. */
export const runPatience = (milliseconds: number): RunPatience => {
  let length = milliseconds;
  let renewed = performance.now(); // when something was settled last
  const leftMilliseconds = () => Math.max(0, renewed + length - performance.now());
  return {
    renew: () => {
      renewed = performance.now();
      length = milliseconds;
    },
    shorten: (shorter = SHORT_PATIENCE_MILLISECONDS) => {
      length = Math.min(length, shorter);
    },
    isOver: () => leftMilliseconds() === 0,
    leftMilliseconds,
  };
};

/** How long work may stand still before it is given up. */
export type Patience = {
  /** Something was settled: the wait starts anew. */
  readonly renew: () => void;
  readonly isOver: () => boolean;
};

/** Patience that is over when nothing was settled for that long. */
export const patienceOf = (milliseconds: number): Patience => {
  let renewed = performance.now(); // when something was settled last
  return {
    renew: () => {
      renewed = performance.now();
    },
    isOver: () => performance.now() - renewed > milliseconds,
  };
};

/** How long work may stand still before it is given up. */
export type Patience = {
  /** Something was settled: the wait starts anew. */
  readonly renew: () => void;
  readonly isOver: () => boolean;
};

/** Patience that is shorter where only an operator can help: without permission, with a wrong configuration. */
export type RunPatience = Patience & {
  /** Until something is settled again. */
  readonly shorten: () => void;
};

const USUAL_PATIENCE_MILLISECONDS = 120_000;

/** Patience that is over when nothing was settled for that long; two minutes, unless said otherwise. */
export const patienceOf = (milliseconds = USUAL_PATIENCE_MILLISECONDS): Patience => {
  let renewed = performance.now(); // when something was settled last
  return {
    renew: () => {
      renewed = performance.now();
    },
    isOver: () => performance.now() - renewed > milliseconds,
  };
};

const SHORT_PATIENCE_MILLISECONDS = 30_000;

/** Patience of that length, half a minute where it is shortened. */
export const runPatience = (milliseconds: number): RunPatience => {
  const usual = patienceOf(milliseconds);
  const short = patienceOf(Math.min(milliseconds, SHORT_PATIENCE_MILLISECONDS));
  let isShort = false; // since something was settled last
  return {
    renew: () => {
      usual.renew();
      short.renew();
      isShort = false;
    },
    shorten: () => {
      isShort = true;
    },
    isOver: () => usual.isOver() || (isShort && short.isOver()),
  };
};

import type { OnHindrance } from '../../function/src/operator/hindrance.ts';
import { spoken } from '../terminal/figures.ts';

/** What a command waits for, for whoever shows how far it is. */
export type HindranceNote = {
  readonly tell: OnHindrance;
  /** The cause, and when it is given up; undefined while the work goes on. */
  readonly text: () => string | undefined;
};

/** A note of nothing yet. */
export const hindranceNote = (): HindranceNote => {
  let known: { readonly cause: string; readonly givesUpAt: number | undefined } | undefined;
  return {
    tell: (cause, leftMilliseconds) => {
      const givesUpAt = leftMilliseconds && performance.now() + leftMilliseconds;
      known = cause === undefined ? undefined : { cause, givesUpAt };
    },
    text: () => known && known.cause + endOf(known.givesUpAt),
  };
};

const endOf = (givesUpAt: number | undefined): string =>
  givesUpAt === undefined
    ? ''
    : `, gives up in ${spoken(Math.max(0, givesUpAt - performance.now()))}`;

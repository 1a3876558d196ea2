import { at, textOf } from '../../../function/src/core/json-value.ts';
import type { Cause } from '../../../function/src/operator/replay/cause.ts';

/** The cause that a JSON value of the function's tells; undefined where it tells none. */
export const causeIn = (value: unknown): Cause | undefined => {
  const [place, what = '', cure = ''] = ['place', 'what', 'cure'].map((name) =>
    textOf(at(value, name)),
  );
  return place === undefined ? undefined : { place, what, cure };
};

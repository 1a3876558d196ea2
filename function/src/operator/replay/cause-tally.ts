import type { Cause } from './cause.ts';

/** How often something was the cause, with the first objects in which it was. */
export type TalliedCause = Cause & { readonly count: number; readonly objects: readonly string[] };

/** Counts causes, of which there may be as many as names in the data: memory is bounded all the same. */
export type CauseTally = {
  readonly add: (cause: Cause, object: string) => void;
  /** Most frequent first. */
  readonly causes: () => readonly TalliedCause[];
  /** Records whose causes had no more room. */
  readonly others: () => number;
};

const MOST_CAUSES = 1000;
const MOST_OBJECTS = 3;

/** A tally with nothing in it. */
export const newCauseTally = (mostCauses = MOST_CAUSES): CauseTally => {
  const tallied = new Map<string, TalliedCause>();
  let others = 0; // without room
  return {
    add: (cause, object) => {
      const name = `${cause.place}\n${cause.what}`;
      const known = tallied.get(name);
      if (known === undefined && tallied.size >= mostCauses) others++;
      else tallied.set(name, oneMore(known ?? { ...cause, count: 0, objects: [] }, object));
    },
    causes: () => [...tallied.values()].sort((one, other) => other.count - one.count),
    others: () => others,
  };
};

const oneMore = (cause: TalliedCause, object: string): TalliedCause => {
  const { count, objects } = cause;
  const isKnown = objects.includes(object) || objects.length === MOST_OBJECTS;
  return { ...cause, count: count + 1, objects: isKnown ? objects : [...objects, object] };
};

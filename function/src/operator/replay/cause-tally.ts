import type { Cause } from './cause.ts';

/** How often something was the cause, with the first objects in which it was. */
export type TalliedCause = Cause & { readonly count: number; readonly objects: readonly string[] };

/** Counts causes, of which there may be as many as names in the data: memory is bounded all the same. */
export type CauseTally = {
  readonly add: (cause: Cause, object: string) => void;
  /** Adds what another tally has come to. */
  readonly addAll: (causes: readonly TalliedCause[], others: number) => void;
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
  const addTallied = (more: TalliedCause) => {
    const name = `${more.place}\n${more.what}`;
    const known = tallied.get(name);
    if (known === undefined && tallied.size >= mostCauses) others += more.count;
    else tallied.set(name, known === undefined ? more : sumOf(known, more));
  };
  return {
    add: (cause, object) => addTallied({ ...cause, count: 1, objects: [object] }),
    addAll: (causes, withoutRoom) => {
      for (const cause of causes) addTallied(cause);
      others += withoutRoom;
    },
    causes: () => [...tallied.values()].sort((one, other) => other.count - one.count),
    others: () => others,
  };
};

const sumOf = (one: TalliedCause, other: TalliedCause): TalliedCause => ({
  ...one,
  count: one.count + other.count,
  objects: [...new Set([...one.objects, ...other.objects])].slice(0, MOST_OBJECTS),
});

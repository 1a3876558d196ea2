/** What is counted together. */
export type Group = 'work' | 'step' | 'fault' | 'late' | 'ending' | 'operator' | 'outcome';

/** How often things really happened, by their names. */
export type Tally = {
  readonly count: (group: Group, what: string, times?: number) => void;
  readonly of: (group: Group, what: string) => number;
  /** All of a group, in the order in which they first happened. */
  readonly inGroup: (group: Group) => ReadonlyMap<string, number>;
};

/** A tally from zero. */
export const newTally = (): Tally => {
  const groups = new Map<Group, Map<string, number>>();
  const inGroup = (group: Group): Map<string, number> => {
    const counts = groups.get(group) ?? new Map<string, number>();
    groups.set(group, counts);
    return counts;
  };
  const of = (group: Group, what: string) => inGroup(group).get(what) ?? 0;
  return {
    of,
    inGroup,
    count: (group, what, times = 1) => void inGroup(group).set(what, of(group, what) + times),
  };
};

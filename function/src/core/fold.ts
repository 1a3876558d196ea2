import type { Change } from './change.ts';

/** The changes of one key in one event, in their order. */
export type KeyChanges = readonly Change[];

/** Changes of one table by key; keys in the order of their first change. */
export const foldByKey = (changes: Iterable<Change>): readonly KeyChanges[] => {
  const byId = new Map<string, Change[]>();
  for (const change of changes) {
    const earlier = byId.get(change.id);
    if (earlier === undefined) byId.set(change.id, [change]);
    else earlier.push(change);
  }
  return [...byId.values()];
};

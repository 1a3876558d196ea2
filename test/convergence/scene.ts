import type { FollowedTable } from './followed-table.ts';
import type { World } from './world.ts';

/** A world in which something happens: what was begun and is not over, and what cannot be undone. */
export type Scene = {
  readonly world: World;
  /** Operator commands that run, and what ends by itself after a while. */
  readonly underWay: Set<Promise<void>>;
  /** Indexes that were deleted: what is not written again must be filled in. */
  readonly deletedIndexes: Set<FollowedTable>;
  /** When the last backfill or replay is over. */
  turn: Promise<void>;
};

/** A scene in which nothing has happened yet. */
export const newScene = (world: World): Scene => ({
  world,
  underWay: new Set(),
  deletedIndexes: new Set(),
  turn: Promise.resolve(),
});

/** The table with that number, counted round. */
export const tableOf = (
  { tables }: World,
  { table }: { readonly table: number },
): FollowedTable => {
  const found = tables[table % tables.length];
  if (found === undefined) throw new Error('a world has a table');
  return found;
};

import type { Shard } from './source.ts';

/** What a mapping has done with shards so far, by shard id. */
export interface ShardProgress {
  readonly started: ReadonlySet<string>;
  readonly finished: ReadonlySet<string>;
}

/** The shards that may be read now: not begun yet, and their parent read and settled to its end, or gone. */
export const startableShards = (
  shards: readonly Shard[],
  { started, finished }: ShardProgress,
): readonly Shard[] => {
  const listed = new Set(shards.map(({ shardId }) => shardId));
  const isSettled = (parentShardId: string | undefined) =>
    parentShardId === undefined ||
    finished.has(parentShardId) ||
    (!listed.has(parentShardId) && !started.has(parentShardId));
  return shards.filter(
    ({ shardId, parentShardId }) => !started.has(shardId) && isSettled(parentShardId),
  );
};

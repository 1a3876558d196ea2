import type { Page, Shard, StreamRecord, StreamSource } from './source.ts';

/** The shards of a stream that lives in memory: they open, close and are forgotten when somebody says so. */
export interface MemoryShards {
  readonly source: StreamSource;
  /** Appends a record to an open shard. */
  append(shardId: string, record: StreamRecord): void;
  openShard(shard: Shard): void;
  closeShard(shardId: string): void;
  /** Lets the stream forget a closed shard. */
  forgetShard(shardId: string): void;
  /** Lets the next read, or listing of shards, fail. */
  failOnce(): void;
}

interface MemoryShard extends Shard {
  readonly records: StreamRecord[];
  isClosed: boolean;
}

// As GetRecords: at most 1,000 records a call.
const pageRecords = 1_000;

/** Creates a stream without any shard. */
export const createMemoryShards = (streamArn: string): MemoryShards => {
  const shards = new Map<string, MemoryShard>();
  const failure = createFailure();
  return {
    openShard: (shard) =>
      void shards.set(shard.shardId, { ...shard, records: [], isClosed: false }),
    append: (shardId, record) => {
      const shard = existing(shards, shardId);
      if (shard.isClosed) throw new Error(`${shardId} is closed`);
      shard.records.push(record);
    },
    closeShard: (shardId) => {
      existing(shards, shardId).isClosed = true;
    },
    forgetShard: (shardId) => void shards.delete(shardId),
    failOnce: failure.order,
    source: sourceOf(streamArn, shards, failure.happen),
  };
};

const createFailure = () => {
  let isOrdered = false;
  return {
    order: () => {
      isOrdered = true;
    },
    happen: () => {
      const fails = isOrdered;
      isOrdered = false;
      if (fails) throw new Error('the stream cannot be read');
    },
  };
};

const sourceOf = (
  streamArn: string,
  shards: ReadonlyMap<string, MemoryShard>,
  failIfAsked: () => void,
): StreamSource => ({
  streamArn,
  shards: async () => {
    failIfAsked();
    return [...shards.values()].map(({ shardId, parentShardId }) =>
      parentShardId === undefined ? { shardId } : { shardId, parentShardId },
    );
  },
  open: async (shardId, position) => {
    const shard = existing(shards, shardId);
    let next = position === 'LATEST' ? shard.records.length : 0;
    const read = async (): Promise<Page> => {
      failIfAsked();
      const records = shard.records.slice(next, next + pageRecords);
      next += records.length;
      return { records, isLast: shard.isClosed && next === shard.records.length };
    };
    return { read };
  },
});

const existing = (shards: ReadonlyMap<string, MemoryShard>, shardId: string): MemoryShard => {
  const shard = shards.get(shardId);
  if (shard === undefined) throw new Error(`there is no ${shardId}`);
  return shard;
};

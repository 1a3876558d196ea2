import type { Page, Shard, StreamRecord, StreamSource } from './source.ts';
import { streamRecord } from './stream-record.ts';

/** A change to be put into an in-memory stream. */
export interface InMemoryChange {
  readonly shardId?: string;
  readonly partition: string;
  readonly sort?: string;
  readonly createdEpochSeconds: number;
  /** Any further text, to tell records apart or to make them large. */
  readonly value?: string;
}

/** A stream without DynamoDB, for tests of what is hard to bring about with it: shards that split, close and expire. */
export interface InMemoryStream {
  readonly source: StreamSource;
  /** Appends a record and returns its sequence number. */
  put(change: InMemoryChange): string;
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

const streamArn =
  'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000';
// As GetRecords: at most 1,000 records a call.
const pageRecords = 1_000;

/** Creates a stream with one open shard, `shard-1`. */
export const createInMemoryStream = (): InMemoryStream => {
  const shards = new Map<string, MemoryShard>();
  let lastSequenceNumber = 0n;
  const failure = createFailure();
  const openShard = (shard: Shard) =>
    void shards.set(shard.shardId, { ...shard, records: [], isClosed: false });
  openShard({ shardId: 'shard-1' });
  return {
    openShard,
    put: (change) => {
      const shard = existing(shards, change.shardId ?? 'shard-1');
      if (shard.isClosed) throw new Error(`${shard.shardId} is closed`);
      lastSequenceNumber += 1n;
      shard.records.push(recordOf(change, String(lastSequenceNumber)));
      return String(lastSequenceNumber);
    },
    closeShard: (shardId) => {
      existing(shards, shardId).isClosed = true;
    },
    forgetShard: (shardId) => void shards.delete(shardId),
    failOnce: failure.order,
    source: sourceOf(shards, failure.happen),
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

const recordOf = (change: InMemoryChange, sequenceNumber: string): StreamRecord => {
  const keys = {
    partition: { S: change.partition },
    ...(change.sort !== undefined && { sort: { S: change.sort } }),
  };
  return streamRecord(
    {
      eventID: sequenceNumber,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      dynamodb: {
        ApproximateCreationDateTime: change.createdEpochSeconds,
        Keys: keys,
        NewImage: { ...keys, value: { S: change.value ?? '' } },
        SequenceNumber: sequenceNumber,
        SizeBytes: 1,
        StreamViewType: 'NEW_IMAGE',
      },
      eventSourceARN: streamArn,
    },
    'partition',
  );
};

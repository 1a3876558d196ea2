import { createMemoryShards, type MemoryShards } from './memory-shards.ts';
import type { StreamRecord } from './source.ts';
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
export interface InMemoryStream extends Omit<MemoryShards, 'append'> {
  /** Appends a record and returns its sequence number. */
  put(change: InMemoryChange): string;
}

const streamArn =
  'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000';

/** Creates a stream with one open shard, `shard-1`. */
export const createInMemoryStream = (): InMemoryStream => {
  const { append, ...shards } = createMemoryShards(streamArn);
  let lastSequenceNumber = 0n;
  shards.openShard({ shardId: 'shard-1' });
  return {
    ...shards,
    put: (change) => {
      const sequenceNumber = String(lastSequenceNumber + 1n);
      append(change.shardId ?? 'shard-1', recordOf(change, sequenceNumber));
      lastSequenceNumber += 1n;
      return sequenceNumber;
    },
  };
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

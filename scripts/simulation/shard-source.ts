import type { StreamRecord, StreamSource } from '../local/event-source-mapping/source.ts';
import type { Load } from './load.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Name of the table whose stream is simulated. */
export const TABLE = 'Orders';

const STREAM_ARN = `arn:aws:dynamodb:eu-west-1:123456789012:table/${TABLE}/stream/2026-01-01T00:00:00.000`;

/** What a shard's records are like, and how far its reader may be ahead of what is settled. */
export interface ShardSettings {
  /** Items that change in turn. */
  readonly items: number;
  /** As DynamoDB says it of each record. */
  readonly recordBytes: number;
  readonly readAhead: number;
}

/** A shard of the stream, whose records are made when they are read. */
export interface ShardParts {
  readonly number: number;
  readonly load: Load;
  readonly time: VirtualTime;
  readonly epochMilliseconds: number;
  readonly settings: ShardSettings;
  readonly settledCount: () => number;
}

/** A stream of one open shard. It hands out what is made by now, as long as little of it is unsettled. */
export const shardSource = (shard: ShardParts): StreamSource => ({
  streamArn: STREAM_ARN,
  shards: async () => [{ shardId: `shard-${shard.number}` }],
  open: async () => {
    let next = 0; // the first record that was not read yet
    return {
      read: async () => {
        const end = Math.min(
          shard.load.countAt(shard.time.now()),
          shard.settledCount() + shard.settings.readAhead,
        );
        const records = [];
        for (; next < end; next++) records.push(recordOf(shard, next));
        return { records, isLast: false };
      },
    };
  },
});

/** The document that a record writes. */
export const documentOf = (shard: number, record: number, items: number): string =>
  `${shard}-${record % items}`;

const recordOf = (shard: ShardParts, number: number): StreamRecord => {
  const sequenceNumber = `${10n ** 20n + BigInt(number)}`;
  const id = documentOf(shard.number, number, shard.settings.items);
  const createdAt = Math.floor((shard.epochMilliseconds + shard.load.timeOf(number)) / 1000);
  const key = `{"id":{"S":"${id}"}}`;
  const image = `{"id":{"S":"${id}"},"record":{"N":"${number}"}}`;
  const change =
    `{"ApproximateCreationDateTime":${createdAt},"Keys":${key},"NewImage":${image},` +
    `"SequenceNumber":"${sequenceNumber}","SizeBytes":${shard.settings.recordBytes}}`;
  const text = `{"eventName":"MODIFY","eventSource":"aws:dynamodb","eventSourceARN":"${STREAM_ARN}","dynamodb":${change}}`;
  return {
    sequenceNumber,
    text,
    textBytes: text.length,
    partitionKey: id,
    itemKey: id,
    createdEpochSeconds: createdAt,
  };
};

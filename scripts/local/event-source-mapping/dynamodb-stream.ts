import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  type DynamoDBStreamsClientConfig,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { type LambdaRecord, toLambdaRecord } from './lambda-record.ts';
import { keepRawAnswer } from './raw-answer.ts';

/** A place in a shard: from where on to read. */
export type ShardPosition =
  | { readonly type: 'TRIM_HORIZON' }
  | { readonly type: 'LATEST' }
  | { readonly type: 'AFTER_SEQUENCE_NUMBER'; readonly sequenceNumber: string };

/** What the Streams API tells of a stream. */
export interface StreamDescription {
  readonly shards: readonly { readonly shardId: string; readonly parentShardId?: string }[];
  /** Name of the table's partition key. */
  readonly partitionKeyName: string;
}

/** What one GetRecords call returned; without a next iterator, the shard is closed and read to its end. */
export interface RecordsPage {
  readonly records: readonly LambdaRecord[];
  readonly nextIterator: string | undefined;
}

/** The calls of the DynamoDB Streams API that a consumer makes of one stream. */
export interface DynamoDBStream {
  describe(): Promise<StreamDescription>;
  iterator(shardId: string, position: ShardPosition): Promise<string>;
  records(iterator: string): Promise<RecordsPage>;
  close(): void;
}

/** Whether an iterator is of no use any more: older than fifteen minutes, or before the oldest record there is. */
export const isIteratorLost = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ExpiredIteratorException' || error.name === 'TrimmedDataAccessException');

/** Connects to a stream. */
export const connectDynamoDBStream = (
  streamArn: string,
  configuration: DynamoDBStreamsClientConfig,
): DynamoDBStream => {
  const client = new DynamoDBStreamsClient(configuration);
  return {
    describe: () => describe(client, streamArn),
    iterator: async (shardId, position) => {
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({
          StreamArn: streamArn,
          ShardId: shardId,
          ShardIteratorType: position.type,
          ...(position.type === 'AFTER_SEQUENCE_NUMBER' && {
            SequenceNumber: position.sequenceNumber,
          }),
        }),
      );
      if (ShardIterator === undefined)
        throw new Error(`${shardId} of ${streamArn} has no iterator`);
      return ShardIterator;
    },
    records: (iterator) => recordsPage(client, streamArn, iterator),
    close: () => client.destroy(),
  };
};

// A page of the description has at most 100 shards.
const describe = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
): Promise<StreamDescription> => {
  const shards: StreamDescription['shards'][number][] = [];
  let partitionKeyName: string | undefined;
  let lastShardId: string | undefined;
  do {
    const { StreamDescription: page } = await client.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(lastShardId !== undefined && { ExclusiveStartShardId: lastShardId }),
      }),
    );
    for (const { ShardId, ParentShardId } of page?.Shards ?? [])
      if (ShardId !== undefined)
        shards.push({
          shardId: ShardId,
          ...(ParentShardId !== undefined && { parentShardId: ParentShardId }),
        });
    partitionKeyName = page?.KeySchema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
    lastShardId = page?.LastEvaluatedShardId;
  } while (lastShardId !== undefined);
  if (partitionKeyName === undefined) throw new Error(`${streamArn} has no partition key`);
  return { shards, partitionKeyName };
};

const recordsPage = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
  iterator: string,
): Promise<RecordsPage> => {
  const command = new GetRecordsCommand({ ShardIterator: iterator });
  const raw = keepRawAnswer();
  command.middlewareStack.add(raw.step, { step: 'deserialize', priority: 'low' });
  const { NextShardIterator } = await client.send(command);
  const { Records = [] }: { Records?: readonly unknown[] } = JSON.parse(raw.text());
  return {
    records: Records.map((record) => toLambdaRecord(record, streamArn)),
    nextIterator: NextShardIterator,
  };
};

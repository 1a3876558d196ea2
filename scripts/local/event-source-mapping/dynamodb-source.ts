import { type Clock, systemClock } from './clock.ts';
import { type DynamoDBStream, isIteratorLost, type ShardPosition } from './dynamodb-stream.ts';
import type { LambdaRecord } from './lambda-record.ts';
import type { Page, ShardReader, StreamRecord, StreamSource } from './source.ts';
import { streamRecord } from './stream-record.ts';

/** Where the records of a DynamoDB stream come from and when they were made. */
export interface DynamoDBSourceOptions {
  readonly streamArn: string;
  readonly stream: DynamoDBStream;
  /**
   * `firstSeen` replaces the creation time by the second in which the record was read first: DynamoDB Local truncates
   * it to the minute, which no table does.
   */
  readonly creationTime: 'reported' | 'firstSeen';
  readonly clock?: Clock;
}

/** Makes a DynamoDB stream readable for an event source mapping. */
export const createDynamoDBSource = (options: DynamoDBSourceOptions): StreamSource => {
  const { stream, streamArn } = options;
  let partitionKeyName: string | undefined;
  const describe = async () => {
    const description = await stream.describe();
    partitionKeyName = description.partitionKeyName;
    return description;
  };
  return {
    streamArn,
    shards: async () => (await describe()).shards,
    open: async (shardId, startingPosition) => {
      const name = partitionKeyName ?? (await describe()).partitionKeyName;
      const reader = createReader({ options, shardId, partitionKeyName: name });
      // "Latest" is now and not when the shard's turn comes.
      if (startingPosition === 'LATEST') await reader.openAt({ type: 'LATEST' });
      return reader;
    },
  };
};

interface Place {
  readonly options: DynamoDBSourceOptions;
  readonly shardId: string;
  readonly partitionKeyName: string;
}

interface Cursor {
  iterator: string | undefined;
  /** Where to read on when the iterator is lost: rather twice than never. */
  position: ShardPosition;
}

const createReader = (
  place: Place,
): ShardReader & { openAt(position: ShardPosition): Promise<void> } => {
  const cursor: Cursor = { iterator: undefined, position: { type: 'TRIM_HORIZON' } };
  const openAt = async (position: ShardPosition) => {
    cursor.iterator = await place.options.stream.iterator(place.shardId, position);
  };
  return { openAt, read: () => read(place, cursor) };
};

const read = async (place: Place, cursor: Cursor): Promise<Page> => {
  const { stream } = place.options;
  try {
    cursor.iterator ??= await stream.iterator(place.shardId, cursor.position);
    const { records, nextIterator } = await stream.records(cursor.iterator);
    const converted = records.map((record) => convert(place, record));
    cursor.iterator = nextIterator;
    const sequenceNumber = converted.at(-1)?.sequenceNumber;
    if (sequenceNumber !== undefined)
      cursor.position = { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber };
    return { records: converted, isLast: nextIterator === undefined };
  } catch (error) {
    if (!isIteratorLost(error)) throw error;
    cursor.iterator = undefined;
    if (isTrimmed(error)) cursor.position = { type: 'TRIM_HORIZON' };
    return { records: [], isLast: false };
  }
};

const isTrimmed = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TrimmedDataAccessException';

const convert = ({ options, partitionKeyName }: Place, record: LambdaRecord): StreamRecord => {
  const { clock = systemClock, creationTime } = options;
  if (creationTime === 'reported') return streamRecord(record, partitionKeyName);
  const firstSeenEpochSeconds = Math.floor(clock.nowEpochMilliseconds() / 1000);
  const dynamodb = { ...record.dynamodb, ApproximateCreationDateTime: firstSeenEpochSeconds };
  return streamRecord({ ...record, dynamodb }, partitionKeyName);
};

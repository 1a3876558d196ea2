import { createHash } from 'node:crypto';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { createMemoryShards } from '../../scripts/local/event-source-mapping/memory-shards.ts';
import type {
  StreamRecord,
  StreamSource,
} from '../../scripts/local/event-source-mapping/source.ts';
import { streamRecord } from '../../scripts/local/event-source-mapping/stream-record.ts';
import { KEY_NAMES } from './keys.ts';

/** A change of an item, as its record tells it. */
export type RecordedChange = {
  /** Decides which shard it goes to. */
  readonly id: string;
  readonly keys: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly createdEpochSeconds: number;
  /** Whether DynamoDB itself removed it, because its time to live was over. */
  readonly isExpired: boolean;
  /** Whether the record says something that nobody understands. */
  readonly isMalformed?: boolean;
};

/** The stream of a table, with shards that split and close; an item's records are in one lineage, in order. */
export type TableStream = {
  readonly source: StreamSource;
  /** The records so far, each with its shard. */
  readonly records: readonly PlacedRecord[];
  /** Appends the record of a change. */
  readonly append: (change: RecordedChange) => StreamRecord;
  /** Closes the open shard with that number, counted round; so many children take its place. */
  readonly close: (shard: number, children: 1 | 2) => string;
  readonly failOnce: () => void;
};

/** A record, and where it stands. */
export type PlacedRecord = {
  /** Of its item's document. */
  readonly id: string;
  readonly shardId: string;
  readonly record: StreamRecord;
  readonly isMalformed: boolean;
};

/** An open shard: it takes the hashes from `from` to below `to`. */
type OpenShard = { readonly shardId: string; readonly from: number; readonly to: number };

const HASHES = 2 ** 32;

// As long as AWS's shortest; soon they have a digit more, and as texts the longer ones would be the lower.
const FIRST_SEQUENCE_NUMBER = 10n ** 21n - 15n;

/** Creates the stream of a table, with one open shard. */
export const createTableStream = (table: string, viewType: string): TableStream => {
  const streamArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${table}/stream/2026-01-01T00:00:00.000`;
  const shards = createMemoryShards(streamArn);
  const records: PlacedRecord[] = [];
  const origin = { streamArn, viewType };
  let shardCount = 0;
  const openShard = (from: number, to: number, parentShardId?: string): OpenShard => {
    const shardId = `shardId-${String(++shardCount).padStart(20, '0')}`;
    shards.openShard(parentShardId === undefined ? { shardId } : { shardId, parentShardId });
    return { shardId, from, to };
  };
  let open = [openShard(0, HASHES)];
  return {
    source: shards.source,
    records,
    failOnce: shards.failOnce,
    append: (change) => {
      const sequenceNumber = String(FIRST_SEQUENCE_NUMBER + BigInt(records.length));
      const record = recordOf(change, sequenceNumber, origin);
      const shardId = shardOf(change.id, open);
      shards.append(shardId, record);
      const { id, isMalformed = false } = change;
      records.push({ id, shardId, record, isMalformed });
      return record;
    },
    close: (number, children) => {
      const shard = open[number % open.length] ?? never();
      const { shardId, from, to } = shard;
      const middle = from + Math.floor((to - from) / 2);
      const bounds = children === 1 ? [from, to] : [from, middle, to];
      shards.closeShard(shardId);
      const born = bounds.slice(1).map((end, at) => openShard(bounds[at] ?? from, end, shardId));
      open = [...open.filter((other) => other !== shard), ...born];
      return shardId;
    },
  };
};

const shardOf = (id: string, open: readonly OpenShard[]): string => {
  const hash = createHash('md5').update(id).digest().readUInt32BE();
  return (open.find(({ from, to }) => from <= hash && hash < to) ?? never()).shardId;
};

const never = (): never => {
  throw new Error('every hash has an open shard');
};

type Origin = { readonly streamArn: string; readonly viewType: string };

const recordOf = (
  { keys, before, after, createdEpochSeconds, isExpired, isMalformed }: RecordedChange,
  sequenceNumber: string,
  { streamArn, viewType }: Origin,
): StreamRecord => {
  const hasNew = ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(viewType);
  const hasOld = ['OLD_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(viewType);
  const dynamodb = {
    ApproximateCreationDateTime: createdEpochSeconds,
    Keys: keys,
    ...(hasNew && after !== undefined && { NewImage: after }),
    ...(hasOld && before !== undefined && { OldImage: before }),
    SequenceNumber: sequenceNumber,
    SizeBytes: JSON.stringify([keys, before, after]).length,
    StreamViewType: viewType,
  };
  const record = {
    eventID: createHash('md5').update(sequenceNumber).digest('hex'),
    eventName: isMalformed ? 'UNHEARD_OF' : eventNameOf(before, after),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb,
    ...(isExpired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
    eventSourceARN: streamArn,
  };
  return streamRecord(record, KEY_NAMES[0]);
};

const eventNameOf = (before: Item | undefined, after: Item | undefined): string => {
  if (after === undefined) return 'REMOVE';
  return before === undefined ? 'INSERT' : 'MODIFY';
};

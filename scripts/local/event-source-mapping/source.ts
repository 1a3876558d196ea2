import type { StartingPosition } from './settings.ts';

/** One record of a stream, ready to be sent. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** The record in Lambda's event form, as JSON text. */
  readonly text: string;
  /** UTF-8 length of `text`. */
  readonly textBytes: number;
  /** JSON text of the item's partition key, equal for equal keys. */
  readonly partitionKey: string;
  /** JSON text of the item's whole key, equal for equal items. */
  readonly itemKey: string;
  readonly createdEpochSeconds: number;
}

/** One shard as the stream lists it; the parent may be gone already. */
export interface Shard {
  readonly shardId: string;
  readonly parentShardId?: string;
}

/** What one read of a shard gave. */
export interface Page {
  readonly records: readonly StreamRecord[];
  /** The shard is closed and was read to its end. */
  readonly isLast: boolean;
}

/** A place in a shard that moves forward as it is read. */
export interface ShardReader {
  /** Reads on; after a failure the next call reads from the same place again. */
  read(): Promise<Page>;
}

/** A stream that an event source mapping can read. */
export interface StreamSource {
  readonly streamArn: string;
  shards(): Promise<readonly Shard[]>;
  open(shardId: string, position: StartingPosition): Promise<ShardReader>;
}

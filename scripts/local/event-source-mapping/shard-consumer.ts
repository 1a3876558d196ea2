import { type Lane, type LaneShard, startLane } from './lane.ts';
import { laneOf } from './lane-of.ts';
import type { Mapping } from './mapping.ts';
import type { Page, ShardReader, StreamRecord } from './source.ts';

/** One shard being read and sent. */
export interface ShardConsumer {
  readonly shardId: string;
  /** Whether, since that request, a read found nothing more and everything read before is settled. */
  isDrained(drainRequest: number): boolean;
  /** Resolves with true when the closed shard is settled to its end, with false when the mapping stops before. */
  readonly finished: Promise<boolean>;
}

// "Lambda polls shards in your DynamoDB stream for records at a base rate of 4 times per second."
const pollIntervalMilliseconds = 250;
const readRetryMilliseconds = 1_000;
// Enough for the next batch to be ready while one is sent; what more there is stays in the stream.
const waitingRecordsLimit = 2_000;

/** Reads a shard to its end, in as many lanes as the parallelization factor says. */
export const startShardConsumer = (
  mapping: Mapping,
  shardId: string,
  reader: ShardReader,
): ShardConsumer => {
  const shard: LaneShard = { shardId, retryingLanes: 0, isRead: false };
  const lanes = Array.from({ length: mapping.settings.parallelizationFactor }, () =>
    startLane(mapping, shard),
  );
  const progress = { emptySince: 0 };
  const isSettled = () => lanes.every((lane) => lane.isSettled());
  return {
    shardId,
    isDrained: (request) => isSettled() && (shard.isRead || progress.emptySince >= request),
    finished: consume({ mapping, shard, reader, lanes, progress }).then(
      () => shard.isRead && isSettled(),
    ),
  };
};

interface Consumption {
  readonly mapping: Mapping;
  readonly shard: LaneShard;
  readonly reader: ShardReader;
  readonly lanes: readonly Lane[];
  /** `emptySince`: the latest request to drain before a read that found nothing. */
  readonly progress: { emptySince: number };
}

const consume = async (consumption: Consumption): Promise<void> => {
  const { mapping, shard, lanes } = consumption;
  const hasRoom = () => lanes.every((lane) => lane.waitingCount() < waitingRecordsLimit);
  while (!mapping.isStopped() && !shard.isRead) {
    await mapping.until(hasRoom);
    if (!mapping.isStopped()) await poll(consumption);
  }
  await Promise.all(lanes.map(({ done }) => done));
};

// A read that found records is followed by the next at once: there may be more behind them.
const poll = async ({ mapping, shard, reader, lanes, progress }: Consumption): Promise<void> => {
  const request = mapping.drainRequests();
  const page = await read(mapping, reader);
  if (page === undefined) return mapping.pause(readRetryMilliseconds, () => false);
  mapping.statistics.received += page.records.length;
  shard.isRead = page.isLast;
  distribute(mapping, page.records, lanes);
  mapping.changed();
  if (page.records.length > 0 || page.isLast) return;
  progress.emptySince = request;
  mapping.changed();
  await mapping.pause(pollIntervalMilliseconds, () => mapping.drainRequests() > request);
};

const read = async (mapping: Mapping, reader: ShardReader): Promise<Page | undefined> => {
  try {
    return await reader.read();
  } catch (error) {
    mapping.statistics.readFailures += 1;
    mapping.onReadFailure(error);
    return undefined;
  }
};

const distribute = (
  mapping: Mapping,
  records: readonly StreamRecord[],
  lanes: readonly Lane[],
): void => {
  for (const [index, lane] of lanes.entries()) {
    const own = records.filter((record) => laneOf(record, mapping.settings) === index);
    if (own.length > 0) lane.add(own);
  }
};

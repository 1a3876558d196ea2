import type { Mapping } from './mapping.ts';
import { type ShardConsumer, startShardConsumer } from './shard-consumer.ts';
import { startableShards } from './shard-lineage.ts';
import type { Shard, ShardReader } from './source.ts';

/** The shards of a stream, found as they appear and read in the order of their lineage. */
export interface ShardDiscovery {
  /** Whether, since that request, every shard was found to be read and settled. */
  isDrained(drainRequest: number): boolean;
  /** Resolves when the mapping has stopped and no invocation is under way. */
  readonly done: Promise<void>;
}

interface State {
  readonly mapping: Mapping;
  listed: readonly Shard[];
  /** The latest request to drain before the shards were listed. */
  listedSince: number;
  readonly readers: Map<string, ShardReader>;
  readonly consumers: Map<string, ShardConsumer>;
  readonly finished: Set<string>;
}

// New shards appear when one splits, which the end of its parent tells; this finds those that begin otherwise.
const discoveryIntervalMilliseconds = 1_000;

/** Starts to find and read the shards of the mapping's stream. */
export const startShardDiscovery = (mapping: Mapping): ShardDiscovery => {
  const state: State = {
    mapping,
    listed: [],
    listedSince: -1,
    readers: new Map(),
    consumers: new Map(),
    finished: new Set(),
  };
  return { isDrained: (request) => isDrained(state, request), done: run(state) };
};

const run = async (state: State): Promise<void> => {
  const { mapping, finished } = state;
  while (!mapping.isStopped()) {
    const request = mapping.drainRequests();
    const finishedBefore = finished.size;
    await list(state, request);
    startReady(state);
    mapping.changed();
    const isDue = () => mapping.drainRequests() > request || finished.size > finishedBefore;
    await mapping.pause(discoveryIntervalMilliseconds, isDue);
  }
  await Promise.all([...state.consumers.values()].map((consumer) => consumer.finished));
};

const list = async (state: State, request: number): Promise<void> => {
  const { mapping, readers } = state;
  // A shard that appears later is read from its beginning: "latest" means what comes after the mapping's start.
  const position = state.listedSince < 0 ? mapping.settings.startingPosition : 'TRIM_HORIZON';
  try {
    const listed = await mapping.source.shards();
    for (const { shardId } of listed)
      if (!readers.has(shardId)) readers.set(shardId, await mapping.source.open(shardId, position));
    state.listed = listed;
    state.listedSince = request;
  } catch (error) {
    mapping.statistics.readFailures += 1;
    mapping.onReadFailure(error);
  }
};

const startReady = (state: State): void => {
  const { mapping, listed, readers, consumers, finished } = state;
  const started = new Set(consumers.keys());
  for (const { shardId } of startableShards(listed, { started, finished })) {
    const reader = readers.get(shardId);
    if (reader === undefined) continue;
    const consumer = startShardConsumer(mapping, shardId, reader);
    consumers.set(shardId, consumer);
    void consumer.finished.then((isFinished) => {
      if (isFinished) finished.add(shardId);
      if (!mapping.isStopped()) startReady(state);
      mapping.changed();
    });
  }
};

const isDrained = ({ listed, listedSince, consumers, finished }: State, request: number): boolean =>
  listedSince >= request &&
  listed.every(({ shardId }) => finished.has(shardId) || consumers.has(shardId)) &&
  [...consumers.values()].every((consumer) => consumer.isDrained(request));

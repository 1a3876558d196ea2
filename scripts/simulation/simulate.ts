import { type Random, seededRandom } from '../bench/random.ts';
import { medianOf } from '../bench/statistics.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../local/event-source-mapping/event-source-mapping.ts';
import { type Cluster, createCluster } from './cluster.ts';
import { createLambda, type Lambda } from './lambda.ts';
import { type Load, loadOf } from './load.ts';
import type { Course, Sample } from './sample.ts';
import type { Scenario } from './scenario.ts';
import { documentOf, shardSource } from './shard-source.ts';
import { createTally, type Tally } from './tally.ts';
import { clockOf, createVirtualTime, type VirtualTime } from './virtual-time.ts';

/**
 * Plays a scenario in virtual time until nobody wants to see more of it: event source mappings, a shard each, drive the
 * function's own code against a modelled cluster. The same scenario takes the same course every time.
 */
export const simulate = async (
  scenario: Scenario,
  isEnough: (samples: readonly Sample[]) => boolean,
): Promise<Course> => {
  const world = createWorld(scenario);
  const samples: Sample[] = [];
  for (let second = 0; second === 0 || !isEnough(samples); second++) {
    await world.time.passUntil(second * 1000);
    samples.push(sampleOf(world, second));
  }
  return { samples, outdated: outdatedIn(world, scenario) };
};

interface World {
  readonly time: VirtualTime;
  readonly tally: Tally;
  readonly cluster: Cluster;
  readonly lambda: Lambda;
  readonly shards: readonly SimulatedShard[];
}

interface SimulatedShard {
  readonly load: Load;
  readonly mapping: EventSourceMapping;
}

// 2026-01-01T00:00:00Z: any moment would do.
const EPOCH_MILLISECONDS = 1_767_225_600_000;

const createWorld = (scenario: Scenario): World => {
  const random = seededRandom(scenario.seed);
  const time = createVirtualTime();
  const tally = createTally();
  const outage = () => scenario.outage(Math.floor(time.now() / 1000));
  const cluster = createCluster({ time, random, settings: scenario.cluster, outage, tally });
  const lambda = createLambda({
    time,
    tally,
    waiting: { sleep: time.wait, random, monotonic: time.now },
    send: cluster.send,
    settings: scenario.function,
    epochMilliseconds: EPOCH_MILLISECONDS,
    manner: scenario.manner,
  });
  const shards = Array.from({ length: scenario.shards }, (_, number) =>
    startShard(number, scenario, { time, lambda, random }),
  );
  return { time, tally, cluster, lambda, shards };
};

/** Starts a mapping for one shard: shards do not know of each other, and each then wakes only itself. */
const startShard = (
  number: number,
  scenario: Scenario,
  { time, lambda, random }: Pick<World, 'time' | 'lambda'> & { readonly random: Random },
): SimulatedShard => {
  const load = loadOf(scenario.phases, random());
  const source = shardSource({
    number,
    load,
    time,
    epochMilliseconds: EPOCH_MILLISECONDS,
    settings: scenario.shard,
    settledCount: () => mapping.statistics.settled,
  });
  const mapping = startEventSourceMapping({
    source,
    invoke: lambda.invoke,
    clock: clockOf(time, EPOCH_MILLISECONDS),
    settings: { ...MODULE_SETTINGS, batchSize: scenario.batchSize },
  });
  return { load, mapping };
};

/** As modules/sync makes them. */
const MODULE_SETTINGS = {
  startingPosition: 'TRIM_HORIZON',
  bisectBatchOnFunctionError: true,
  reportBatchItemFailures: true,
  maximumRecordAgeInSeconds: 82_800,
} as const;

const sampleOf = ({ time, tally, cluster, lambda, shards }: World, second: number): Sample => {
  const now = time.now();
  const ages = shards.map(({ load, mapping: { statistics } }) =>
    Math.max(0, (now - load.timeOf(statistics.settled)) / 1000),
  );
  return {
    second,
    made: shards.reduce((sum, { load }) => sum + load.countAt(now), 0),
    settled: shards.reduce((sum, { mapping }) => sum + mapping.statistics.settled, 0),
    tally: { ...tally },
    queueLength: cluster.queueLength(),
    concurrency: lambda.concurrency(),
    oldestAge: ages.reduce((oldest, age) => Math.max(oldest, age), 0),
    medianAge: medianOf(ages),
  };
};

/** How many documents are older than what is settled of their items. */
const outdatedIn = ({ cluster, shards }: World, { shard: { items } }: Scenario): number => {
  let outdated = 0;
  for (const [number, { mapping }] of shards.entries()) {
    const { settled } = mapping.statistics;
    for (let record = Math.max(0, settled - items); record < settled; record++) {
      const document = cluster.contents.documents.get(documentOf(number, record, items));
      if (document === undefined || document.record < record) outdated += 1;
    }
  }
  return outdated;
};

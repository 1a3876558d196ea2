import type { ClusterSettings, Outage } from './cluster-settings.ts';
import type { Manner, Scenario } from './scenario.ts';

/** What can befall a cluster, and what is expected of its senders meanwhile. */
export interface Trial {
  readonly name: TrialName;
  readonly title: string;
  readonly scenario: Scenario;
  /** Records a second that the cluster can write when it does nothing else. */
  readonly capacity: number;
  /** When the trouble is over, in seconds. */
  readonly troubleEnds: number;
}

/** The trials that there are. */
export const TRIAL_NAMES = ['overload', 'pressure', 'outage', 'silence', 'slow'] as const;
export type TrialName = (typeof TRIAL_NAMES)[number];

/** The trial of that name with so many stream shards, and a cluster that has room for as many. */
export const trialOf = (name: TrialName, shards: number, manner: Manner = {}): Trial => {
  const { title, capacityOfShard, cluster, outage, load } = TRIALS[name];
  const capacity = capacityOfShard * shards;
  return {
    name,
    title,
    capacity,
    troubleEnds: CALM_SECONDS + TROUBLE_SECONDS,
    scenario: {
      shards,
      seed: 1,
      phases: phasesOf(capacityOfShard, load),
      outage: (second) =>
        second >= CALM_SECONDS && second < CALM_SECONDS + TROUBLE_SECONDS ? outage : 'none',
      cluster: { ...clusterOf(capacity), ...cluster?.(shards) },
      function: FUNCTION,
      shard: SHARD,
      batchSize: PARCELS_OF_BATCH,
      manner,
    },
  };
};

interface TrialParts {
  readonly title: string;
  readonly capacityOfShard: number;
  readonly cluster?: (shards: number) => Partial<ClusterSettings>;
  readonly outage: Outage;
  /** What comes while there is trouble, of what the cluster can write. */
  readonly load: number;
}

const CALM_SECONDS = 20;
const TROUBLE_SECONDS = 120;
/** What comes before and after the trouble, of what the cluster can write. */
export const CALM_LOAD = 0.5;

const TRIALS: Readonly<Record<TrialName, TrialParts>> = {
  overload: {
    title: 'two minutes of 1.5 times what the cluster can write; its queues are short and overflow',
    capacityOfShard: 10,
    cluster: (shards) => ({ queueSize: Math.ceil(shards / 5) }),
    outage: 'none',
    load: 1.5,
  },
  pressure: {
    title:
      'the same, with long queues; a node refuses requests when too much is under way through it',
    capacityOfShard: 10,
    cluster: (shards) => ({ documentsUnderWay: shards * 2 }),
    outage: 'none',
    load: 1.5,
  },
  outage: {
    title: 'two minutes in which every request is answered 503 at once',
    capacityOfShard: 10,
    outage: 'refusing',
    load: CALM_LOAD,
  },
  silence: {
    title: 'two minutes in which no request is answered at all',
    capacityOfShard: 10,
    outage: 'silent',
    load: CALM_LOAD,
  },
  slow: {
    title:
      'two minutes of 1.5 times what a slow cluster can write; a batch of each shard is 40 s of work',
    capacityOfShard: 0.5,
    outage: 'none',
    load: 1.5,
  },
};

const phasesOf = (capacity: number, load: number) => [
  { seconds: CALM_SECONDS, recordsPerSecond: capacity * CALM_LOAD },
  { seconds: TROUBLE_SECONDS, recordsPerSecond: capacity * load },
  { seconds: Number.POSITIVE_INFINITY, recordsPerSecond: capacity * CALM_LOAD },
];

/**
 * A record of the simulation stands for a parcel of 25 changes of 0.4 KB, so a batch of 20 is one of 500. That
 * changes nothing for queues, and leaves a twenty-fifth of the work.
 */
const PARCELS_OF_BATCH = 20;
const SHARD = { items: 200, recordBytes: 10_000, readAhead: 80 } as const;

/** 512 MB: a third of a core, which takes 18 ms for 1,000 changes when it is a whole one (docs/benchmarks.md). */
const FUNCTION = {
  timeoutMilliseconds: 60_000,
  concurrency: 1000,
  invocationMilliseconds: 4,
  recordMilliseconds: 1.5,
} as const;

const NODES = 3;
const CORES = 8;

/** Three nodes of eight cores; a tenth of a document's work is receiving it, which is done for what is then rejected, too. */
const clusterOf = (capacity: number): ClusterSettings => {
  const recordMilliseconds = (NODES * CORES * 1000) / capacity;
  return {
    nodes: NODES,
    coresPerNode: CORES,
    queueSize: 10_000,
    documentsUnderWay: Number.POSITIVE_INFINITY,
    indexShards: 6,
    networkMilliseconds: 2,
    requestMilliseconds: 1,
    receivedDocumentMilliseconds: 0.1 * recordMilliseconds,
    writeMilliseconds: 0.2,
    writtenDocumentMilliseconds: 0.9 * recordMilliseconds,
  };
};

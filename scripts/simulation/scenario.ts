import type { ClusterSettings, Outage } from './cluster-settings.ts';
import type { FunctionSettings, MakeDeadline, MakePageSize } from './lambda.ts';
import type { Phase } from './load.ts';
import type { ShardSettings } from './shard-source.ts';

/** Everything that one simulation is about. */
export interface Scenario {
  readonly shards: number;
  readonly seed: number;
  /** What every shard receives. */
  readonly phases: readonly Phase[];
  /** What befalls the cluster, by the second. */
  readonly outage: (second: number) => Outage;
  readonly cluster: ClusterSettings;
  readonly function: FunctionSettings;
  readonly shard: ShardSettings;
  /** How the function waits and sizes its pages: its own way, unless said otherwise. */
  readonly manner: Manner;
  readonly batchSize: number;
}

/** How a function waits and sizes its pages; what is left out is as ours does it. */
export interface Manner {
  readonly makeDeadline?: MakeDeadline;
  readonly makePageSize?: MakePageSize;
}

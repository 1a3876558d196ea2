import type { Tally } from './tally.ts';

/** How things stand at a moment. */
export interface Sample {
  readonly second: number;
  /** Records made so far. */
  readonly made: number;
  /** Records settled so far. */
  readonly settled: number;
  readonly tally: Tally;
  /** Writes that wait in the cluster's queues. */
  readonly queueLength: number;
  readonly concurrency: number;
  /** Seconds since the oldest unsettled record was made, of the shard that is worst off, and of the one in the middle. */
  readonly oldestAge: number;
  readonly medianAge: number;
}

/** What a simulation came to. */
export interface Course {
  /** One a second, from second 0 on. */
  readonly samples: readonly Sample[];
  /** Documents that are older than what is settled of their items: none, unless something was lost. */
  readonly outdated: number;
}

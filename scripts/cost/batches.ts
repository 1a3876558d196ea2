import { DAYS, type Plan } from './plan.ts';

/** The invocations of a month, and the records of each. */
export interface Batches {
  readonly invocations: number;
  readonly recordsOfEach: number;
}

// "Lambda polls shards in your DynamoDB stream for records at a base rate of 4 times per second."
const POLL_SECONDS = 0.25;

/**
 * How a month's changes come in batches. A shard is looked at four times a second, or when its window is over, and
 * invokes the function if there is anything; changes come as they please (a Poisson process), evenly over shards and
 * active hours. Busy shards fill their batches.
 */
export const batchesOf = (plan: Plan): Batches => {
  const { changesPerDay, activeHours, tables, shards, batchSize, windowSeconds } = plan;
  if (changesPerDay === 0) return { invocations: 0, recordsOfEach: 0 };
  const activeSeconds = activeHours * 3600 * DAYS;
  const perSecond = changesPerDay / (activeHours * 3600) / (tables * shards);
  const turn = Math.max(POLL_SECONDS, windowSeconds);
  const turnsWithRecords = (1 - Math.exp(-perSecond * turn)) / turn;
  const invocationsPerSecond = Math.max(turnsWithRecords, perSecond / batchSize);
  const invocations = invocationsPerSecond * activeSeconds * tables * shards;
  return { invocations, recordsOfEach: (changesPerDay * DAYS) / invocations };
};

import type { Tally } from '../../function/src/core/account.ts';

/** What became of a table's records, over all invocations. */
export type OutcomeCounts = Tally;

/** Counts before the first invocation. */
export const noOutcomes: OutcomeCounts = {
  received: 0,
  written: 0,
  folded: 0,
  superseded: 0,
  dead_lettered: 0,
  retried: 0,
};

/** What one invocation did for one table. */
export interface TableOutcomes {
  readonly table: string;
  readonly counts: OutcomeCounts;
}

/** The counts in a line that the function wrote; undefined if it is no metric line (contract §7). */
export const readMetricLine = (line: string): TableOutcomes | undefined => {
  if (!line.startsWith('{"_aws"')) return undefined;
  const metrics: MetricLine = JSON.parse(line);
  return {
    table: metrics.table,
    counts: {
      received: metrics.Received,
      written: metrics.Written,
      folded: metrics.Folded,
      superseded: metrics.Superseded,
      dead_lettered: metrics.DeadLettered,
      retried: metrics.Retried,
    },
  };
};

type MetricLine = { readonly table: string } & Readonly<
  Record<'Received' | 'Written' | 'Folded' | 'Superseded' | 'DeadLettered' | 'Retried', number>
>;

/** Adds counts up. */
export const addOutcomes = (one: OutcomeCounts, other: OutcomeCounts): OutcomeCounts => ({
  received: one.received + other.received,
  written: one.written + other.written,
  folded: one.folded + other.folded,
  superseded: one.superseded + other.superseded,
  dead_lettered: one.dead_lettered + other.dead_lettered,
  retried: one.retried + other.retried,
});

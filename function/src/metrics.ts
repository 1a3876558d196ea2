import type { Tally } from './core/account.ts';

/** What one invocation did for one table. */
export type TableMetrics = {
  readonly function: string;
  readonly table: string;
  readonly tally: Tally;
  readonly reread: number;
  /** Undefined when nothing was written. */
  readonly written: WriteTimes | undefined;
};

/** Times of what was written, in milliseconds. */
export type WriteTimes = {
  /** Spent in bulk requests, all added up. */
  readonly bulkMilliseconds: number;
  /** From creation to acknowledgement of the record that waited longest. */
  readonly freshnessMilliseconds: number;
};

/** One line of what an invocation did (contract §7). */
export const metricLine = (metrics: TableMetrics, timestampMilliseconds: number): string => {
  const times = metrics.written === undefined ? {} : timesOf(metrics.written);
  return embeddedMetrics(metrics, { counts: countsOf(metrics), times }, timestampMilliseconds);
};

type Values = { readonly [name: string]: number };

/**
 * One line of CloudWatch's Embedded Metric Format about a table; times are in milliseconds.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const embeddedMetrics = (
  { function: functionName, table }: Pick<TableMetrics, 'function' | 'table'>,
  { counts, times = {} }: { readonly counts: Values; readonly times?: Values },
  timestampMilliseconds: number,
): string => {
  const directive = {
    Namespace: 'DynamoDBToOpenSearch',
    Dimensions: [['function', 'table']],
    Metrics: [...definitionsOf(counts, 'Count'), ...definitionsOf(times, 'Milliseconds')],
  };
  return JSON.stringify({
    _aws: { Timestamp: timestampMilliseconds, CloudWatchMetrics: [directive] },
    function: functionName,
    table,
    ...counts,
    ...times,
  });
};

const countsOf = ({ tally, reread }: TableMetrics) => ({
  Received: tally.received,
  Written: tally.written,
  Folded: tally.folded,
  Superseded: tally.superseded,
  DeadLettered: tally.dead_lettered,
  Retried: tally.retried,
  Reread: reread,
});

const timesOf = ({ bulkMilliseconds, freshnessMilliseconds }: WriteTimes) => ({
  BulkMilliseconds: Math.round(bulkMilliseconds),
  FreshnessMilliseconds: Math.round(freshnessMilliseconds),
});

const definitionsOf = (values: object, unit: 'Count' | 'Milliseconds') =>
  Object.keys(values).map((name) => ({ Name: name, Unit: unit }));

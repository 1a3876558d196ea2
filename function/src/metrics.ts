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

const COUNTS = ['Received', 'Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried', 'Reread'];
const TIMES = ['BulkMilliseconds', 'FreshnessMilliseconds'];

/**
 * One line of CloudWatch's Embedded Metric Format (contract §7).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const metricLine = (metrics: TableMetrics, timestampMilliseconds: number): string => {
  const { tally, written } = metrics;
  const definitions = [
    ...COUNTS.map((name) => ({ Name: name, Unit: 'Count' })),
    ...(written ? TIMES.map((name) => ({ Name: name, Unit: 'Milliseconds' })) : []),
  ];
  return JSON.stringify({
    _aws: {
      Timestamp: timestampMilliseconds,
      CloudWatchMetrics: [
        {
          Namespace: 'DynamoDBToOpenSearch',
          Dimensions: [['function', 'table']],
          Metrics: definitions,
        },
      ],
    },
    function: metrics.function,
    table: metrics.table,
    Received: tally.received,
    Written: tally.written,
    Folded: tally.folded,
    Superseded: tally.superseded,
    DeadLettered: tally.dead_lettered,
    Retried: tally.retried,
    Reread: metrics.reread,
    ...(written && {
      BulkMilliseconds: Math.round(written.bulkMilliseconds),
      FreshnessMilliseconds: Math.round(written.freshnessMilliseconds),
    }),
  });
};

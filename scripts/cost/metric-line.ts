import { metricLine } from '../../function/src/metrics.ts';

/** What CloudWatch takes in of an invocation: its one line for its one table. */
export interface LoggedLine {
  readonly bytes: number;
  /** Custom metrics that it makes of the line. */
  readonly metrics: number;
}

/** The line that the function writes for a batch of so many records, all written. */
export const loggedLine = (records: number): LoggedLine => {
  const line = metricLine(
    {
      function: 'shop-prod-sync',
      table: 'Orders',
      tally: {
        received: records,
        written: records,
        folded: 0,
        superseded: 0,
        dead_lettered: 0,
        retried: 0,
      },
      reread: 0,
      written: { bulkMilliseconds: 12, freshnessMilliseconds: 1234 },
    },
    1_767_607_872_000,
  );
  return { bytes: line.length + 1, metrics: [...line.matchAll(/"Unit":/g)].length };
};

/** The metrics that a function wrote for one table in one invocation. */
export type MetricLine = { readonly table: string; readonly [metric: string]: unknown };

/** The metric lines among the lines that a function wrote. */
export const metricLines = (lines: readonly string[]): readonly MetricLine[] =>
  lines.filter((line) => line.startsWith('{"_aws"')).map((line) => JSON.parse(line));

/** What the function took for batches of a size. */
export interface MeasuredBatch {
  readonly records: number;
  readonly itemKilobytes: number;
  /** CPU of the process, in milliseconds, for 1,000 records. */
  readonly cpuMilliseconds: number;
  readonly recordsPerSecond: number;
}

/** The run that the figures of this page are from. */
export const RUN =
  'npm run bench -- --rounds 7, 2026-11-23: Node.js 22.23.3, OpenSearch 3.8, two shared cores (docs/benchmarks.md)';

/** The function's rows of that run, requests signed, a fifth of the records deletes. */
export const MEASURED_BATCHES: readonly MeasuredBatch[] = [
  { records: 100, itemKilobytes: 0.4, cpuMilliseconds: 29.7, recordsPerSecond: 11_098 },
  { records: 1000, itemKilobytes: 0.4, cpuMilliseconds: 18.0, recordsPerSecond: 22_431 },
  { records: 100, itemKilobytes: 2.5, cpuMilliseconds: 86.0, recordsPerSecond: 4021 },
  { records: 1000, itemKilobytes: 2.5, cpuMilliseconds: 68.0, recordsPerSecond: 6007 },
];

/** What a verification takes of Lambda for a million items of 0.4 KB, as docs/scaling.md reckons it. */
export const VERIFICATION_GIGABYTE_SECONDS = 109;

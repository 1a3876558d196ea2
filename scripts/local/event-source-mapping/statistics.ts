/** What an event source mapping has done so far. */
export interface Statistics {
  /** Records read from the stream. */
  readonly received: number;
  readonly invocations: number;
  /** Invocations that failed, wholly or partly. */
  readonly failures: number;
  readonly bisections: number;
  /** Records that the function has taken. */
  readonly settled: number;
  /** Records given up after too many retries or too much time. */
  readonly discarded: number;
  /** Discarded batches that the on-failure destination did not take: their records are lost. */
  readonly destinationDeliveryFailures: number;
  /** Reads of the stream that failed and were repeated. */
  readonly readFailures: number;
}

/** Counters from zero, to be counted up in place. */
export const createStatistics = (): { -readonly [Name in keyof Statistics]: number } => ({
  received: 0,
  invocations: 0,
  failures: 0,
  bisections: 0,
  settled: 0,
  discarded: 0,
  destinationDeliveryFailures: 0,
  readFailures: 0,
});

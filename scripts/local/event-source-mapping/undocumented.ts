/**
 * What AWS's documentation leaves open. Each question has the answers that Lambda could give; a function that must work
 * on Lambda has to work with all of them, so tests run both. `docs/lambda-semantics.md` says more of each.
 */
export interface UndocumentedBehaviour {
  /** By what records are spread over the concurrent batches of a shard: either keeps each item in order. */
  readonly concurrencyKey: 'partitionKey' | 'item';
  /** What an error stops until it is resolved, when a shard has several concurrent batches. */
  readonly pausedByRetry: 'lane' | 'shard';
  /** Whether the rest of a partly failed batch is retried as it is, or a new batch begins at the checkpoint. */
  readonly afterPartialFailure: 'retryRest' | 'newBatch';
  /** What bisecting does when the function reports the first record, so that "at the returned number" splits nothing. */
  readonly firstRecordReported: 'bisect' | 'retry';
  /** What an answer means that stands neither in AWS's list of successes nor in that of failures. */
  readonly unlistedAnswer: 'failure' | 'success';
  /** Which half of a batch of odd length is the longer one. */
  readonly bisectedLonger: 'second' | 'first';
  /** What is discarded once the first record of a batch is too old. */
  readonly discardedByAge: 'records' | 'batch';
  /** What the first record after an expired, empty batching window does: begin a new window, or go at once. */
  readonly afterEmptyWindow: 'newWindow' | 'atOnce';
  /** The wait before the first retry of a batch; it doubles with each further one. */
  readonly initialRetryDelayMilliseconds: number;
  readonly maximumRetryDelayMilliseconds: number;
}

/** What we take for the likeliest answers. */
export const defaultUndocumentedBehaviour: UndocumentedBehaviour = {
  concurrencyKey: 'partitionKey',
  pausedByRetry: 'lane',
  afterPartialFailure: 'retryRest',
  firstRecordReported: 'bisect',
  unlistedAnswer: 'failure',
  bisectedLonger: 'second',
  discardedByAge: 'records',
  afterEmptyWindow: 'newWindow',
  initialRetryDelayMilliseconds: 200,
  maximumRetryDelayMilliseconds: 30_000,
};

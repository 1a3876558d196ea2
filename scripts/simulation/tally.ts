/** What has happened since the beginning, counted up in place. Documents of the index, one for each record sent. */
export interface Tally {
  /** Bulk requests that reached the cluster. */
  requests: number;
  /** Of those, refused as a whole by a node that has too much under way. */
  refusedRequests: number;
  rejectedDocuments: number;
  /** Documents that were written for the first time. */
  written: number;
  /** Documents that were written again, since the function did not learn of the first time. */
  repeated: number;
  invocations: number;
  /** Invocations that Lambda refused for want of concurrency. */
  throttles: number;
}

/** Nothing has happened yet. */
export const createTally = (): Tally => ({
  requests: 0,
  refusedRequests: 0,
  rejectedDocuments: 0,
  written: 0,
  repeated: 0,
  invocations: 0,
  throttles: 0,
});

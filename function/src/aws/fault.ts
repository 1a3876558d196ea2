import { ServiceError } from './service-error.ts';

/** What a failed call to an AWS service means for whoever would repeat it. */
export type Fault =
  /** The service wants fewer calls. */
  | 'throttled'
  /** A reset, a timeout, a sick server: it may pass. */
  | 'passing'
  /** No permission, no such table, no credentials: the same call would fail again. */
  | 'lasting';

/** What was thrown by a client of AWS, or by us around one, means. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof ServiceError) return faultOf(error.cause);
  if (!(error instanceof Error)) return 'passing';
  if (THROTTLING.has(error.name)) return 'throttled';
  if (LASTING.has(error.name)) return 'lasting';
  const isOfService = '$fault' in error; // what the service itself has answered
  return isOfService && error.$fault === 'client' && !PASSING.has(error.name)
    ? 'lasting'
    : 'passing';
};

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'ThrottlingException',
]);

// The client finds nobody to sign as; no service was asked.
const LASTING = new Set(['CredentialsProviderError', 'TokenProviderError']);

// The services call it the client's fault that a request came in too slowly.
const PASSING = new Set(['RequestTimeout', 'RequestTimeoutException']);

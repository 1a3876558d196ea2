/** What all AWS clients share: attempts with jittered backoff, and waits that leave room for them. */
export const clientSettings = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1500, requestTimeout: 5000, throwOnRequestTimeout: true },
} as const;

/**
 * How long reading the configuration may take, all attempts together: the client's own timeouts end with
 * the headers of an answer, and Lambda gives its init phase ten seconds.
 */
export const LONGEST_READING_MILLISECONDS = 9000;

/** What all AWS clients share: attempts with jittered backoff, and waits that leave room for them. */
export const clientSettings = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1500, requestTimeout: 5000, throwOnRequestTimeout: true },
} as const;

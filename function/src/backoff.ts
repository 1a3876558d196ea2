const FIRST_BACKOFF_MILLISECONDS = 100;

/**
 * How long to wait before a further attempt, in milliseconds: anything up to a bound that doubles with
 * every attempt, from 0 on, and is `longest` at most ("full jitter", so that many do not come back at once).
 */
export const backoffMilliseconds = (attempt: number, longest: number): number =>
  Math.random() * Math.min(longest, FIRST_BACKOFF_MILLISECONDS * 2 ** attempt);

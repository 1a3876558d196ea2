const FIRST_BACKOFF_MILLISECONDS = 100;

/**
 * How long to wait before a further attempt, in milliseconds: anything up to a bound that doubles with
 * every attempt, from 0 on, and is `longest` at most ("full jitter", so that many do not come back at once).
 * `random` gives numbers from 0 to 1, the latter excluded.
 */
export const backoffMilliseconds = (
  attempt: number,
  longest: number,
  random: () => number = Math.random,
): number => random() * Math.min(longest, FIRST_BACKOFF_MILLISECONDS * 2 ** attempt);

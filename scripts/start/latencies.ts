/** Waiting times, of which the last hundred count. */
export interface Latencies {
  add(seconds: number): void;
  /** Forgets what was added so far. */
  clear(): void;
  /** The smallest time that so many percent did not exceed; undefined before the first. */
  percentile(percent: number): number | undefined;
}

const kept = 100;

/** A record of waiting times. */
export const createLatencies = (): Latencies => {
  const times: number[] = [];
  return {
    add: (seconds) => {
      times.push(seconds);
      if (times.length > kept) times.shift();
    },
    clear: () => void times.splice(0),
    percentile: (percent) =>
      times.toSorted((one, other) => one - other)[Math.ceil((times.length * percent) / 100) - 1],
  };
};

import type { Fleet } from './fleet.ts';
import type { Site } from './site.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tally } from './tally.ts';
import type { Timeline } from './timeline.ts';

/** What the parts of a world share. */
export type Setting = {
  /** Of its bucket and its parameter, and the beginning of what its tables are called. */
  readonly name: string;
  readonly site: Site;
  readonly fleet: Fleet;
  readonly surroundings: Surroundings;
  readonly clock: StreamClock;
  readonly refresh: 'auto' | 'false';
  readonly timeline: Timeline;
  readonly tally: Tally;
  /** How many of the last batches are delivered once more after the one that was taken last. */
  readonly nextDuplicates: () => number;
  /** Told of what must not be. */
  readonly onViolation: (error: unknown) => void;
};

/** The clock by which records are dated, in whole seconds since 1970; it may be ahead of the machine's, or behind. */
export type StreamClock = {
  readonly nowEpochSeconds: () => number;
  /** From now on it is so many seconds ahead. */
  readonly setAhead: (seconds: number) => void;
  /** From now on it does not move. */
  readonly stop: () => void;
};

/** A clock that is right at first. */
export const createStreamClock = (): StreamClock => {
  let ahead = 0;
  let stoppedAt: number | undefined;
  const now = () => Math.floor(Date.now() / 1000) + ahead;
  return {
    nowEpochSeconds: () => stoppedAt ?? now(),
    stop: () => {
      stoppedAt = now();
    },
    setAhead: (seconds) => {
      ahead = seconds;
    },
  };
};

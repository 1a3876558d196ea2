/** A time in which every stream shard receives as many records a second. */
export interface Phase {
  readonly seconds: number;
  readonly recordsPerSecond: number;
}

/** When the records of a stream shard are made. Records are numbered from 0 on, times are milliseconds. */
export interface Load {
  /** How many records there are at that time. */
  readonly countAt: (milliseconds: number) => number;
  /** When a record is made; infinity for one that never is. */
  readonly timeOf: (record: number) => number;
}

/** The load of phases that follow each other, its first record by a part (0 to 1) of a distance late. */
export const loadOf = (phases: readonly Phase[], lateness: number): Load => ({
  countAt: (milliseconds) => {
    let count = -lateness; // grows phase by phase
    let left = milliseconds;
    for (const { seconds, recordsPerSecond } of phases) {
      count += (recordsPerSecond * Math.min(left, seconds * 1000)) / 1000;
      left -= seconds * 1000;
      if (left <= 0) break;
    }
    return Math.max(0, Math.floor(count + 1e-9));
  },
  timeOf: (record) => {
    let wanted = record + 1 + lateness; // shrinks phase by phase
    let begin = 0;
    for (const { seconds, recordsPerSecond } of phases) {
      const ofPhase = recordsPerSecond * seconds;
      if (wanted <= ofPhase) return begin + (wanted / recordsPerSecond) * 1000;
      wanted -= ofPhase;
      begin += seconds * 1000;
    }
    return Number.POSITIVE_INFINITY;
  },
});

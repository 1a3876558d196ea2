import type { Course, Sample } from './sample.ts';
import { CALM_LOAD, type Trial } from './trials.ts';

/** What a course says of how its senders behave. Times are seconds, from the end of the trouble on. */
export interface CourseFigures {
  /** Until nothing is late any more; undefined when nobody waited for that. */
  readonly drainedAfter: number | undefined;
  /** Until half of the shards are not late any more. */
  readonly halfDrainedAfter: number | undefined;
  /** Until nothing would be late if the cluster had written at its capacity from then on. */
  readonly idealDrain: number;
  /** What was written, and not a second time, while there was a backlog, of what the cluster could have written. */
  readonly goodput: number;
  /** Coefficient of variation of the goodput of spans of 20 s: 0 is steady. */
  readonly variation: number;
  /** Writes of what was written before, of all writes. */
  readonly wasted: number;
  /** Documents rejected for each one that was written. */
  readonly rejections: number;
  /** How much longer than the shard in the middle the one that was worst off waited, at most, while there was a backlog. */
  readonly unfairness: number;
}

// Some polls, some batches.
const LATE_SECONDS = 5;

/** Whether there is nothing more to see: nothing is late after the trouble, or it has been over for so many seconds. */
export const isOver = (
  samples: readonly Sample[],
  { troubleEnds }: Trial,
  longestSeconds: number,
): boolean => {
  const last = samples.at(-1);
  if (last === undefined || last.second <= troubleEnds) return false;
  return last.oldestAge < LATE_SECONDS || last.second - troubleEnds >= longestSeconds;
};

/** The figures of a course. */
export const figuresOf = ({ samples }: Course, trial: Trial): CourseFigures => {
  const after = samples.filter(({ second }) => second > trial.troubleEnds);
  const secondOf = (sample: Sample | undefined) => sample && sample.second - trial.troubleEnds;
  const goodputs = goodputsUnderBacklog(samples, trial);
  return {
    drainedAfter: secondOf(after.find(({ oldestAge }) => oldestAge < LATE_SECONDS)),
    halfDrainedAfter: secondOf(after.find(({ medianAge }) => medianAge < LATE_SECONDS)),
    idealDrain: idealDrainOf(samples, trial),
    goodput: meanOf(goodputs),
    variation: deviationOf(goodputs) / meanOf(goodputs),
    unfairness: unfairnessOf(samples),
    ...sharesOf(samples),
  };
};

const SPAN_SECONDS = 20;

/** Of each whole span that begins and ends with a backlog, while the cluster answers. */
const goodputsUnderBacklog = (samples: readonly Sample[], trial: Trial): readonly number[] => {
  const spans: number[] = [];
  for (let start = 0; start + SPAN_SECONDS < samples.length; start += SPAN_SECONDS) {
    const span = samples.slice(start, start + SPAN_SECONDS + 1);
    const [first, last] = [span[0], span.at(-1)];
    if (first === undefined || last === undefined) break;
    const isBusy = span.every(
      ({ second, medianAge }) =>
        medianAge >= LATE_SECONDS && trial.scenario.outage(second) === 'none',
    );
    if (isBusy)
      spans.push((last.tally.written - first.tally.written) / SPAN_SECONDS / trial.capacity);
  }
  return spans;
};

const idealDrainOf = (samples: readonly Sample[], { troubleEnds, capacity }: Trial): number => {
  const end = samples.find(({ second }) => second === troubleEnds);
  return end === undefined ? 0 : (end.made - end.tally.written) / (capacity * (1 - CALM_LOAD));
};

const BACKLOG_SECONDS = 30;

const unfairnessOf = (samples: readonly Sample[]): number =>
  samples
    .filter(({ medianAge }) => medianAge >= BACKLOG_SECONDS)
    .reduce((most, { oldestAge, medianAge }) => Math.max(most, oldestAge / medianAge), 1);

const sharesOf = (samples: readonly Sample[]): Pick<CourseFigures, 'wasted' | 'rejections'> => {
  const { tally } = samples.at(-1) ?? {};
  if (tally === undefined) return { wasted: 0, rejections: 0 };
  return {
    wasted: tally.repeated / (tally.written + tally.repeated),
    rejections: tally.rejectedDocuments / tally.written,
  };
};

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviationOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

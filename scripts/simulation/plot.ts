import type { TopLevelSpec } from 'vega-lite';
import { COLOURS } from '../bench/plot/theme.ts';
import type { Course } from './sample.ts';
import type { Trial } from './trials.ts';

/** A course, and in what manner the function waited and sized its pages. */
export interface PlottedCourse {
  readonly trial: Trial;
  readonly manner: string;
  readonly course: Course;
}

const SPAN_SECONDS = 10;

/** What was written for the first time, of what the cluster could have written, over time: a panel a trial, a line a manner. */
export const goodputPlot = (courses: readonly PlottedCourse[]): TopLevelSpec => ({
  data: { values: courses.flatMap(pointsOf) },
  mark: { type: 'line', strokeWidth: 2, interpolate: 'step-after' },
  width: 560,
  height: 130,
  encoding: {
    x: { field: 'minute', type: 'quantitative', title: 'minutes' },
    y: { field: 'goodput', type: 'quantitative', title: 'written, of capacity' },
    color: {
      field: 'manner',
      type: 'nominal',
      scale: { range: [COLOURS.function, COLOURS.simple, COLOURS.other, COLOURS.floor] },
      sort: null,
    },
    row: {
      field: 'trial',
      type: 'nominal',
      title: null,
      sort: null,
      header: { labelColor: COLOURS.floor },
    },
  },
});

const pointsOf = ({ trial, manner, course: { samples } }: PlottedCourse) => {
  const ends = samples.filter(({ second }) => second % SPAN_SECONDS === 0);
  return ends.slice(1).map(({ second, tally }, at) => ({
    trial: trial.name,
    manner,
    minute: (second - SPAN_SECONDS) / 60,
    goodput: (tally.written - (ends[at]?.tally.written ?? 0)) / SPAN_SECONDS / trial.capacity,
  }));
};

import { grouped, spoken } from '../terminal/figures.ts';
import { wrapped } from '../terminal/text.ts';
import type { CourseFigures } from './figures.ts';
import type { Course, Sample } from './sample.ts';
import type { Trial } from './trials.ts';

const COLUMNS = [
  'until',
  'made',
  'written',
  'again',
  'rejected',
  'requests/s',
  'queue',
  'under way',
  'oldest',
  'median',
];
const WIDTHS = [5, 6, 9, 7, 10, 12, 8, 11, 8, 8];
const ROW_SECONDS = 60;
const SPARK_SECONDS = 10;

/** A trial and its course: a row a minute, its goodput as a line, and what can be said of all of it. */
export const trialReport = (
  trial: Trial,
  {
    course,
    figures,
    manner,
  }: { readonly course: Course; readonly figures: CourseFigures; readonly manner: string },
): string =>
  [
    ...wrapped(`${trial.name} (${manner}): ${trial.title}`, 84),
    line(COLUMNS),
    ...rowsOf(course.samples, trial).map(line),
    `goodput  ${sparkline(course.samples, trial)}  a column is ${SPARK_SECONDS} s`,
    ...summaryOf(figures, course),
    '',
  ].join('\n');

const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('');

const rowsOf = (samples: readonly Sample[], trial: Trial): readonly (readonly string[])[] => {
  const marks = samples.filter(({ second }) => second % ROW_SECONDS === 0);
  const last = samples.at(-1);
  const ends = last === undefined || marks.at(-1) === last ? marks : [...marks, last];
  return ends.slice(1).map((end, at) => rowOf(ends[at] ?? end, end, trial.capacity));
};

const rowOf = (start: Sample, end: Sample, capacity: number): readonly string[] => {
  const seconds = end.second - start.second;
  const share = (of: (sample: Sample) => number) =>
    ((of(end) - of(start)) / seconds / capacity).toFixed(2);
  return [
    clock(end.second),
    share(({ made }) => made),
    share(({ tally }) => tally.written),
    share(({ tally }) => tally.repeated),
    share(({ tally }) => tally.rejectedDocuments),
    grouped(Math.round((end.tally.requests - start.tally.requests) / seconds)),
    grouped(end.queueLength),
    grouped(end.concurrency),
    `${end.oldestAge.toFixed(0)} s`,
    `${end.medianAge.toFixed(0)} s`,
  ];
};

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

const BARS = '▁▂▃▄▅▆▇█';

/** Written in each span, of what the cluster could have written. */
const sparkline = (samples: readonly Sample[], { capacity }: Trial): string => {
  const ends = samples.filter(({ second }) => second % SPARK_SECONDS === 0);
  return ends
    .slice(1)
    .map(
      ({ tally }, at) =>
        (tally.written - (ends[at]?.tally.written ?? 0)) / SPARK_SECONDS / capacity,
    )
    .map((goodput) => BARS[Math.min(BARS.length - 1, Math.floor(goodput * BARS.length))])
    .join('');
};

const summaryOf = (figures: CourseFigures, { outdated }: Course): readonly string[] => [
  `under backlog: goodput ${figures.goodput.toFixed(2)} of capacity, variation ${figures.variation.toFixed(2)}, ` +
    `written again ${(100 * figures.wasted).toFixed(1)} %,`,
  `  rejected for each written ${figures.rejections.toFixed(2)}, the worst shard waits ${figures.unfairness.toFixed(1)} times the median;`,
  `drained: half of the shards after ${seconds(figures.halfDrainedAfter)}, all after ${seconds(figures.drainedAfter)}` +
    ` (at full capacity ${spoken(figures.idealDrain * 1000)}); documents out of date: ${outdated}`,
];

const seconds = (value: number | undefined): string =>
  value === undefined ? 'never' : spoken(value * 1000);

import type { Phase } from '../../../function/src/operator/remote/order.ts';
import type { Canvas } from '../../terminal/canvas.ts';
import { counted, grouped } from '../../terminal/figures.ts';
import { widthOf } from '../../terminal/text.ts';
import { type Speed, speedMeter } from '../speed.ts';
import type { Course, SeenRun } from './course.ts';

/** The lines of one command about how far its run is: the first says the most. */
export type CourseLines = (course: Course, canvas: Canvas) => readonly string[];

/** A run that is looked at; `hindrance` keeps us from looking, not the run from going on. */
export type Watched = SeenRun & { readonly hindrance: string | undefined };

type Showing = { readonly own: CourseLines; readonly canvas: Canvas };

/** How far a run is: in the command's own lines, and below them what there is only inside AWS. */
export const remoteLines = (watched: Watched, { own, canvas }: Showing): readonly string[] => {
  const { execution, course, hindrance } = watched;
  const { style } = canvas;
  const waiting = [...(course?.hindrances.slice(0, MOST_HINDRANCES) ?? [])];
  return [
    ...(course?.phase === undefined
      ? [`${style.strong(execution.name)}  is being planned`]
      : withParts(own(course, canvas), partsText(course, course.phase), canvas)),
    ...waiting.map((text) => `  ${style.doubtful(`waiting: ${text}`)}`),
    ...(hindrance === undefined ? [] : [`  ${style.doubtful(`cannot look: ${hindrance}`)}`]),
  ];
};

const MOST_HINDRANCES = 3;

// Where there is no terminal the first line is all that is seen.
const withParts = (
  [first = '', ...others]: readonly string[],
  parts: string,
  { columns }: Canvas,
): readonly string[] => {
  const longer = `${first}  ${parts}`;
  return widthOf(longer) < columns ? [longer, ...others] : [first, ...others, `  ${parts}`];
};

const partsText = ({ parts: { all, done }, plan }: Course, phase: Phase): string => {
  const atOnce = Math.min(plan?.concurrency ?? 1, all);
  const pace = atOnce > 1 ? `, ${grouped(atOnce)} at once` : '';
  return `${grouped(done)} of ${counted(all, nounOf(phase))}${pace}`;
};

/** What the parts of a phase are. */
const nounOf = (phase: Phase): string => {
  switch (phase) {
    case 'backfill':
    case 'items':
      return 'segment';
    case 'documents':
    case 'extras':
      return 'shard';
    case 'letters':
      return 'share';
  }
};

// Parts store their counts every ten seconds: over a shorter while, speed would come in leaps.
const SPEED_MILLISECONDS = 60_000;
const STANDSTILL_MILLISECONDS = 20_000;

/** How fast a run is, over the last minute, as of the last time that something was stored. */
export const remoteSpeedMeter = (): Speed => {
  const speed = speedMeter(SPEED_MILLISECONDS);
  let last = { at: Number.NEGATIVE_INFINITY, amount: 0, perSecond: 0 };
  return (amount) => {
    const at = performance.now();
    const isNews = amount !== last.amount || at - last.at > STANDSTILL_MILLISECONDS;
    if (isNews) last = { at, amount, perSecond: speed(amount) };
    return last.perSecond;
  };
};

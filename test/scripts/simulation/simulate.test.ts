import { describe, expect, test } from 'vitest';
import { type CourseFigures, figuresOf, isOver } from '../../../scripts/simulation/figures.ts';
import { MANNERS, type MannerName } from '../../../scripts/simulation/manners.ts';
import type { Course } from '../../../scripts/simulation/sample.ts';
import { simulate } from '../../../scripts/simulation/simulate.ts';
import { type TrialName, trialOf } from '../../../scripts/simulation/trials.ts';

interface Played {
  readonly course: Course;
  readonly figures: CourseFigures;
}

const PATIENCE_SECONDS = 300;

const play = async (
  name: TrialName,
  shards: number,
  manner: MannerName = 'ours',
): Promise<Played> => {
  const trial = trialOf(name, shards, MANNERS[manner]);
  const course = await simulate(trial.scenario, (samples) =>
    isOver(samples, trial, PATIENCE_SECONDS),
  );
  return { course, figures: figuresOf(course, trial) };
};

/** That a backlog is worked off steadily by all the cluster has, nobody is forgotten and nothing is lost. */
const expectSettled = ({ course, figures }: Played, goodput: number): void => {
  expect(figures.goodput).toBeGreaterThan(goodput);
  expect(figures.variation).toBeLessThan(0.1);
  expect(figures.drainedAfter).toBeLessThan(figures.idealDrain * 1.5 + 30);
  expect(figures.unfairness).toBeLessThan(6);
  expect(course.outdated).toBe(0);
};

describe('the function', () => {
  test('keeps a cluster busy whose queues overflow, and is not rejected more than about once a document', async () => {
    const played = await play('overload', 12);
    expectSettled(played, 0.85);
    expect(played.figures.rejections).toBeGreaterThan(0.1);
    expect(played.figures.rejections).toBeLessThan(1.5);
    expect(played.figures.wasted).toBe(0);
  }, 120_000);

  test('comes back from an outage with everything that waited, and without a second one', async () => {
    const played = await play('outage', 12);
    expectSettled(played, 0.9);
    expect(played.figures.wasted).toBe(0);
  }, 120_000);

  test('has a slow cluster do nothing for nothing: pages shrink before they time out', async () => {
    const played = await play('slow', 20);
    expectSettled(played, 0.9);
    expect(played.figures.wasted).toBeLessThan(0.05);
  }, 120_000);
});

test('full pages have a slow cluster write the same again and again, in waves, and never catch up', async () => {
  const { course, figures } = await play('slow', 20, 'full pages');
  expect(figures.wasted).toBeGreaterThan(0.3);
  expect(figures.goodput).toBeLessThan(0.7);
  expect(figures.variation).toBeGreaterThan(0.5);
  expect(figures.drainedAfter).toBeUndefined();
  expect(course.outdated).toBe(0);
}, 120_000);

test('a simulation takes the same course every time', async () => {
  const [one, other] = await Promise.all([play('slow', 3), play('slow', 3)]);
  expect(other.course).toEqual(one.course);
}, 120_000);

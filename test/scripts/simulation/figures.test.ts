import { expect, test } from 'vitest';
import { figuresOf, isOver } from '../../../scripts/simulation/figures.ts';
import type { Sample } from '../../../scripts/simulation/sample.ts';
import { createTally } from '../../../scripts/simulation/tally.ts';
import { trialOf } from '../../../scripts/simulation/trials.ts';

// 1,000 records a second; the trouble lasts from second 20 to second 140.
const trial = trialOf('overload', 100);

/** A sample of a course in which so many records were written by then, and shards are so late. */
const aSample = (second: number, written: number, ages: readonly [number, number]): Sample => ({
  second,
  made: second * 1000,
  settled: written,
  tally: { ...createTally(), written },
  queueLength: 0,
  concurrency: 0,
  oldestAge: ages[0],
  medianAge: ages[1],
});

/** Seconds in which so much is written as `written` says, by which shards are as late as `agesAt` says. */
const aCourse = (
  seconds: number,
  written: (second: number) => number,
  agesAt: (second: number) => readonly [number, number] = () => [60, 40],
) => ({
  samples: Array.from({ length: seconds + 1 }, (_, second) =>
    aSample(second, written(second), agesAt(second)),
  ),
  outdated: 0,
});

test('goodput is what was written of what could have been, and steady when it is always the same', () => {
  const figures = figuresOf(
    aCourse(200, (second) => second * 800),
    trial,
  );
  expect(figures.goodput).toBeCloseTo(0.8, 9);
  expect(figures.variation).toBeCloseTo(0, 9);
  expect(figures.unfairness).toBeCloseTo(1.5, 9);
});

test('waves vary', () => {
  const inWaves = (second: number) =>
    Math.floor(second / 40) * 40_000 + Math.min(second % 40, 20) * 2000;
  const figures = figuresOf(aCourse(200, inWaves), trial);
  expect(figures.goodput).toBeCloseTo(1, 1);
  expect(figures.variation).toBeGreaterThan(0.9);
});

test('where there is no backlog it does not count how little is written', () => {
  const isLate = (second: number): readonly [number, number] => (second <= 100 ? [60, 40] : [0, 0]);
  const figures = figuresOf(
    aCourse(200, (second) => Math.min(second, 100) * 900),
    trial,
  );
  const late = figuresOf(
    aCourse(200, (second) => Math.min(second, 100) * 900, isLate),
    trial,
  );
  expect(figures.goodput).toBeLessThan(0.5);
  expect(late.goodput).toBeCloseTo(0.9, 9);
});

test('a backlog is drained when no shard is late any more, counted from the end of the trouble', () => {
  const ages = (second: number): readonly [number, number] => [
    Math.max(0, 200 - second),
    Math.max(0, 160 - second),
  ];
  const course = aCourse(300, (second) => second * 500, ages);
  const { drainedAfter, halfDrainedAfter, idealDrain } = figuresOf(course, trial);
  expect(halfDrainedAfter).toBe(16);
  expect(drainedAfter).toBe(56);
  // 140 s × 500 are left, and 500 a second come in beside them.
  expect(idealDrain).toBe(140);
});

test('one that is never drained is never over, but for patience', () => {
  const { samples } = aCourse(400, () => 0);
  expect(isOver(samples.slice(0, 300), trial, 200)).toBe(false);
  expect(isOver(samples, trial, 200)).toBe(true);
  expect(figuresOf({ samples, outdated: 0 }, trial).drainedAfter).toBeUndefined();
});

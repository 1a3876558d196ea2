import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../../scripts/cost/batches.ts';
import { DAYS } from '../../../scripts/cost/plan.ts';
import { aPlan, plans } from './plans.ts';

test('every change of the month is in a batch, and no batch is empty or beyond its size', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { invocations, recordsOfEach } = batchesOf(plan);
      expect(invocations * recordsOfEach).toBeCloseTo(plan.changesPerDay * DAYS, -3);
      expect(recordsOfEach).toBeGreaterThan(0.999_999);
      expect(recordsOfEach).toBeLessThan(plan.batchSize * 1.000_001);
    }),
  );
});

test('a longer window never makes more batches', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 300 }), (plan, windowSeconds) => {
      const [shorter, longer] = [plan.windowSeconds, windowSeconds].toSorted((a, b) => a - b);
      const count = (seconds = 0) => batchesOf({ ...plan, windowSeconds: seconds }).invocations;
      expect(count(longer)).toBeLessThanOrEqual(count(shorter) * 1.000_001);
    }),
  );
});

test('a change that comes alone is a batch of its own', () => {
  const { invocations, recordsOfEach } = batchesOf(aPlan({ changesPerDay: 100 }));
  expect(recordsOfEach).toBeCloseTo(1, 3);
  expect(invocations).toBeCloseTo(100 * DAYS, 0);
});

test('a busy shard is invoked four times a second, until its batches are full', () => {
  const perSecond = (changes: number) => ({ shards: 1, changesPerDay: changes * 86_400 });
  const invocationsPerSecond = (changes: number) =>
    batchesOf(aPlan(perSecond(changes))).invocations / (DAYS * 86_400);
  expect(invocationsPerSecond(1000)).toBeCloseTo(4, 3);
  expect(invocationsPerSecond(50_000)).toBeCloseTo(100, 3);
});

test('changes that come within few hours come in larger batches', () => {
  const within = (activeHours: number) => batchesOf(aPlan({ activeHours })).recordsOfEach;
  expect(within(1)).toBeGreaterThan(5 * within(24));
});

test('where nothing changes there are none', () => {
  expect(batchesOf(aPlan({ changesPerDay: 0 }))).toEqual({ invocations: 0, recordsOfEach: 0 });
});

import { expect, test } from 'vitest';
import { createLatencies } from '../../../scripts/start/latencies.ts';

test('before the first time there is no percentile', () => {
  expect(createLatencies().percentile(50)).toBeUndefined();
});

test('a percentile is the smallest time that so many percent did not exceed', () => {
  const latencies = createLatencies();
  for (let seconds = 100; seconds >= 1; seconds--) latencies.add(seconds);
  expect([1, 50, 99, 100].map(latencies.percentile)).toEqual([1, 50, 99, 100]);
});

test('one time is every percentile', () => {
  const latencies = createLatencies();
  latencies.add(0.2);
  expect([latencies.percentile(50), latencies.percentile(99)]).toEqual([0.2, 0.2]);
});

test('only the last hundred times count, and none after a fresh start', () => {
  const latencies = createLatencies();
  latencies.add(1_000);
  for (let count = 0; count < 100; count++) latencies.add(1);
  expect(latencies.percentile(100)).toBe(1);
  latencies.clear();
  expect(latencies.percentile(100)).toBeUndefined();
});

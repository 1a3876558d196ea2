import { expect, test } from 'vitest';
import { metricLine } from '../../../function/src/metrics.ts';
import { addOutcomes, noOutcomes, readMetricLine } from '../../../scripts/start/outcome-counts.ts';

const tally = { received: 21, written: 1, folded: 2, superseded: 3, dead_lettered: 4, retried: 11 };

test('the metric line that the function writes is read in full', () => {
  const metrics = { function: 'f', table: 'Orders', tally, reread: 5, written: undefined };
  expect(readMetricLine(metricLine(metrics, 0))).toEqual({ table: 'Orders', counts: tally });
});

test('any other line is none', () => {
  expect(readMetricLine('{"timestamp":"…","level":"WARN","message":"records come again"}')).toBe(
    undefined,
  );
});

test('counts add up, outcome by outcome', () => {
  expect(addOutcomes(addOutcomes(noOutcomes, tally), tally)).toEqual({
    received: 42,
    written: 2,
    folded: 4,
    superseded: 6,
    dead_lettered: 8,
    retried: 22,
  });
});

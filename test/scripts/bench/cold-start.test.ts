import { expect, test } from 'vitest';
import { phasesOf } from '../../../scripts/bench/cold-start/contest.ts';
import { wholeOf } from '../../../scripts/bench/cold-start/report.ts';

const MOMENTS = { started: 1000, began: 1040, loaded: 1110, done: 1400 };

test('the phases of a cold start follow each other without a gap', () => {
  const arrivals = [
    { path: '/_index_template/a', at: 1180 },
    { path: '/a', at: 1200 },
    { path: '/a/_bulk?x', at: 1350 },
    { path: '/a/_bulk?x', at: 1380 },
  ];
  const start = phasesOf(MOMENTS, arrivals);
  expect(start).toEqual({ node: 40, load: 70, configuration: 70, preparation: 170, batch: 50 });
  expect(wholeOf(start)).toBe(400);
});

test('a function that asks nobody has neither configuration nor index', () => {
  expect(phasesOf(MOMENTS, [])).toMatchObject({ configuration: 0, preparation: 0, batch: 290 });
});

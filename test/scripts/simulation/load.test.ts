import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadOf } from '../../../scripts/simulation/load.ts';

const phases = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 1, max: 100 }),
      recordsPerSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((all) => [...all, { seconds: Number.POSITIVE_INFINITY, recordsPerSecond: 1 }]);
const lateness = fc.double({ min: 0, max: 1, noNaN: true });

test('a record is there from the moment on at which it is made', () => {
  fc.assert(
    fc.property(phases, lateness, fc.integer({ min: 0, max: 10_000 }), (all, late, record) => {
      const load = loadOf(all, late);
      const at = load.timeOf(record);
      expect(load.countAt(at + 0.001)).toBeGreaterThan(record);
      expect(load.countAt(at - 0.1)).toBeLessThanOrEqual(record + 1);
    }),
  );
});

test('records are made at the rate of their phase', () => {
  const load = loadOf(
    [
      { seconds: 10, recordsPerSecond: 2 },
      { seconds: 10, recordsPerSecond: 5 },
    ],
    0,
  );
  expect([5, 10, 20, 30].map((second) => load.countAt(second * 1000))).toEqual([10, 20, 70, 70]);
  expect(load.timeOf(70)).toBe(Number.POSITIVE_INFINITY);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billedMilliseconds, measuredTime, timeOf } from '../../../scripts/cost/duration.ts';
import { MEASURED_BATCHES } from '../../../scripts/cost/measured.ts';

test.each(MEASURED_BATCHES)(
  'a batch of $records items of $itemKilobytes KB is within 15 % of what was measured',
  (batch) => {
    const [measured, reckoned] = [measuredTime(batch), timeOf(batch)];
    expect(Math.abs(reckoned.cpu / measured.cpu - 1)).toBeLessThan(0.15);
    expect(Math.abs(reckoned.wait / measured.wait - 1)).toBeLessThan(0.15);
  },
);

const batches = fc.record({
  records: fc.integer({ min: 1, max: 10_000 }),
  itemKilobytes: fc.double({ min: 0.1, max: 400, noNaN: true }),
  memoryMegabytes: fc.integer({ min: 128, max: 10_240 }),
});

test('larger batches, larger items and less memory take longer, and nothing takes no time', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      const { records, itemKilobytes, memoryMegabytes } = batch;
      const one = billedMilliseconds(batch);
      expect(one).toBeGreaterThan(0);
      expect(billedMilliseconds({ ...batch, records: records + 1 })).toBeGreaterThanOrEqual(one);
      const larger = { ...batch, itemKilobytes: itemKilobytes * 2 };
      expect(billedMilliseconds(larger)).toBeGreaterThanOrEqual(one);
      const roomier = { ...batch, memoryMegabytes: memoryMegabytes * 2 };
      expect(billedMilliseconds(roomier)).toBeLessThanOrEqual(one);
    }),
  );
});

test('beyond a whole core more memory makes nothing faster', () => {
  const batch = { records: 500, itemKilobytes: 0.4 };
  const [one, more] = [1769, 3538].map((memoryMegabytes) =>
    billedMilliseconds({ ...batch, memoryMegabytes }),
  );
  expect(more).toBe(one);
});

import fc from 'fast-check';
import type { Plan } from '../../../scripts/cost/plan.ts';

/** A table of four shards, a million changes a day, modules/sync as it is, unless said otherwise. */
export const aPlan = (parts: Partial<Plan> = {}): Plan => ({
  region: 'us-east-1',
  changesPerDay: 1_000_000,
  activeHours: 24,
  itemKilobytes: 0.4,
  tables: 1,
  shards: 4,
  batchSize: 500,
  windowSeconds: 0,
  memoryMegabytes: 512,
  architecture: 'arm64',
  items: 0,
  ...parts,
});

/** Any plan in which something changes, up to what the largest of tables have. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    changesPerDay: fc.integer({ min: 1, max: 1e10 }),
    activeHours: fc.integer({ min: 1, max: 24 }),
    itemKilobytes: fc.double({ min: 0.1, max: 40, noNaN: true }),
    tables: fc.integer({ min: 1, max: 20 }),
    shards: fc.integer({ min: 1, max: 2000 }),
    batchSize: fc.integer({ min: 1, max: 10_000 }),
    windowSeconds: fc.integer({ min: 0, max: 300 }),
    memoryMegabytes: fc.integer({ min: 128, max: 10_240 }),
    architecture: fc.constantFrom('arm64', 'x86_64'),
    items: fc.integer({ min: 0, max: 1e9 }),
  })
  .map(aPlan);

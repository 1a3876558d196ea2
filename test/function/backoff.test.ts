import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMilliseconds } from '../../function/src/backoff.ts';

const attempts = fc.integer({ min: 0, max: 2000 });
const longests = fc.integer({ min: 1, max: 60_000 });

const seen = (attempt: number, longest: number): readonly number[] =>
  Array.from({ length: 50 }, () => backoffMilliseconds(attempt, longest));

test('a wait is never longer than the longest, nor than a bound that doubles with every attempt', () => {
  fc.assert(
    fc.property(attempts, longests, (attempt, longest) => {
      const bound = Math.min(longest, 100 * 2 ** attempt);
      expect(Math.max(...seen(attempt, longest))).toBeLessThanOrEqual(bound);
    }),
  );
});

// Of fifty draws all lie in one half of the bound once in 2^49 runs.
test('waits lie anywhere below their bound, so that many do not come back at once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), (attempt) => {
      const waits = seen(attempt, 100_000);
      const bound = 100 * 2 ** attempt;
      expect(Math.min(...waits)).toBeLessThan(bound / 2);
      expect(Math.max(...waits)).toBeGreaterThan(bound / 2);
    }),
  );
});

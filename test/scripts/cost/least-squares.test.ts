import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leastSquares } from '../../../scripts/cost/least-squares.ts';

const factors = fc.tuple(
  fc.double({ min: 0.1, max: 10, noNaN: true }),
  fc.double({ min: 0.1, max: 10, noNaN: true }),
);

test('factors that fit every row are found', () => {
  fc.assert(
    fc.property(factors, ([one, other]) => {
      const rows = [1, 2, 3, 5, 8].map((x) => [1 / (one + other * x), x / (one + other * x)]);
      const [found = 0, foundOther = 0] = leastSquares(rows);
      expect(found).toBeCloseTo(one, 4);
      expect(foundOther).toBeCloseTo(other, 4);
    }),
  );
});

test('where none fits every row, what is missing is as little as can be', () => {
  // Of 1, 2 and 3 one factor makes 1 each: (1 + 2 + 3) ÷ (1 + 4 + 9).
  expect(leastSquares([[1], [2], [3]])).toEqual([6 / 14]);
});

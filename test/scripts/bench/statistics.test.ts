import { describe, expect, test } from 'vitest';
import { medianOf, pairedRatios, rotated, spreadOf } from '../../../scripts/bench/statistics.ts';

describe('the spread', () => {
  test('does not depend on the order of the numbers', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({
      median: 3,
      lowerQuartile: 2,
      upperQuartile: 4,
      minimum: 1,
      maximum: 5,
    });
  });

  test('lies on a straight line between two neighbours', () => {
    expect(spreadOf([10, 20, 30, 40])).toMatchObject({
      median: 25,
      lowerQuartile: 17.5,
      upperQuartile: 32.5,
    });
  });

  test('of one number is that number', () => {
    expect(new Set(Object.values(spreadOf([7])))).toEqual(new Set([7]));
  });

  test('of no number is not a number, so that nothing missing looks like a result', () => {
    expect(medianOf([])).toBeNaN();
  });

  test('leaves what it is given as it was', () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

test('a ratio is one of two measurements of the same round', () => {
  expect(pairedRatios([2, 9, 4], [1, 3, 8])).toEqual([2, 3, 0.5]);
});

test('a ratio to a measurement that is missing is not a number', () => {
  expect(pairedRatios([2], [])).toEqual([Number.NaN]);
});

test('everyone comes first once while a list is rotated', () => {
  const orders = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
  expect(orders).toEqual(['abc', 'bca', 'cab', 'abc']);
});

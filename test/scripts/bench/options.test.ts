import { expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/bench/options.ts';

test('seven rounds are measured unless something else is asked for', () => {
  expect(parseOptions([])).toEqual({
    rounds: 7,
    isQuick: false,
    subjects: ['function', 'operator', 'slices'],
    jsonFile: undefined,
  });
  expect(parseOptions(['--quick']).rounds).toBe(2);
  expect(parseOptions(['--quick', '--rounds', '3']).rounds).toBe(3);
});

test.each(['0', '1.5', 'many'])('%s rounds are refused with a sentence', (rounds) => {
  expect(() => parseOptions(['--rounds', rounds])).toThrow(
    `--rounds must be a whole number from 1, not ${rounds}`,
  );
});

test('one subject may be asked for, and no other than those that there are', () => {
  expect(parseOptions(['operator', '--rounds', '3']).subjects).toEqual(['operator']);
  expect(() => parseOptions(['doctor'])).toThrow(
    '"doctor" cannot be measured: function, operator, slices',
  );
});

import { expect, test } from 'vitest';
import { parseOptions, USAGE } from '../../../scripts/bench/options.ts';
import { SUBJECTS } from '../../../scripts/bench/subjects.ts';

test('seven rounds are measured unless something else is asked for', () => {
  expect(parseOptions([])).toEqual({
    rounds: 7,
    isQuick: false,
    subjects: Object.keys(SUBJECTS),
    jsonFile: undefined,
    plotsDirectory: undefined,
  });
  expect(parseOptions(['--quick']).rounds).toBe(2);
  expect(parseOptions(['--quick', '--rounds', '3']).rounds).toBe(3);
});

test.each(['0', '1.5', 'many'])('%s rounds are refused with a sentence', (rounds) => {
  expect(() => parseOptions(['--rounds', rounds])).toThrow(
    `--rounds must be a whole number from 1, not ${rounds}`,
  );
});

test('a subject may be asked for, and no other than those that there are', () => {
  expect(parseOptions(['operator', '--rounds', '3']).subjects).toEqual(['operator']);
  expect(() => parseOptions(['doctor'])).toThrow('"doctor" cannot be measured: function, sweep,');
});

test('every subject stands in the usage, in the order in which it is measured', () => {
  const named = [...USAGE.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, name]) => name);
  expect(named.filter((name) => !name?.startsWith('--'))).toEqual(Object.keys(SUBJECTS));
});

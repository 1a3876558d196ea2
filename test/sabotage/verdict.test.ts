import { expect, test } from 'vitest';
import type { FileResult, TestResult } from './run-tests.ts';
import { unsoundness, verdictOf } from './verdict.ts';

const of = (...tests: readonly TestResult[]): readonly FileResult[] => [
  { file: 'a.test.ts', message: '', tests },
];

const passed: TestResult = { name: 'it adds', status: 'passed', errors: [] };
const skipped: TestResult = { name: 'it is not asked for', status: 'skipped', errors: [] };
const failedWith = (...errors: readonly string[]): TestResult => ({
  name: 'it subtracts',
  status: 'failed',
  errors,
});

test.each([
  'AssertionError: expected 1 to be 2',
  'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal',
  'Error: Property failed after 3 tests',
])('a sabotage is caught by a test that fails with %s', (error) => {
  const results = of(passed, failedWith(error));
  expect(verdictOf(results)).toEqual({ kind: 'caught', by: ['it subtracts'] });
});

test('a sabotage that fails no test has survived', () => {
  expect(verdictOf(of(passed, skipped))).toEqual({ kind: 'survived' });
});

test.each([
  'Error: Test timed out in 30000ms.',
  'TypeError: undefined is not a function',
  'Error: the function does not get warm',
])('a test that fails with %s proves nothing', (error) => {
  const results = of(passed, failedWith(`${error}\n    at somewhere`));
  expect(verdictOf(results)).toEqual({ kind: 'unclear', why: error });
});

test('a test file that cannot be read, or of which nothing is run, proves nothing', () => {
  const broken: FileResult = { file: 'a.test.ts', message: 'SyntaxError: }\n at 1', tests: [] };
  expect(verdictOf([broken])).toEqual({ kind: 'unclear', why: 'SyntaxError: }' });
  const none = { kind: 'unclear', why: 'no test of a.test.ts was run' };
  expect(verdictOf(of(skipped))).toEqual(none);
});

test('tests are sound where all that were run have passed', () => {
  expect(unsoundness(of(passed, skipped))).toEqual([]);
  expect(unsoundness(of(passed, failedWith('AssertionError: no')))).toEqual(['it subtracts fails']);
  expect(unsoundness(of(skipped))).toEqual(['no test of a.test.ts was run']);
});

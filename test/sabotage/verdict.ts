import type { FileResult } from './run-tests.ts';

/** Whether tests notice a sabotage. */
export type Verdict =
  /** Names of tests that failed because something was not as they demand. */
  | { readonly kind: 'caught'; readonly by: readonly string[] }
  | { readonly kind: 'survived' }
  /** Something failed, but that proves nothing. */
  | { readonly kind: 'unclear'; readonly why: string };

/** What results say of the sabotage during which tests were run. */
export const verdictOf = (results: readonly FileResult[]): Verdict => {
  const failed = results.flatMap(({ tests }) => tests.filter(({ status }) => status === 'failed'));
  const by = failed.filter(({ errors }) => errors.some(isAssertion)).map(({ name }) => name);
  if (by.length > 0) return { kind: 'caught', by };
  const [other] = [...failed.flatMap(({ errors }) => errors), ...problemsOf(results)];
  return other === undefined ? { kind: 'survived' } : { kind: 'unclear', why: firstLine(other) };
};

/** Why results cannot serve as those of a sound function: what failed, or that nothing was run. */
export const unsoundness = (results: readonly FileResult[]): readonly string[] => [
  ...results.flatMap(({ tests }) =>
    tests.filter(({ status }) => status === 'failed').map(({ name }) => `${name} fails`),
  ),
  ...problemsOf(results),
];

const problemsOf = (results: readonly FileResult[]): readonly string[] => [
  ...results.filter(({ message }) => message !== '').map(({ message }) => message),
  ...results
    .filter(({ tests }) => tests.every(({ status }) => status !== 'passed' && status !== 'failed'))
    .map(({ file }) => `no test of ${file} was run`),
];

// Of vitest and of node:assert; a property tells its counterexample first. A test that took too long, or
// that could not even begin, has asserted nothing.
const ASSERTION = /^(AssertionError|Error: Property failed after)/;

const isAssertion = (error: string): boolean => ASSERTION.test(error);

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

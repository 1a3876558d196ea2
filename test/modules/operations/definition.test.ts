import aslValidator from 'asl-validator';
import { expect, test } from 'vitest';
import { renderedDefinition } from './rendered-definition.ts';

const definition = JSON.parse(renderedDefinition('shop-prod-operations'));

type State = { readonly [field: string]: unknown };

const statesOf = ({ States: states }: { readonly States: object }): readonly [string, State][] =>
  Object.entries(states).flatMap(([name, state]) => [
    [name, state],
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);

const states = statesOf(definition);

test('the definition is of the Amazon States Language', () => {
  const { isValid, errorsText } = aslValidator(definition);
  expect(isValid, errorsText('\n')).toBe(true);
});

test('a state that is misspelt is not', () => {
  expect(aslValidator({ ...definition, StartAt: 'Beginning' }).isValid).toBe(false);
});

test.each(states)('%s says what it is for', (_, { Comment: comment }) => {
  expect(comment).toMatch(/^[A-Z].*\.$/);
});

test('every task is asked again as every other, for an hour on average', () => {
  const retries = states.flatMap(([, { Type: type, Retry: retry }]) =>
    type === 'Task' ? [retry] : [],
  );
  expect(retries).toHaveLength(3);
  expect(new Set(retries.map((retry) => JSON.stringify(retry))).size).toBe(1);
  const [{ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }] = Object(retries[0]);
  const longest = Array.from({ length: MaxAttempts }, (_, attempt) =>
    Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds),
  );
  const total = longest.reduce((sum, seconds) => sum + seconds, 0);
  expect(total / 2).toBeGreaterThan(3600); // with full jitter, half of the longest on average
});

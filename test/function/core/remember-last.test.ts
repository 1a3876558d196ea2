import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rememberLast } from '../../../function/src/core/remember-last.ts';

test('it answers every question as it would without a memory', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 })), (questions) => {
      const doubled = rememberLast((question: number) => question * 2);
      expect(questions.map(doubled)).toEqual(questions.map((question) => question * 2));
    }),
  );
});

test('the same question twice in a row is answered once, also where the answer is undefined', () => {
  const asked: string[] = [];
  const find = rememberLast((question: string) => {
    asked.push(question);
    return undefined;
  });
  for (const question of ['a', 'a', 'b', 'b', 'a']) find(question);
  expect(asked).toEqual(['a', 'b', 'a']);
});

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileShown } from '../../../scripts/operator/while-shown.ts';

const shownDuring = async (work: () => Promise<unknown>) => {
  const shown: (readonly string[])[] = [];
  let calls = 0;
  const result = await whileShown(
    { progress: (lines) => void shown.push(lines) },
    () => [`${++calls}`],
    work,
  ).catch((error: Error) => error.message);
  return { shown, result };
};

test('it is shown at once and again, and no more when it is done', async () => {
  const { shown, result } = await shownDuring(() => sleep(300, 'done'));
  expect(result).toBe('done');
  expect(shown.slice(0, 2)).toEqual([['1'], ['2']]);
  expect(shown.at(-1)).toEqual([]);
  const { length } = shown;
  await sleep(300);
  expect(shown).toHaveLength(length);
});

test('what fails takes its progress away and fails', async () => {
  const { shown, result } = await shownDuring(() => Promise.reject(new Error('no')));
  expect({ shown, result }).toEqual({ shown: [['1'], []], result: 'no' });
});

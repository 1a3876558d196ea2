import { expect, test } from 'vitest';
import { answer, batchesOf, functionError, startHarness } from './harness.ts';
import { startEpochSeconds } from './virtual-clock.ts';

const made = (partition: string, secondsAgo: number) => ({
  partition,
  createdEpochSeconds: startEpochSeconds - secondsAgo,
});

test('a record that has become too old is not sent any more but discarded', async () => {
  const { mapping, seen, letters } = startHarness(
    [made('a', 0)],
    { maximumRecordAgeInSeconds: 60 },
    () => functionError,
  );
  await mapping.drained();
  expect(seen.every(({ atMilliseconds }) => atMilliseconds <= 60_000)).toBe(true);
  expect(seen.length).toBeGreaterThan(5);
  expect(letters.map(({ body }) => body)).toMatchObject([
    { requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: seen.length } },
  ]);
});

test('a record that is too old when it is read is discarded without an invocation', async () => {
  const { mapping, seen, letters } = startHarness([made('a', 61)], {
    maximumRecordAgeInSeconds: 60,
  });
  await mapping.drained();
  expect(seen).toEqual([]);
  expect(letters.map(({ body }) => body)).toMatchObject([
    { requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 } },
  ]);
  expect(letters[0]?.body).not.toHaveProperty('responseContext');
});

test.each([
  ['records', ['2 3'], 1],
  ['batch', [], 3],
] as const)(
  'with the first record too old, the %s are discarded',
  async (choice, batches, discarded) => {
    const { mapping, seen } = startHarness([made('a', 61), made('b', 60), made('c', 0)], {
      maximumRecordAgeInSeconds: 60,
      undocumented: { discardedByAge: choice },
    });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(batches);
    expect(mapping.statistics).toMatchObject({ discarded });
  },
);

test.each([-1, 604_800])(
  'with a maximum age of %i s, records still expire with the stream after a day',
  async (age) => {
    const { mapping, seen } = startHarness(
      [made('a', 86_401), made('b', 86_400)],
      { maximumRecordAgeInSeconds: age },
      () => answer(null),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['2']);
  },
);

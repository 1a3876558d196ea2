import { describe, expect, test } from 'vitest';
import { answer, batchesOf, changes, functionError, report, startHarness } from './harness.ts';

describe('a batch that fails', () => {
  test('is sent again, whole and unchanged, until it succeeds', async () => {
    const { mapping, seen } = startHarness(changes('abc'), {}, (_, earlier) =>
      earlier < 4 ? functionError : answer(null),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(Array.from({ length: 5 }, () => '1 2 3'));
    expect(mapping.statistics).toMatchObject({ invocations: 5, failures: 4, settled: 3 });
  });

  test('blocks its shard until it succeeds or is discarded', async () => {
    const { mapping, seen } = startHarness(
      changes('abcd'),
      { batchSize: 2, maximumRetryAttempts: 2 },
      (numbers) => (numbers.includes('1') ? functionError : answer(null)),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2', '1 2', '1 2', '3 4']);
  });

  test('is discarded after its first failure when no retry is allowed', async () => {
    const { mapping, seen, letters } = startHarness(
      changes('a'),
      { maximumRetryAttempts: 0 },
      () => functionError,
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1']);
    expect(letters).toHaveLength(1);
    expect(mapping.statistics).toMatchObject({ discarded: 1, settled: 0 });
  });

  test('is retried after 200 ms, 400 ms, … 30 s', async () => {
    const { mapping, seen } = startHarness(changes('a'), {}, (_, earlier) =>
      earlier < 10 ? functionError : answer(null),
    );
    await mapping.drained();
    const waits = seen.map(
      ({ atMilliseconds }, index) => atMilliseconds - (seen[index - 1]?.atMilliseconds ?? 0),
    );
    expect(waits).toEqual([0, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  });

  test('is retried at once where the delay is set to nothing', async () => {
    const { mapping, seen } = startHarness(
      changes('a'),
      { undocumented: { initialRetryDelayMilliseconds: 0 } },
      (_, earlier) => (earlier < 10 ? functionError : answer(null)),
    );
    await mapping.drained();
    expect(seen.at(-1)?.atMilliseconds).toBe(0);
  });

  test('that could not be sent at all is sent again at no cost of its retries', async () => {
    const { mapping, seen } = startHarness(
      changes('ab'),
      { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true },
      (_, earlier) => {
        if (earlier < 3) throw new Error('throttled');
        return answer(null);
      },
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(Array.from({ length: 4 }, () => '1 2'));
    expect(mapping.statistics).toMatchObject({ settled: 2, discarded: 0 });
  });
});

describe('a batch that fails in part', () => {
  const partial = { reportBatchItemFailures: true, batchSize: 4 };

  test('is retried from the lowest reported number on, with everything after it', async () => {
    const { mapping, seen } = startHarness(changes('abcd'), partial, (_, earlier) =>
      earlier === 0 ? report('4', '2') : answer(null),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2 3 4', '2 3 4']);
    expect(mapping.statistics).toMatchObject({ settled: 4 });
  });

  test.each([
    ['retryRest', ['1 2 3 4', '2 3 4', '5']],
    ['newBatch', ['1 2 3 4', '2 3 4 5']],
  ] as const)('%s: its rest is joined by what waits, or not', async (choice, batches) => {
    const { mapping, seen } = startHarness(
      changes('abcde'),
      { ...partial, undocumented: { afterPartialFailure: choice } },
      (_, earlier) => (earlier === 0 ? report('2') : answer(null)),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(batches);
  });

  test.each([
    ['retryRest', ['1 2 3', '2 3', '3']],
    ['newBatch', ['1 2 3', '2 3', '3', '3', '3']],
  ] as const)(
    '%s: a batch that made progress keeps, or renews, its retries',
    async (choice, batches) => {
      const { mapping, seen, letters } = startHarness(
        changes('abc'),
        { ...partial, maximumRetryAttempts: 2, undocumented: { afterPartialFailure: choice } },
        (numbers) => report(numbers[1] ?? numbers[0] ?? ''),
      );
      await mapping.drained();
      expect(batchesOf(seen)).toEqual(batches);
      expect(letters.map(({ body }) => body)).toMatchObject([
        { DDBStreamBatchInfo: { startSequenceNumber: '3', batchSize: 1 } },
      ]);
    },
  );

  test('waits the shortest delay again after each progress', async () => {
    const { mapping, seen } = startHarness(changes('abcd'), partial, (numbers) =>
      numbers.length > 1 ? report(numbers[1] ?? '') : answer(null),
    );
    await mapping.drained();
    expect(seen.map(({ atMilliseconds }) => atMilliseconds)).toEqual([0, 200, 400, 600]);
  });

  test('is discarded from the checkpoint on, not before it', async () => {
    const { mapping, letters } = startHarness(
      changes('abcd'),
      { ...partial, maximumRetryAttempts: 1 },
      () => report('3'),
    );
    await mapping.drained();
    expect(letters.map(({ body }) => body)).toMatchObject([
      {
        requestContext: { approximateInvokeCount: 2 },
        responseContext: { functionError: null },
        DDBStreamBatchInfo: { startSequenceNumber: '3', endSequenceNumber: '4', batchSize: 2 },
      },
    ]);
    expect(mapping.statistics).toMatchObject({ settled: 2, discarded: 2 });
  });
});

import { expect, test } from 'vitest';
import { answer, batchesOf, changes, functionError, report, startHarness } from './harness.ts';

const bisecting = { bisectBatchOnFunctionError: true, maximumRetryAttempts: 1 };

test('a batch that fails is halved down to the guilty record, which alone is retried and discarded', async () => {
  const { mapping, seen, letters } = startHarness(changes('abcd'), bisecting, (numbers) =>
    numbers.includes('3') ? functionError : answer(null),
  );
  await mapping.drained();
  expect(batchesOf(seen)).toEqual(['1 2 3 4', '1 2', '3 4', '3', '3', '4']);
  expect(letters.map(({ body }) => body)).toMatchObject([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
      DDBStreamBatchInfo: { startSequenceNumber: '3', batchSize: 1 },
    },
  ]);
});

test('halving does not consume the retries', async () => {
  const { mapping, seen } = startHarness(
    changes('abcdefgh'),
    { ...bisecting, maximumRetryAttempts: 0 },
    (numbers) => (numbers.length > 1 ? functionError : answer(null)),
  );
  await mapping.drained();
  expect(mapping.statistics).toMatchObject({ settled: 8, discarded: 0, bisections: 7 });
  expect(seen).toHaveLength(15);
});

test.each([
  ['second', ['1 2 3', '1', '2 3']],
  ['first', ['1 2 3', '1 2', '3']],
] as const)('of a batch of odd length the %s half is the longer one', async (choice, batches) => {
  const { mapping, seen } = startHarness(
    changes('abc'),
    { ...bisecting, undocumented: { bisectedLonger: choice } },
    (numbers) => (numbers.length === 3 ? functionError : answer(null)),
  );
  await mapping.drained();
  expect(batchesOf(seen)).toEqual(batches);
});

test('with partial answers, a batch is split at the returned number and the rest alone is retried', async () => {
  const { mapping, seen } = startHarness(
    changes('abcd'),
    { ...bisecting, maximumRetryAttempts: 0, reportBatchItemFailures: true },
    (_, earlier) => (earlier === 0 ? report('2') : answer(null)),
  );
  await mapping.drained();
  expect(batchesOf(seen)).toEqual(['1 2 3 4', '2 3 4']);
});

test('with partial answers, an error still halves the batch', async () => {
  const { mapping, seen } = startHarness(
    changes('abcd'),
    { ...bisecting, reportBatchItemFailures: true },
    (_, earlier) => (earlier === 0 ? functionError : answer(null)),
  );
  await mapping.drained();
  expect(batchesOf(seen)).toEqual(['1 2 3 4', '1 2', '3 4']);
});

test.each([
  ['bisect', ['1 2 3 4', '1 2', '3 4']],
  ['retry', ['1 2 3 4', '1 2 3 4']],
] as const)('when the first record is reported, the answer is to %s', async (choice, batches) => {
  const { mapping, seen } = startHarness(
    changes('abcd'),
    {
      ...bisecting,
      reportBatchItemFailures: true,
      undocumented: { firstRecordReported: choice },
    },
    (numbers, earlier) => (earlier === 0 ? report(numbers[0] ?? '') : answer(null)),
  );
  await mapping.drained();
  expect(batchesOf(seen)).toEqual(batches);
});

import { expect, test } from 'vitest';
import { createInMemoryStream } from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import { completeSettings } from '../../../../scripts/local/event-source-mapping/settings.ts';
import type { StreamSource } from '../../../../scripts/local/event-source-mapping/source.ts';
import {
  answer,
  batchesOf,
  changes,
  functionError,
  startHarness,
  startHarnessOn,
} from './harness.ts';
import { startEpochSeconds } from './virtual-clock.ts';

test('drained waits for what is in the stream, not for what comes later', async () => {
  const { mapping, seen, stream } = startHarness(changes('ab'), { batchSize: 1 });
  await mapping.drained();
  expect(mapping.statistics).toMatchObject({ received: 2, settled: 2 });
  stream.put({ partition: 'c', createdEpochSeconds: startEpochSeconds });
  expect(seen).toHaveLength(2);
  await mapping.drained();
  expect(seen).toHaveLength(3);
});

test('drained does not trust a read that began before it was called', async () => {
  const stream = createInMemoryStream();
  const answered = Promise.withResolvers<void>();
  const { source } = stream;
  const open: StreamSource['open'] = async (shardId, position) => {
    const reader = await source.open(shardId, position);
    return {
      read: async () => {
        const page = await reader.read();
        await answered.promise;
        return page;
      },
    };
  };
  const { mapping, passSeconds } = startHarnessOn(
    { ...stream, source: { ...source, open } },
    {},
    () => answer(null),
  );
  await passSeconds(0.1);
  stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
  const drained = mapping.drained();
  answered.resolve();
  await drained;
  expect(mapping.statistics).toMatchObject({ settled: 1 });
});

test('drained waits for a batch that is being retried', async () => {
  const { mapping, seen } = startHarness(changes('a'), {}, (_, earlier) =>
    earlier < 6 ? functionError : answer(null),
  );
  await mapping.drained();
  expect(seen).toHaveLength(7);
});

test('drained reads a stream of many pages to its end', async () => {
  const { mapping } = startHarness(changes('x'.repeat(12_345)), { batchSize: 10_000 });
  await mapping.drained();
  expect(mapping.statistics).toMatchObject({ received: 12_345, settled: 12_345 });
});

test('after a stop nothing more is sent, a batch under retry included', async () => {
  const { mapping, seen, passSeconds } = startHarness(changes('ab'), {}, () => functionError);
  await passSeconds(10);
  await mapping.stop();
  const before = seen.length;
  await passSeconds(100);
  expect(seen).toHaveLength(before);
});

test('a stop waits for the invocation under way', async () => {
  let isOver = false;
  const { mapping, passSeconds } = startHarness(changes('a'), {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    isOver = true;
    return answer(null);
  });
  await passSeconds(0.001);
  await mapping.stop();
  expect(isOver).toBe(true);
});

test('a stream that cannot be read for a moment is read again, without loss', async () => {
  const { mapping, seen, stream, passSeconds } = startHarness([]);
  await passSeconds(0.3);
  stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
  stream.failOnce();
  await passSeconds(5);
  expect(batchesOf(seen)).toEqual(['1']);
  expect(mapping.statistics).toMatchObject({ readFailures: 1 });
});

test('the settings have AWS’s defaults', () => {
  expect(completeSettings({ startingPosition: 'LATEST' })).toMatchObject({
    batchSize: 100,
    maximumBatchingWindowInSeconds: 0,
    parallelizationFactor: 1,
    bisectBatchOnFunctionError: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeInSeconds: -1,
    reportBatchItemFailures: false,
  });
});

test.each([59, 0, -2])('a maximum age of %i s is refused', (maximumRecordAgeInSeconds) => {
  expect(() => completeSettings({ startingPosition: 'LATEST', maximumRecordAgeInSeconds })).toThrow(
    'maximumRecordAgeInSeconds',
  );
});

test('settings outside AWS’s limits are refused, all at once', () => {
  expect(() =>
    completeSettings({
      startingPosition: 'LATEST',
      batchSize: 10_001,
      maximumBatchingWindowInSeconds: 301,
      parallelizationFactor: 0,
      maximumRetryAttempts: -2,
      maximumRecordAgeInSeconds: 604_801,
    }),
  ).toThrow(
    /batchSize is 10001.*WindowInSeconds is 301.*Factor is 0.*Attempts is -2.*AgeInSeconds is 604801/,
  );
});

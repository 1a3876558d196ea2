import { describe, expect, test } from 'vitest';
import { batchesOf, changes, startHarness } from './harness.ts';
import { startEpochSeconds } from './virtual-clock.ts';

describe('without a batching window', () => {
  test('a single record is sent as soon as it is read', async () => {
    const { mapping, seen } = startHarness(changes('a'));
    await mapping.drained();
    expect(seen).toEqual([{ sequenceNumbers: ['1'], atMilliseconds: 0 }]);
  });

  test('no invocation carries more records than the batch size, and their order is kept', async () => {
    const { mapping, seen } = startHarness(changes('abcdefg'), { batchSize: 3 });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2 3', '4 5 6', '7']);
  });

  test('a shard is polled four times a second', async () => {
    const { mapping, seen, stream, passSeconds } = startHarness([]);
    await passSeconds(0.3);
    stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
    await passSeconds(1);
    expect(seen).toEqual([{ sequenceNumbers: ['1'], atMilliseconds: 500 }]);
    await mapping.drained();
  });

  test('an invocation carries no more than 6 MB', async () => {
    const value = 'ä'.repeat(1024 * 1024);
    const large = [...'abcdef'].map((partition) => ({
      partition,
      value,
      createdEpochSeconds: startEpochSeconds,
    }));
    const { mapping, seen } = startHarness(large);
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2', '3 4', '5 6']);
  });
});

describe('with a batching window', () => {
  const windowed = { maximumBatchingWindowInSeconds: 5, batchSize: 3 };

  test('records are gathered until it expires', async () => {
    const { mapping, seen, stream, passSeconds } = startHarness(changes('a'), windowed);
    await passSeconds(2);
    stream.put({ partition: 'b', createdEpochSeconds: startEpochSeconds });
    await mapping.drained();
    expect(seen).toEqual([{ sequenceNumbers: ['1', '2'], atMilliseconds: 5_000 }]);
  });

  test('a full batch does not wait for it', async () => {
    const { mapping, seen } = startHarness(changes('abc'), windowed);
    await mapping.drained();
    expect(seen).toEqual([{ sequenceNumbers: ['1', '2', '3'], atMilliseconds: 0 }]);
  });

  test('a batch of 6 MB does not wait for it', async () => {
    const value = 'x'.repeat(4 * 1024 * 1024);
    const large = [...'ab'].map((partition) => ({
      partition,
      value,
      createdEpochSeconds: startEpochSeconds,
    }));
    const { mapping, seen } = startHarness(large, windowed);
    await mapping.drained();
    expect(seen).toEqual([
      { sequenceNumbers: ['1'], atMilliseconds: 0 },
      { sequenceNumbers: ['2'], atMilliseconds: 5_000 },
    ]);
  });

  test('the next window begins as soon as the previous invocation is over', async () => {
    const { seen, stream, passSeconds } = startHarness([], windowed);
    await passSeconds(2.9);
    for (const { partition } of changes('abc'))
      stream.put({ partition, createdEpochSeconds: startEpochSeconds });
    await passSeconds(1);
    stream.put({ partition: 'd', createdEpochSeconds: startEpochSeconds });
    await passSeconds(10);
    expect(seen).toEqual([
      { sequenceNumbers: ['1', '2', '3'], atMilliseconds: 3_000 },
      { sequenceNumbers: ['4'], atMilliseconds: 8_000 },
    ]);
  });

  test.each([
    ['newWindow', 13_000],
    ['atOnce', 8_000],
  ] as const)(
    'after an empty window, a record %s goes at %i ms',
    async (choice, atMilliseconds) => {
      const { seen, stream, passSeconds } = startHarness([], {
        ...windowed,
        undocumented: { afterEmptyWindow: choice },
      });
      await passSeconds(7.9);
      stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
      await passSeconds(10);
      expect(seen).toEqual([{ sequenceNumbers: ['1'], atMilliseconds }]);
    },
  );
});

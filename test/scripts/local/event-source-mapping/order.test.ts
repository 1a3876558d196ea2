import { describe, expect, test } from 'vitest';
import { createInMemoryStream } from '../../../../scripts/local/event-source-mapping/in-memory-stream.ts';
import {
  answer,
  batchesOf,
  changes,
  functionError,
  type Harness,
  startHarness,
  startHarnessOn,
} from './harness.ts';
import { startEpochSeconds } from './virtual-clock.ts';

const items = (partition: string, sorts: string) =>
  [...sorts].map((sort) => ({ partition, sort, createdEpochSeconds: startEpochSeconds }));

describe('one shard', () => {
  test('is sent one batch at a time, in the order of its numbers', async () => {
    let running = 0;
    const { mapping, seen } = startHarness(changes('abcdef'), { batchSize: 2 }, async () => {
      running += 1;
      await new Promise((resolve) => setImmediate(resolve));
      expect(running).toBe(1);
      running -= 1;
      return answer(null);
    });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2', '3 4', '5 6']);
  });

  test('sends several records of one key within one second in one batch, in order', async () => {
    const { mapping, seen } = startHarness(changes('aaaa'), { parallelizationFactor: 10 });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2 3 4']);
  });
});

describe('a shard with several concurrent batches', () => {
  test('sends different partition keys at the same time, each in order', async () => {
    const harness: Harness = startHarness(
      changes('abcdefghabcdefgh'),
      { parallelizationFactor: 2 },
      () => harness.passSeconds(1).then(() => answer(null)),
    );
    await harness.mapping.drained();
    const { seen } = harness;
    expect(seen).toHaveLength(2);
    expect(seen.map(({ atMilliseconds }) => atMilliseconds)).toEqual([0, 0]);
    for (const { sequenceNumbers } of seen) {
      const numbers = sequenceNumbers.map(Number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      for (const number of numbers) if (number <= 8) expect(numbers).toContain(number + 8);
    }
  });

  test.each([
    ['partitionKey', 1],
    ['item', 2],
  ] as const)('by %s, items of one partition key come in %i batches', async (choice, batches) => {
    const { mapping, seen } = startHarness(
      items('a', 'stuvwxyz'),
      { parallelizationFactor: 2, undocumented: { concurrencyKey: choice } },
      () => answer(null),
    );
    await mapping.drained();
    expect(seen).toHaveLength(batches);
  });

  test.each([
    ['lane', 0],
    ['shard', 4_000],
  ] as const)('an error stops its %s', async (choice, otherMilliseconds) => {
    // Of two lanes, `a` and `b` fall into different ones.
    const { mapping, seen, stream, passSeconds } = startHarness(
      changes('a'),
      {
        parallelizationFactor: 2,
        maximumRetryAttempts: 1,
        undocumented: {
          pausedByRetry: choice,
          initialRetryDelayMilliseconds: 4_000,
        },
      },
      (numbers) => (numbers.includes('1') ? functionError : answer(null)),
    );
    await passSeconds(0.1);
    stream.put({ partition: 'b', createdEpochSeconds: startEpochSeconds });
    await mapping.drained();
    const other = seen.find(({ sequenceNumbers }) => sequenceNumbers.includes('2'));
    expect(other?.atMilliseconds).toBeGreaterThanOrEqual(otherMilliseconds);
    expect(other?.atMilliseconds).toBeLessThan(otherMilliseconds + 500);
  });
});

describe('a shard that has split', () => {
  const split = () => {
    const stream = createInMemoryStream();
    stream.put({ partition: 'a', createdEpochSeconds: startEpochSeconds });
    stream.closeShard('shard-1');
    for (const shardId of ['shard-2', 'shard-3']) {
      stream.openShard({ shardId, parentShardId: 'shard-1' });
      stream.put({ shardId, partition: shardId, createdEpochSeconds: startEpochSeconds });
    }
    return stream;
  };

  test('is sent to its end, retries included, before its children', async () => {
    const { mapping, seen } = startHarnessOn(split(), {}, (numbers, earlier) =>
      numbers.includes('1') && earlier < 3 ? functionError : answer(null),
    );
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1', '1', '1', '1', '2', '3']);
  });

  test('has its children sent at the same time', async () => {
    const harness: Harness = startHarnessOn(split(), {}, () =>
      harness.passSeconds(1).then(() => answer(null)),
    );
    await harness.mapping.drained();
    expect(harness.seen.map(({ atMilliseconds }) => atMilliseconds)).toEqual([0, 1_000, 1_000]);
  });

  test('while it is read, is followed by its children as soon as it ends', async () => {
    const { mapping, seen, stream, passSeconds } = startHarness(changes('a'));
    await passSeconds(1.1);
    stream.closeShard('shard-1');
    stream.openShard({ shardId: 'shard-2', parentShardId: 'shard-1' });
    stream.put({ shardId: 'shard-2', partition: 'b', createdEpochSeconds: startEpochSeconds });
    await passSeconds(0.5);
    expect(seen.at(-1)).toEqual({ sequenceNumbers: ['2'], atMilliseconds: 1_250 });
    await mapping.drained();
  });

  test('holds up its grandchildren too', async () => {
    const stream = split();
    stream.closeShard('shard-2');
    stream.openShard({ shardId: 'shard-4', parentShardId: 'shard-2' });
    stream.put({ shardId: 'shard-4', partition: 'd', createdEpochSeconds: startEpochSeconds });
    const { mapping, seen } = startHarnessOn(stream, {}, (numbers, earlier) =>
      numbers.includes('2') && earlier < 4 ? functionError : answer(null),
    );
    await mapping.drained();
    expect(batchesOf(seen).at(-1)).toBe('4');
  });

  test('and is forgotten by the stream does not hold up its children', async () => {
    const stream = split();
    stream.forgetShard('shard-1');
    const { mapping, seen } = startHarnessOn(stream, {}, () => answer(null));
    await mapping.drained();
    expect(batchesOf(seen).toSorted()).toEqual(['2', '3']);
  });

  test('and is forgotten while its records are retried still goes before its children', async () => {
    const stream = split();
    const { mapping, seen } = startHarnessOn(stream, {}, (numbers, earlier) => {
      stream.forgetShard('shard-1');
      return numbers.includes('1') && earlier < 5 ? functionError : answer(null);
    });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1', '1', '1', '1', '1', '1', '2', '3']);
  });
});

describe('the starting position', () => {
  test('TRIM_HORIZON begins with the oldest record', async () => {
    const { mapping, seen } = startHarness(changes('ab'));
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['1 2']);
  });

  test('LATEST begins with what comes after the start, in shards that appear later with their first', async () => {
    const { mapping, seen, stream, passSeconds } = startHarness(changes('ab'), {
      startingPosition: 'LATEST',
    });
    await passSeconds(0.1);
    stream.put({ partition: 'c', createdEpochSeconds: startEpochSeconds });
    stream.closeShard('shard-1');
    stream.openShard({ shardId: 'shard-2', parentShardId: 'shard-1' });
    stream.put({ shardId: 'shard-2', partition: 'd', createdEpochSeconds: startEpochSeconds });
    await mapping.drained();
    expect(batchesOf(seen)).toEqual(['3', '4']);
  });
});

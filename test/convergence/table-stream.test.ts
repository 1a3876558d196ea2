import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTableStream } from './table-stream.ts';

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ item: fc.nat({ max: 9 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ shard: fc.nat({ max: 9 }), children: fc.constantFrom<1 | 2>(1, 2) }),
    },
  ),
);

test('the records of an item are in one lineage of shards, in the order of their numbers, however shards split and close', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const stream = createTableStream('Orders', 'NEW_IMAGE');
      for (const step of taken) {
        if ('shard' in step) stream.close(step.shard, step.children);
        else {
          const keys = { pk: { S: String(step.item) } };
          const change = { id: String(step.item), keys, before: undefined, after: keys };
          stream.append({ ...change, createdEpochSeconds: 1, isExpired: false });
        }
      }
      const shards = await stream.source.shards();
      const parents = new Map(shards.map(({ shardId, parentShardId }) => [shardId, parentShardId]));
      const descends = (from: string | undefined, to: string): boolean =>
        from === to || (from !== undefined && descends(parents.get(from), to));
      for (const ofItem of Map.groupBy(stream.records, ({ id }) => id).values()) {
        for (const [at, { shardId, record }] of ofItem.entries()) {
          const next = ofItem[at + 1];
          if (next === undefined) continue;
          expect(descends(next.shardId, shardId)).toBe(true);
          expect(BigInt(next.record.sequenceNumber)).toBeGreaterThan(BigInt(record.sequenceNumber));
        }
      }
    }),
  );
});

test('sequence numbers grow a digit under way, so that as texts they are out of order', () => {
  const stream = createTableStream('Orders', 'NEW_IMAGE');
  const keys = { pk: { S: 'k' } };
  const append = () =>
    stream.append({
      id: 'k',
      keys,
      before: undefined,
      after: keys,
      createdEpochSeconds: 1,
      isExpired: false,
    }).sequenceNumber;
  const numbers = Array.from({ length: 30 }, append);
  expect(new Set(numbers.map((number) => number.length))).toEqual(new Set([21, 22]));
});

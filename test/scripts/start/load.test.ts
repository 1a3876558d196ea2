import { expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { load } from '../../../scripts/start/load.ts';
import { quakes } from '../../../scripts/start/quakes.ts';

test('every item is written once, in batches that BatchWriteItem takes, some of them at the same time', async () => {
  const written: Item[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const writeBatch = async (_table: string, items: readonly Item[]) => {
    expect(items.length).toBeLessThanOrEqual(25);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    await new Promise(setImmediate);
    written.push(...items);
    underWay -= 1;
  };
  const sample = quakes();
  await load({ writeBatch }, sample);
  const timeOf = (item: Item) => Number(item['time']?.N);
  expect(written.map(timeOf).sort()).toEqual(sample.items.map(timeOf).sort());
  expect(mostUnderWay).toBeGreaterThan(1);
});

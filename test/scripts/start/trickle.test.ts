import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { movies } from '../../../scripts/start/movies.ts';
import { keyOf, type SampleTable } from '../../../scripts/start/sample-table.ts';
import { createTrickle } from '../../../scripts/start/trickle.ts';

const sample: SampleTable = { ...movies(), items: movies().items.slice(0, 5) };

const keyText = (item: Item): string => JSON.stringify(keyOf(sample, item));

/** A table in memory, filled with the sample. */
const memory = () => {
  const items = new Map(sample.items.map((item) => [keyText(item), item]));
  return {
    items,
    put: async (_table: string, item: Item) => void items.set(keyText(item), item),
    delete: async (_table: string, key: Item) => void items.delete(keyText(key)),
  };
};

/** The numbers that are asked for, one after the other, and the last one ever after. */
const sequence = (...numbers: readonly number[]) => {
  let asked = 0;
  return () => numbers[Math.min(asked++, numbers.length - 1)] ?? 0;
};

test('what was deleted is inserted again as it was', async () => {
  const table = memory();
  const before = new Map(table.items);
  const next = createTrickle(table, sample, sequence(0.1, 0, 0.3, 0));
  expect(await next()).toMatchObject({ verb: 'deleted', title: 'The Land Girls' });
  expect(table.items.size).toBe(4);
  expect(await next()).toMatchObject({ verb: 'inserted', title: 'The Land Girls' });
  expect(new Map([...table.items].sort())).toEqual(new Map([...before].sort()));
});

test('a change is written and told', async () => {
  const table = memory();
  const next = createTrickle(table, sample, sequence(0.9, 0));
  expect(await next()).toEqual({
    verb: 'changed',
    table: 'Movies',
    title: 'The Land Girls',
    description: 'IMDB Votes 1,071 → 1,072',
  });
  expect([...table.items.values()].map((item) => item['IMDB Votes']?.N)).toContain('1072');
});

test('whatever chance says, the table keeps items of the sample only', async () => {
  const chances = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 });
  const keys = new Set(sample.items.map(keyText));
  await fc.assert(
    fc.asyncProperty(chances, async (numbers) => {
      const table = memory();
      const next = createTrickle(table, sample, sequence(...numbers));
      for (let count = 0; count < 30; count++) await next();
      expect([...table.items.keys()].filter((key) => !keys.has(key))).toEqual([]);
    }),
  );
});

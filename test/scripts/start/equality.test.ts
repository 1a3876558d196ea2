import { expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { examineEquality, expectedDocuments } from '../../../scripts/start/equality.ts';
import { asTable } from './as-table.ts';

const table = asTable({ name: 'Orders', index: 'orders', keys: [{ name: 'id', type: 'S' }] });

const order = (id: string, total = '1'): Item => ({ id: { S: id }, total: { N: total } });

/** A table of these items whose index holds the documents of one list of items after the other, and of the last ever after. */
const sides = (items: readonly Item[], ...indexed: readonly (readonly Item[])[]) => {
  let reads = 0;
  return {
    dynamodb: { items: async () => items },
    openSearch: {
      documents: async () => {
        const documents = expectedDocuments(
          table,
          indexed[Math.min(reads, indexed.length - 1)] ?? [],
        );
        reads += 1;
        return documents;
      },
    },
    reads: () => reads,
  };
};

test('an index that equals its table is read once', async () => {
  const equal = sides([order('a'), order('b')], [order('b'), order('a')]);
  expect(await examineEquality(equal, table, 0)).toEqual({
    items: 2,
    documents: 2,
    differences: [],
  });
  expect(equal.reads()).toBe(1);
});

test('a change that was on its way is no difference', async () => {
  const late = sides([order('a', '2')], [order('a', '1')], [order('a', '2')]);
  expect(await examineEquality(late, table, 0)).toMatchObject({ differences: [] });
});

test('changes under way that keep coming, each to another item, are no difference', async () => {
  const items = [order('a'), order('b'), order('c')];
  const busy = sides(items, [order('a'), order('b')], [order('b'), order('c')], [order('c')]);
  expect(await examineEquality(busy, table, 0)).toMatchObject({ differences: [] });
});

test('a difference that stays is one', async () => {
  const wrong = sides([order('a', '2')], [order('a', '1'), order('b')]);
  const { differences } = await examineEquality(wrong, table, 0);
  expect(differences.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['a stale', 'b extra']);
});

test('two items that would share a document are an error, not equality', () => {
  expect(() => expectedDocuments(table, [order('a'), order('a')])).toThrow(
    /document of its own: a/,
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdBalance } from '../../../function/src/core/id-balance.ts';

const balanceOf = (items: Iterable<string>, documents: Iterable<string>): IdBalance => {
  const balance = new IdBalance('key');
  for (const id of items) balance.add(id, 1);
  for (const id of documents) balance.add(id, -1);
  return balance;
};

const ids = fc.uniqueArray(fc.string(), { maxLength: 50 });

test('two sides are even exactly if they hold the same ids, in any order', () => {
  const sides = fc.oneof(
    fc.tuple(ids, ids),
    ids.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    ),
  );
  fc.assert(
    fc.property(sides, ([items, documents]) => {
      const isSame =
        items.length === documents.length && items.every((id) => documents.includes(id));
      expect(balanceOf(items, documents).isEven()).toBe(isSame);
    }),
  );
});

test('an id that one side lacks is in an uneven bucket, and most others are not', () => {
  const all = Array.from({ length: 1000 }, (_, number) => `id ${number}`);
  const balance = balanceOf(all.slice(1), all.slice(0, -1));
  expect(balance.isUnevenAt('id 0')).toBe(true);
  expect(balance.isUnevenAt('id 999')).toBe(true);
  expect(all.filter((id) => balance.isUnevenAt(id)).length).toBeLessThan(10);
});

test('ids that took the place of others are told although the numbers are the same', () => {
  const all = Array.from({ length: 200_000 }, (_, number) => `${number}`);
  const others = all.map((id) => (id === '77' ? 'another' : id));
  const balance = balanceOf(all, others);
  expect(balance.isUnevenAt('77') && balance.isUnevenAt('another')).toBe(true);
});

test('balances add up', () => {
  const sum = balanceOf(['a', 'b'], []);
  sum.addAll(balanceOf([], ['a']));
  expect(sum.isEven()).toBe(false);
  sum.addAll(balanceOf([], ['b']));
  expect(sum.isEven()).toBe(true);
});

test('it is short where documents are fewer than were found, and not where they are more', () => {
  expect(balanceOf(['a', 'b'], ['a']).isShort()).toBe(true);
  expect(balanceOf(['a'], ['a', 'b']).isShort()).toBe(false);
  expect(balanceOf(['a'], ['a']).isShort()).toBe(false);
});

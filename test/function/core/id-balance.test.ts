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

test('parts that went through bytes add up to the balance of the whole', () => {
  const parts = fc.array(fc.tuple(ids, ids), { maxLength: 5 });
  fc.assert(
    fc.property(parts, (sides) => {
      const whole = balanceOf(
        sides.flatMap(([items]) => items),
        sides.flatMap(([, documents]) => documents),
      );
      const sum = new IdBalance('key');
      for (const [items, documents] of sides) sum.addBytes(balanceOf(items, documents).toBytes());
      expect(sum.toBytes()).toEqual(whole.toBytes());
      expect(sum.isEven()).toBe(whole.isEven());
      expect(sum.isShort()).toBe(whole.isShort());
      const all = sides.flat(2);
      expect(all.map((id) => sum.isUnevenAt(id))).toEqual(all.map((id) => whole.isUnevenAt(id)));
    }),
    { numRuns: 25 },
  );
});

test('a balance that is even takes no bytes, and half of one is none', () => {
  expect(balanceOf(['a'], ['a']).toBytes()).toHaveLength(0);
  const half = balanceOf(['a'], []).toBytes().subarray(0, 11);
  expect(() => new IdBalance('key').addBytes(half)).toThrow(RangeError);
});

test('it is short where documents are fewer than were found, and not where they are more', () => {
  expect(balanceOf(['a', 'b'], ['a']).isShort()).toBe(true);
  expect(balanceOf(['a'], ['a', 'b']).isShort()).toBe(false);
  expect(balanceOf(['a'], ['a']).isShort()).toBe(false);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../../function/src/core/change.ts';
import { foldByKey } from '../../../function/src/core/fold.ts';
import { aChangeOf } from '../../support/records.ts';

const changes: fc.Arbitrary<readonly Change[]> = fc
  .array(fc.constantFrom('a', 'b', 'c', '__proto__'), { maxLength: 20 })
  .map((keys) => keys.map((key, index) => aChangeOf(key, `${index}`)));

test('the changes of a key stay together in their order', () => {
  fc.assert(
    fc.property(changes, (all) => {
      for (const folded of foldByKey(all)) {
        expect(folded).toEqual(all.filter(({ id }) => id === folded[0]?.id));
      }
    }),
  );
});

test('every change is in exactly one fold', () => {
  fc.assert(
    fc.property(changes, (all) => {
      expect(new Set(foldByKey(all).flat())).toEqual(new Set(all));
      expect(foldByKey(all).flat()).toHaveLength(all.length);
    }),
  );
});

test('keys stand in the order of their first changes', () => {
  const all = ['b', 'a', 'b', 'c', 'a'].map((key) => aChangeOf(key));
  expect(foldByKey(all).map(([first]) => first?.id)).toEqual(['b', 'a', 'c']);
});

test('no changes are no keys', () => {
  expect(foldByKey([])).toEqual([]);
});

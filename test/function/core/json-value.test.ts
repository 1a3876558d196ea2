import { expect, test } from 'vitest';
import {
  at,
  elementsOf,
  isFields,
  membersOf,
  numberOf,
  parseJson,
  parseObject,
  textOf,
} from '../../../function/src/core/json-value.ts';

test('a text that is no JSON has no value, and one that is no object no fields', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  expect(parseJson('<html>')).toBeUndefined();
  expect(parseObject('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['[1]', 'null', '1', '{']) expect(parseObject(text)).toBeUndefined();
  expect([{}, [], null, 'a'].map(isFields)).toEqual([true, false, false, false]);
});

test('a path leads to a value, or to nothing where something else is in the way', () => {
  const value = { a: { b: [{ c: 1 }] }, '': 0 };
  expect(at(value)).toBe(value);
  expect(at(value, 'a', 'b')).toEqual([{ c: 1 }]);
  expect(at(value, '')).toBe(0);
  for (const path of [['b'], ['a', 'b', '0'], ['', 'a'], ['constructor']])
    expect(at(value, ...path)).toBeUndefined();
});

test('members, elements, texts and numbers are none where a value is something else', () => {
  expect(membersOf({ a: 1 })).toEqual([['a', 1]]);
  expect(elementsOf([1])).toEqual([1]);
  for (const value of [null, 'a', 1])
    expect([membersOf(value), elementsOf(value)]).toEqual([[], []]);
  expect(['a', 1, true, null, {}].map(textOf)).toEqual(['a', '1', 'true', undefined, undefined]);
  expect([4, '4', undefined].map(numberOf)).toEqual([4, undefined, undefined]);
});

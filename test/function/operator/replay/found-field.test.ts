import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../../function/src/core/attribute-value.ts';
import { JsonWriter } from '../../../../function/src/core/json-writer.ts';
import { composeItem } from '../../../../function/src/core/operation.ts';
import {
  depthOf,
  findField,
  findImpossibleName,
} from '../../../../function/src/operator/replay/found-field.ts';
import { items } from '../../../support/arbitraries.ts';
import { aTable } from '../../../support/records.ts';

/** The document of an item, as OpenSearch gets it. */
const documentOf = (item: Item): object => {
  const target = { table: aTable(), id: 'id', version: 1n, changes: [] };
  const { lines = [] } = composeItem(target, item, new JsonWriter()) ?? {};
  return JSON.parse(Buffer.from(lines).toString().split('\n')[1] ?? '{}');
};

/** Paths of all fields of a document, as OpenSearch names them. */
const pathsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(pathsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    name,
    ...pathsOf(member).map((path) => `${name}.${path}`),
  ]);
};

describe('a field', () => {
  test('of a document is found in the item that it was made of, whatever the names', () => {
    fc.assert(
      fc.property(items, (item) => {
        for (const path of pathsOf(documentOf(item))) {
          expect([path, findField(item, path)]).toEqual([
            path,
            { attribute: expect.any(String), kind: expect.any(String) },
          ]);
        }
      }),
    );
  });

  test.each<[path: string, attribute: string, kind: string]>([
    ['price', 'price', 'number'],
    ['lines.sku', 'lines', 'text'],
    ['lines.tags', 'lines', 'set'],
    ['a.b', 'a.b', 'boolean'],
    ['a.c', 'a', 'null'],
    ['__id', '_id', 'binary'],
    ['lines', 'lines', 'list'],
    ['a', 'a', 'map'],
  ])('%s is in %s, %s', (path, attribute, kind) => {
    const line: AttributeValue = { M: { tags: { SS: ['x'] } } };
    const item: Item = {
      price: { N: '1' },
      lines: { L: [{ S: 'no map' }, line, { M: { sku: { S: 'x' } } }] },
      'a.b': { BOOL: true },
      a: { M: { c: { NULL: true } } },
      _id: { B: '' },
    };
    expect(findField(item, path)).toEqual({ attribute, kind });
  });

  test('that the item does not have is not found', () => {
    expect(findField({ a: { M: { b: { S: '' } } } }, 'a.c')).toBeUndefined();
    expect(findField({ a: { S: '' } }, 'a.b')).toBeUndefined();
    expect(findField({}, '')).toBeUndefined();
  });

  test('whose value is no DynamoDB JSON is found without a kind', () => {
    const item: Item = JSON.parse('{"a":{"constructor":1},"b":null,"c":{}}');
    for (const attribute of ['a', 'b', 'c']) {
      expect(findField(item, attribute)).toEqual({ attribute, kind: undefined });
    }
  });
});

test.each<[name: string, isImpossible: boolean]>([
  ['', true],
  ['.', true],
  ['.a', true],
  ['a..b', true],
  ['a.b', false],
  ['a', false],
])('the name "%s", at the top, in a map and in a map of a list', (name, isImpossible) => {
  const map: AttributeValue = { M: { [name]: { S: '' } } };
  const items: readonly Item[] = [{ [name]: { S: '' } }, { top: map }, { top: { L: [map] } }];
  expect(items.map((item) => findImpossibleName(item) !== undefined)).toEqual([
    isImpossible,
    isImpossible,
    isImpossible,
  ]);
});

test('the depth of an item is that of its deepest map, lists aside', () => {
  const map: AttributeValue = { M: { a: { S: '' } } };
  expect(depthOf({})).toBe(0);
  expect(depthOf({ a: { S: '' }, b: { M: {} } })).toBe(0);
  expect(depthOf({ a: map, b: { L: [map, { M: { c: { L: [map] } } }] } })).toBe(2);
});

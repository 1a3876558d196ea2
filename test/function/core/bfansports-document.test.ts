import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { bfansportsDocumentWriter } from '../../../function/src/core/bfansports-document.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import { items } from '../../support/arbitraries.ts';
import { bfansportsReference } from '../../support/reference-document.ts';

const everyAttribute = () => true;

const documentOf = (item: Item, isWanted: (name: string) => boolean = everyAttribute) => {
  const writer = new JsonWriter();
  const isWritten = bfansportsDocumentWriter(isWanted)(writer, item);
  return isWritten ? Buffer.from(writer.take()).toString() : undefined;
};

/** The JSON that an attribute becomes. */
const jsonOf = (value: AttributeValue): string | undefined =>
  documentOf({ v: value })?.slice('{"v":'.length, -1);

test('a document is what the original made of its item, losses excepted', () => {
  fc.assert(
    fc.property(items, (item) => {
      expect(documentOf(item)).toBe(bfansportsReference(item));
    }),
    { numRuns: 2000 },
  );
});

describe('by the original', () => {
  test.each<[string, AttributeValue, string]>([
    ['S is a string', { S: 'x' }, '"x"'],
    ['an empty S is an empty string', { S: '' }, '""'],
    ['N is a number', { N: '42' }, '42'],
    ['BOOL is true or false', { BOOL: false }, 'false'],
    ['NULL is null', { NULL: true }, 'null'],
    ['SS is an array of strings', { SS: ['b', 'a'] }, '["b","a"]'],
    ['NS is an array of numbers', { NS: ['1', '2.5'] }, '[1,2.5]'],
    ['M is an object', { M: { a: { N: '1' } } }, '{"a":1}'],
    ['an empty M is an empty object', { M: {} }, '{}'],
    ['an empty L is an empty array', { L: [] }, '[]'],
    ['a number directly in a list stays its text', { L: [{ N: '2.0' }] }, '["2.0"]'],
    ['a number in a list in a list stays its text', { L: [{ L: [{ N: '2.0' }] }] }, '[["2.0"]]'],
    ['a number in a map in a list is a number', { L: [{ M: { a: { N: '1' } } }] }, '[{"a":1}]'],
    ['a set of numbers directly in a list stays texts', { L: [{ NS: ['1', '2'] }] }, '[["1","2"]]'],
    [
      'a set of numbers in a map in a list is of numbers',
      { L: [{ M: { a: { NS: ['1'] } } }] },
      '[{"a":[1]}]',
    ],
    [
      'a list of several kinds keeps them',
      { L: [{ BOOL: true }, { S: 'a' }, { NULL: true }, { M: {} }, { SS: ['b'] }] },
      '[true,"a",null,{},["b"]]',
    ],
  ])('%s', (_, value, json) => {
    expect(jsonOf(value)).toBe(json);
  });

  test('reserved names are renamed at every depth', () => {
    const item: Item = { _id: { M: { _ttl: { L: [{ M: { _all: { S: 'x' } } }] } } } };
    expect(documentOf(item)).toBe('{"__id":{"__ttl":[{"__all":"x"}]}}');
  });

  test('names that only OpenSearch of today refuses stay', () => {
    expect(documentOf({ _version: { S: 'x' } })).toBe('{"_version":"x"}');
  });
});

describe('where the original lost data', () => {
  test('binary is base64 instead of null', () => {
    expect(jsonOf({ B: 'AQIDBA==' })).toBe('"AQIDBA=="');
  });

  test('a set of binary, over which it fell, is an array of base64', () => {
    expect(jsonOf({ BS: ['AQ==', 'Ag=='] })).toBe('["AQ==","Ag=="]');
  });

  test('decimals keep the digits that its floats lost', () => {
    expect(jsonOf({ N: '0.1234567890123456789' })).toBe('0.1234567890123456789');
  });

  test('of two names that would become one both stay', () => {
    const item: Item = { _id: { S: 'a' }, __id: { S: 'b' } };
    expect(documentOf(item)).toBe('{"__id":"a","___id":"b"}');
  });
});

test('attributes that are not wanted are left out at the top only', () => {
  const item: Item = { a: { N: '1' }, b: { M: { a: { N: '2' } } } };
  expect(documentOf(item, (name) => name !== 'a')).toBe('{"b":{"a":2}}');
});

test('an attribute is chosen by the name it has in DynamoDB', () => {
  expect(documentOf({ _id: { N: '1' }, a: { N: '2' } }, (name) => name === '_id')).toBe(
    '{"__id":1}',
  );
});

test.each<[string, unknown]>([
  ['an unknown type', { X: 'x' }],
  ['a list with an unknown type', { L: [{ X: 'x' }] }],
  ['a list with a number that is no text', { L: [{ N: 1 }] }],
  ['a map with an unknown type', { M: { a: { X: 'x' } } }],
])('%s is not DynamoDB JSON', (_, value) => {
  expect(documentOf(JSON.parse(JSON.stringify({ v: value })))).toBeUndefined();
});

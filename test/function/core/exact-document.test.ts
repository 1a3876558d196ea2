import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { exactDocumentWriter } from '../../../function/src/core/exact-document.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import { decimals, items, looseSpellings, plain } from '../../support/arbitraries.ts';
import { decimalOf, exactReference } from '../../support/reference-document.ts';
import { unmarshallableItems } from '../../support/unmarshallable.ts';

const everyAttribute = () => true;

const documentOf = (item: Item, isWanted: (name: string) => boolean = everyAttribute) => {
  const writer = new JsonWriter();
  const isWritten = exactDocumentWriter(isWanted)(writer, item);
  return isWritten ? Buffer.from(writer.take()).toString() : undefined;
};

/** The JSON that an attribute becomes. */
const jsonOf = (value: AttributeValue): string | undefined =>
  documentOf({ v: value })?.slice('{"v":'.length, -1);

test('a document is its item, with every digit and every name', () => {
  fc.assert(
    fc.property(items, (item) => {
      expect(documentOf(item)).toBe(exactReference(item));
    }),
    { numRuns: 2000 },
  );
});

test('a document is what the AWS SDK makes of its item, where that is exact', () => {
  const asArray = (_: string, value: unknown) => (value instanceof Set ? [...value] : value);
  fc.assert(
    fc.property(unmarshallableItems, (item) => {
      const native = unmarshall(JSON.parse(JSON.stringify(item)), { wrapNumbers: JSON.rawJSON });
      expect(documentOf(item)).toBe(JSON.stringify(native, asArray));
    }),
    { numRuns: 500 },
  );
});

test('a number is the same number, however it was spelled', () => {
  const spelled = decimals.chain((decimal) =>
    fc.tuple(fc.constant(decimal), looseSpellings(decimal)),
  );
  fc.assert(
    fc.property(spelled, ([decimal, text]) => {
      expect(plain(decimalOf(jsonOf({ N: text }) ?? ''))).toBe(plain(decimal));
    }),
    { numRuns: 1000 },
  );
});

test('the items of one writer do not disturb each other', () => {
  fc.assert(
    fc.property(fc.array(items, { maxLength: 4 }), (all) => {
      const writer = new JsonWriter();
      const write = exactDocumentWriter(everyAttribute);
      const documents = all.map((item) => write(writer, item) && writer.take());
      expect(documents.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(
        all.map(exactReference),
      );
    }),
  );
});

describe('by the contract', () => {
  test.each<[string, AttributeValue, string]>([
    ['S is a string', { S: 'x' }, '"x"'],
    ['an empty S is an empty string', { S: '' }, '""'],
    ['N is a number', { N: '42' }, '42'],
    [
      'an N of 38 digits keeps them',
      { N: '1.2345678901234567890123456789012345678' },
      '1.2345678901234567890123456789012345678',
    ],
    ['an N beyond 2^53 is not rounded', { N: '9007199254740993' }, '9007199254740993'],
    ['BOOL is true or false', { BOOL: false }, 'false'],
    ['NULL is null', { NULL: true }, 'null'],
    ['B is base64', { B: 'AQIDBA==' }, '"AQIDBA=="'],
    ['SS is an array of strings', { SS: ['b', 'a'] }, '["b","a"]'],
    ['NS is an array of numbers', { NS: ['1', '2.5'] }, '[1,2.5]'],
    ['BS is an array of base64', { BS: ['AQ=='] }, '["AQ=="]'],
    ['M is an object', { M: { a: { N: '1' } } }, '{"a":1}'],
    ['an empty M is an empty object', { M: {} }, '{}'],
    ['L is an array', { L: [{ N: '1' }, { N: '2' }] }, '[1,2]'],
    ['an empty L is an empty array', { L: [] }, '[]'],
  ])('%s', (_, value, json) => {
    expect(jsonOf(value)).toBe(json);
  });

  const number: AttributeValue = { N: '1.50E+1' };

  test.each<[string, AttributeValue[], string]>([
    ['numbers and nulls', [number, { NULL: true }, { N: '2' }], '[1.50E+1,null,2]'],
    ['strings and binary', [{ S: 'a' }, { B: 'AQ==' }], '["a","AQ=="]'],
    ['booleans', [{ BOOL: true }, { BOOL: false }], '[true,false]'],
    ['maps', [{ M: {} }, { M: { a: number } }], '[{},{"a":1.50E+1}]'],
    ['lists and sets', [{ L: [number] }, { NS: ['1'] }, { SS: ['a'] }], '[[1.50E+1],[1],["a"]]'],
    ['nulls', [{ NULL: true }, { NULL: true }], '[null,null]'],
  ])('a list of nothing but %s keeps them', (_, list, json) => {
    expect(jsonOf({ L: list })).toBe(json);
  });

  test.each<[string, AttributeValue, string]>([
    ['a number is its plain digits', number, '"15"'],
    ['true is text', { BOOL: true }, '"true"'],
    ['false is text', { BOOL: false }, '"false"'],
    ['null stays', { NULL: true }, 'null'],
    ['a string stays', { S: 'a"b' }, '"a\\"b"'],
    ['binary stays', { B: 'AQ==' }, '"AQ=="'],
    ['a map is its JSON as text', { M: { a: number } }, '"{\\"a\\":1.50E+1}"'],
    ['a list is its JSON as text', { L: [number, { NULL: true }] }, '"[1.50E+1,null]"'],
    ['a set is its JSON as text', { NS: ['1', '2'] }, '"[1,2]"'],
    [
      'a mixed list in it is JSON of text as text',
      { L: [number, { S: 'a' }] },
      '"[\\"15\\",\\"a\\"]"',
    ],
    ['lone surrogates stay what they are', { L: [{ S: '\ud800' }] }, '"[\\"\\\\ud800\\"]"'],
  ])('in a list of several kinds %s', (_, value, json) => {
    const others: AttributeValue[] = [{ BOOL: true }, { S: '' }];
    expect(jsonOf({ L: [...others, value] })).toBe(`["true","",${json}]`);
  });

  test.each<[string, AttributeValue, AttributeValue]>([
    ['number and string', { N: '1' }, { S: 'a' }],
    ['number and binary', { N: '1' }, { B: 'AQ==' }],
    ['number and boolean', { N: '1' }, { BOOL: true }],
    ['number and map', { N: '1' }, { M: {} }],
    ['number and list', { N: '1' }, { L: [] }],
    ['number and set of numbers', { N: '1' }, { NS: ['1'] }],
    ['string and set of strings', { S: 'a' }, { SS: ['a'] }],
    ['map and list', { M: {} }, { L: [] }],
    ['boolean and string', { BOOL: true }, { S: 'true' }],
  ])('%s are two kinds, nulls between them or not', (_, one, other) => {
    const members = JSON.parse(jsonOf({ L: [one, { NULL: true }, other] }) ?? '');
    expect(members).toEqual([expect.any(String), null, expect.any(String)]);
  });

  test('kinds are those of one list, not of the lists in it', () => {
    expect(jsonOf({ L: [{ L: [{ N: '1' }] }, { L: [{ S: 'a' }] }] })).toBe('[[1],["a"]]');
  });

  test.each(['_id', '__id', '_source', '_version'])(
    'at the top %s gets one more underscore',
    (name) => {
      expect(documentOf({ [name]: { S: 'x' } })).toBe(`{"_${name}":"x"}`);
    },
  );

  test('below the top _id stays', () => {
    expect(documentOf({ a: { M: { _id: { S: 'x' } } } })).toBe('{"a":{"_id":"x"}}');
  });

  test.each(['__proto__', 'constructor', '', '.a', 'a..b', '\u2028', '\ud800', '"'])(
    'an attribute named %j survives at the top and below',
    (name) => {
      const item: Item = JSON.parse(
        `{${JSON.stringify(name)}:{"M":{${JSON.stringify(name)}:{"S":"x"}}}}`,
      );
      const text = JSON.stringify(name);
      expect(documentOf(item)).toBe(`{${text}:{${text}:"x"}}`);
    },
  );
});

test('attributes that are not wanted are left out at the top only', () => {
  const item: Item = { a: { N: '1' }, b: { M: { a: { N: '2' } } } };
  expect(documentOf(item, (name) => name !== 'a')).toBe('{"b":{"a":2}}');
});

test('an attribute is chosen by the name it has in DynamoDB', () => {
  expect(documentOf({ _id: { N: '1' }, __id: { N: '2' } }, (name) => name === '_id')).toBe(
    '{"__id":1}',
  );
});

test.each<[string, unknown]>([
  ['an unknown type', { X: 'x' }],
  ['a list with an unknown type', { L: [{ S: 'x' }, { X: 'x' }] }],
  ['a mixed list with an unknown type', { L: [{ S: 'x' }, { N: '1' }, { X: 'x' }] }],
  ['a mixed list with a number that is none', { L: [{ S: 'x' }, { N: 'one' }] }],
  ['a mixed list with a number that is no text', { L: [{ S: 'x' }, { N: 1 }] }],
  ['a mixed list with null for a value', { L: [{ S: 'x' }, { N: '1' }, null] }],
  ['a list that is none', { L: 'x' }],
  ['a map with an unknown type', { M: { a: { X: 'x' } } }],
])('%s is not DynamoDB JSON', (_, value) => {
  expect(documentOf(JSON.parse(JSON.stringify({ v: value })))).toBeUndefined();
});

test.each(['"text"', '5', '[]'])('%s is no item', (json) => {
  expect(documentOf(JSON.parse(json))).toBeUndefined();
});

test('names that are data do not fill the memory, and stay right', () => {
  const write = exactDocumentWriter(() => true);
  const writer = new JsonWriter();
  for (let name = 0; name < 25_000; name++) {
    expect(write(writer, { [`id-${name}`]: { BOOL: true } })).toBe(true);
  }
  expect(write(writer, { ['long '.repeat(100)]: { BOOL: true } })).toBe(true);
  writer.take();
  write(writer, { 'id-1': { BOOL: true } });
  expect(Buffer.from(writer.take()).toString()).toBe('{"id-1":true}');
});

const deeplyMixed = (depth: number): AttributeValue =>
  depth === 0 ? { S: 'x' } : { L: [{ N: '1' }, deeplyMixed(depth - 1)] };

test('mixed lists nested in mixed lists are written as far as their text keeps in bounds', () => {
  const isWritten = (depth: number) =>
    exactDocumentWriter(() => true)(new JsonWriter(), { a: deeplyMixed(depth) });
  expect([5, 15, 31].map(isWritten)).toEqual([true, true, false]);
});

test('many mixed lists nested in mixed lists are bounded together', () => {
  const nested: AttributeValue = { L: Array.from({ length: 2 }, () => deeplyMixed(15)) };
  const isWritten = (times: number) =>
    exactDocumentWriter(() => true)(
      new JsonWriter(),
      Object.fromEntries(Array.from({ length: times }, (_, at) => [`a${at}`, nested])),
    );
  expect([1, 8, 100].map(isWritten)).toEqual([true, true, false]);
});

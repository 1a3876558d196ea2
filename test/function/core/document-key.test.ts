import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { documentWriter } from '../../../function/src/core/document.ts';
import { documentId } from '../../../function/src/core/document-id.ts';
import { keyInDocument, keyInId } from '../../../function/src/core/document-key.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import type { KeyAttribute, Table } from '../../../function/src/core/table.ts';
import { decimals, plain, unicodeTexts } from '../../support/arbitraries.ts';
import { aTable, aTableKeyedBy } from '../../support/records.ts';

const values: Record<KeyAttribute['type'], fc.Arbitrary<AttributeValue>> = {
  S: fc.record({ S: unicodeTexts.filter((text) => text !== '') }),
  N: fc.record({ N: decimals.map(plain) }),
  B: fc.record({
    B: fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .map((bytes) => Buffer.from(bytes).toString('base64')),
  }),
};

const types = fc.constantFrom('S', 'N', 'B');

const keysOf = ({ partitionKey, sortKey }: Table): fc.Arbitrary<Item> =>
  fc
    .tuple(values[partitionKey.type], sortKey ? values[sortKey.type] : fc.constant(undefined))
    .map(([pk, sk]) => ({ pk, ...(sk && { sk }) }));

const tables = fc
  .tuple(types, fc.option(types, { nil: undefined }), fc.constantFrom('exact', 'bfansports'))
  .map(([partition, sort, profile]) => aTableKeyedBy(partition, sort, { profile }));

const keyed = tables.chain((table) => fc.tuple(fc.constant(table), keysOf(table)));

const documentOf = (item: Item, table: Table): string => {
  const writer = new JsonWriter();
  documentWriter(table)(writer, item);
  return Buffer.from(writer.take()).toString();
};

test('the key in an id is the one that the id was made of', () => {
  fc.assert(
    fc.property(keyed, ([table, key]) => {
      const id = documentId(key, table) ?? '';
      const isAmbiguous = table.profile === 'bfansports' && id.split('|').length > 2;
      const isHashed = id.startsWith('sha256:');
      const found = keyInId(id, table);
      if (isHashed || (isAmbiguous && table.sortKey)) expect(found).toBeUndefined();
      else expect(found).toEqual(key);
    }),
  );
});

test('a document holds the key of its item, whatever the id', () => {
  fc.assert(
    fc.property(keyed, ([table, key]) => {
      const id = documentId(key, table) ?? '';
      expect(keyInDocument(id, documentOf(key, table), table)).toEqual(key);
    }),
  );
});

test('a key attribute is found under the name that its field has', () => {
  const key = { _id: { S: 'x'.repeat(600) } };
  for (const profile of ['exact', 'bfansports'] as const) {
    const table = aTable({ profile, partitionKey: { name: '_id', type: 'S' } });
    const id = documentId(key, table) ?? '';
    expect(keyInDocument(id, documentOf(key, table), table)).toEqual(key);
  }
});

test('the longest key that DynamoDB takes is found', () => {
  const table = aTableKeyedBy('S', 'B');
  const sort = Buffer.alloc(1024, 7).toString('base64');
  const key = { pk: { S: 'é'.repeat(1024) }, sk: { B: sort } };
  const json = JSON.stringify({ pk: key.pk.S, sk: sort });
  expect(keyInDocument(documentId(key, table) ?? '', json, table)).toEqual(key);
});

describe('nobody can tell the key', () => {
  test.each([
    ['of an id without the delimiter', 'a', aTableKeyedBy('S', 'S')],
    ['of a number that is none', 'a', aTableKeyedBy('N')],
    ['of a number that is not canonical', '1.0', aTableKeyedBy('N')],
    ['of a number that DynamoDB cannot hold', '1'.repeat(39), aTableKeyedBy('N')],
    ['of a number beyond its largest', `1${'0'.repeat(126)}`, aTableKeyedBy('N')],
    ['of a number below its smallest', `0.${'0'.repeat(130)}1`, aTableKeyedBy('N')],
    ['of base64 that is none', '*', aTableKeyedBy('B')],
    ['of an empty text', '|a', aTableKeyedBy('S', 'S')],
    ['of an id that is a hash', 'sha256:00', aTableKeyedBy('S')],
  ])('%s', (_, id, table) => {
    expect(keyInId(id, table)).toBeUndefined();
    expect(keyInDocument(id, '{"other":1}', table)).toBeUndefined();
  });

  test.each([
    ['a partition value', { pk: 'x'.repeat(2049), sk: 'y' }],
    ['a partition value of many bytes', { pk: 'é'.repeat(1025), sk: 'y' }],
    ['a sort value', { pk: 'x', sk: 'y'.repeat(1025) }],
  ])('in a document with %s that is longer than DynamoDB takes', (_, { pk, sk }) => {
    const table = aTableKeyedBy('S', 'S');
    const id = documentId({ pk: { S: pk }, sk: { S: sk } }, table) ?? '';
    expect(keyInDocument(id, JSON.stringify({ pk, sk }), table)).toBeUndefined();
  });

  test('in a document whose key fields say another one, or are no scalars', () => {
    const table = aTableKeyedBy('S');
    expect(keyInDocument('a', '{"pk":"b"}', table)).toBeUndefined();
    expect(keyInDocument('a', '{"pk":{"S":"a"}}', table)).toBeUndefined();
  });
});

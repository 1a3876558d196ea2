import { expect, test } from 'vitest';
import { keyOf } from '../../../function/src/core/item-key.ts';
import { aTable } from '../../support/records.ts';

const partitionKey = { name: 'pk', type: 'S' } as const;
const sortKey = { name: 'sk', type: 'N' } as const;

test('the key of an item is its key attributes and nothing else', () => {
  const item = { pk: { S: 'a' }, sk: { N: '1' }, other: { S: 'x' } };
  expect(keyOf(item, aTable({ partitionKey, sortKey }))).toEqual({
    pk: { S: 'a' },
    sk: { N: '1' },
  });
  expect(keyOf(item, aTable({ partitionKey }))).toEqual({ pk: { S: 'a' } });
});

test('an item that lacks a key attribute has a key without it', () => {
  const table = aTable({ partitionKey, sortKey });
  expect(keyOf({ sk: { N: '1' } }, table)).toEqual({ sk: { N: '1' } });
  expect(keyOf({ pk: { S: 'a' } }, table)).toEqual({ pk: { S: 'a' } });
});

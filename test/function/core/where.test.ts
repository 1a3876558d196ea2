import { expect, test } from 'vitest';
import type { AttributeValue } from '../../../function/src/core/attribute-value.ts';
import { isIndexed } from '../../../function/src/core/where.ts';
import { aTable } from '../../support/records.ts';

const where = (conditions: { readonly [name: string]: readonly string[] }) =>
  aTable({
    where: new Map(Object.entries(conditions).map(([name, values]) => [name, new Set(values)])),
  });

test('without conditions every item is indexed', () => {
  expect(isIndexed({}, where({}))).toBe(true);
});

test.each<[string, AttributeValue, string]>([
  ['text', { S: 'order' }, 'order'],
  ['an empty text', { S: '' }, ''],
  ['a number', { N: '7' }, '7'],
  ['a number in another spelling', { N: '7.0E+1' }, '70'],
  ['true', { BOOL: true }, 'true'],
  ['false', { BOOL: false }, 'false'],
])('%s matches by its text', (_, value, allowed) => {
  expect(isIndexed({ a: value }, where({ a: ['other', allowed] }))).toBe(true);
});

test.each<[string, unknown]>([
  ['a text that is not allowed', { S: 'receipt' }],
  ['another case', { S: 'Order' }],
  ['null', { NULL: true }],
  ['a set', { SS: ['order'] }],
  ['binary', { B: 'order' }],
  ['a number that is none', { N: 'order' }],
  ['a number that is no text', { N: { toString: 1 } }],
  ['what is not DynamoDB JSON', null],
])('%s does not match', (_, value) => {
  const item = JSON.parse(JSON.stringify({ a: value }));
  expect(isIndexed(item, where({ a: ['order'] }))).toBe(false);
});

test('an item without the attribute does not match', () => {
  expect(isIndexed({ b: { S: 'order' } }, where({ a: ['order'] }))).toBe(false);
});

test('what every object has by itself is no attribute', () => {
  expect(isIndexed({}, where({ constructor: ['undefined', 'order'] }))).toBe(false);
});

test('an item has to match all conditions', () => {
  const table = where({ a: ['1'], b: ['2'] });
  expect(isIndexed({ a: { N: '1' }, b: { N: '3' } }, table)).toBe(false);
});

test('an item that matches all conditions is indexed', () => {
  const table = where({ a: ['1'], b: ['2'] });
  expect(isIndexed({ a: { N: '1' }, b: { N: '2' } }, table)).toBe(true);
});

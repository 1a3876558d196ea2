import { expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { documentWriter } from '../../../function/src/core/document.ts';
import { JsonWriter } from '../../../function/src/core/json-writer.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { aTable, aTableKeyedBy } from '../../support/records.ts';

const documentOf = (item: Item, table: Table): unknown => {
  const writer = new JsonWriter();
  return documentWriter(table)(writer, item) && JSON.parse(Buffer.from(writer.take()).toString());
};

const list: Item = { v: { L: [{ N: '1' }] } };

test('a table of profile exact keeps the numbers of a list', () => {
  expect(documentOf(list, aTable())).toEqual({ v: [1] });
});

test('a table of profile bfansports has them as text', () => {
  expect(documentOf(list, aTable({ profile: 'bfansports' }))).toEqual({ v: ['1'] });
});

const item: Item = { pk: { S: 'p' }, sk: { S: 's' }, a: { S: 'x' }, b: { S: 'y' } };

test('without include and exclude all attributes are there', () => {
  expect(documentOf(item, aTableKeyedBy('S', 'S'))).toEqual({ pk: 'p', sk: 's', a: 'x', b: 'y' });
});

test('attributes that are excluded are not there', () => {
  const table = aTableKeyedBy('S', 'S', { exclude: new Set(['a']) });
  expect(documentOf(item, table)).toEqual({ pk: 'p', sk: 's', b: 'y' });
});

test('key attributes stay although they are excluded', () => {
  const table = aTableKeyedBy('S', 'S', { exclude: new Set(['pk', 'sk', 'a', 'b']) });
  expect(documentOf(item, table)).toEqual({ pk: 'p', sk: 's' });
});

test('of the attributes only those that are included are there, and the key', () => {
  const table = aTableKeyedBy('S', 'S', { include: new Set(['b']) });
  expect(documentOf(item, table)).toEqual({ pk: 'p', sk: 's', b: 'y' });
});

test('the sort key of another table is an attribute like any other', () => {
  const table = aTableKeyedBy('S', undefined, { include: new Set() });
  expect(documentOf(item, table)).toEqual({ pk: 'p' });
});

test('an item that is not DynamoDB JSON makes no document', () => {
  expect(documentOf(JSON.parse('{"a":{"X":1}}'), aTable())).toBe(false);
});

test.each(['exact', 'bfansports'] as const)(
  'a document of profile %s goes as deep as 50 levels, dots in names included, and the next one is none the worse for a deeper one',
  (profile) => {
    const table = aTable({ profile });
    const path = (levels: number) => Array.from({ length: levels }, () => 'a').join('.');
    const value = { S: 'x' };
    const documents = {
      atOnce: { [path(50)]: value },
      tooDeepAtOnce: { [path(51)]: value },
      nested: { [path(30)]: { L: [{ M: { [path(20)]: value, [path(19)]: value } }] } },
      tooDeepNested: { [path(30)]: { M: { b: { M: { [path(20)]: value } } } } },
    };
    const writer = new JsonWriter();
    const isWritten = (image: Item): boolean => {
      const isFine = documentWriter(table)(writer, image);
      writer.discard();
      return isFine;
    };
    expect(Object.values(documents).map(isWritten)).toEqual([true, false, true, false]);
    expect(Object.values(documents).map(isWritten)).toEqual([true, false, true, false]);
  },
);

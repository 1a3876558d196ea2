import { expect, test } from 'vitest';
import { compare, type Documents } from '../../../scripts/start/comparison.ts';

const documents = (byId: Readonly<Record<string, string>>): Documents =>
  new Map(Object.entries(byId));

test('the same documents do not differ, whatever their order', () => {
  const expected = documents({ a: '{"x":1,"y":"z"}', b: '{}' });
  const actual = documents({ b: '{}', a: '{"y":"z","x":1.0}' });
  expect(compare(expected, actual)).toEqual([]);
});

test('a document that is missing is told', () => {
  expect(compare(documents({ a: '{}' }), documents({}))).toEqual([{ id: 'a', kind: 'missing' }]);
});

test('a document without an item is told', () => {
  expect(compare(documents({}), documents({ a: '{}' }))).toEqual([{ id: 'a', kind: 'extra' }]);
});

test.each([
  ['has another value', '{"x":1,"n":2}', '{"x":1,"n":3}', { table: '2', index: '3' }],
  ['is of another type', '{"n":2}', '{"n":"2"}', { table: '2', index: '"2"' }],
  ['is absent', '{"x":1,"n":2}', '{"x":1}', { table: '2', index: undefined }],
  ['is too much', '{"x":1}', '{"x":1,"n":2}', { table: undefined, index: '2' }],
])('a field that %s is told with both values', (_, expected, actual, values) => {
  expect(compare(documents({ a: expected }), documents({ a: actual }))).toEqual([
    { id: 'a', kind: 'stale', field: { path: 'n', ...values } },
  ]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bfansportsFieldName, fieldName } from '../../../function/src/core/attribute-name.ts';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { names } from '../../support/arbitraries.ts';

test.each([
  '_id',
  '_index',
  '_source',
  '_routing',
  '_field_names',
  '_ignored',
  '_nested_path',
  '_seq_no',
  '_primary_term',
  '_version',
  '_doc_count',
])('%s, which OpenSearch refuses as metadata, gets one more underscore', (name) => {
  expect(fieldName(name)).toBe(`_${name}`);
});

test.each(['__id', '___id', '____version'])(
  '%s, which reads like a renamed one, gets one more underscore too',
  (name) => {
    expect(fieldName(name)).toBe(`_${name}`);
  },
);

test.each(['id', 'version', '_type', '_ttl', '_', '', '_ID', '_id_', 'a_id', '__proto__'])(
  '"%s" stays as it is',
  (name) => {
    expect(fieldName(name)).toBe(name);
  },
);

test('no two attributes become one field', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      expect(fieldName(one) === fieldName(other)).toBe(one === other);
    }),
  );
});

const amongNames = (siblings: readonly string[]): Item =>
  Object.fromEntries(siblings.map((name) => [name, { NULL: true }]));

test.each([
  '_id',
  '_type',
  '_source',
  '_all',
  '_parent',
  '_fieldnames',
  '_routing',
  '_index',
  '_size',
  '_timestamp',
  '_ttl',
])('the original doubles the underscore of %s', (name) => {
  expect(bfansportsFieldName(amongNames([name]), name)).toBe(`_${name}`);
});

test.each(['uid', 'id', '__id', '_version', '_field_names', '', '__proto__'])(
  'the original leaves "%s" as it is',
  (name) => {
    expect(bfansportsFieldName(amongNames([name]), name)).toBe(name);
  },
);

test('a name that a renamed sibling takes moves on by one underscore', () => {
  expect(bfansportsFieldName(amongNames(['_id', '__id']), '__id')).toBe('___id');
});

test('names move on only as far as there are siblings to make room for', () => {
  expect(bfansportsFieldName(amongNames(['_id', '___id']), '___id')).toBe('___id');
});

test('no two siblings become one field', () => {
  fc.assert(
    fc.property(fc.uniqueArray(names), (siblings) => {
      const fields = siblings.map((name) => bfansportsFieldName(amongNames(siblings), name));
      expect(new Set(fields).size).toBe(siblings.length);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { expectedDocuments } from '../../../scripts/start/equality.ts';
import { movies } from '../../../scripts/start/movies.ts';
import { quakes } from '../../../scripts/start/quakes.ts';
import { keyOf } from '../../../scripts/start/sample-table.ts';
import { asTable } from './as-table.ts';

const typesIn = (value: AttributeValue): readonly string[] => [
  ...Object.keys(value),
  ...Object.values(value.M ?? {}).flatMap(typesIn),
  ...(value.L ?? []).flatMap(typesIn),
];

const typesOf = (items: readonly Item[]): ReadonlySet<string> =>
  new Set(items.flatMap((item) => Object.values(item).flatMap(typesIn)));

describe.each([movies(), quakes()])('$name', (sample) => {
  test('every item makes a document of its own', () => {
    const items = [...sample.items, sample.probe('marker')];
    expect(expectedDocuments(asTable(sample), items).size).toBe(items.length);
  });

  test('a key has the key attributes and no others', () => {
    const [item = {}] = sample.items;
    expect(Object.keys(keyOf(sample, item))).toEqual(sample.keys.map(({ name }) => name));
  });

  test('a change is one of the item, not of its key', () => {
    for (const item of sample.items.slice(0, 50)) {
      const changed = sample.change(item, () => 0.5);
      expect(changed.item).not.toEqual(item);
      expect(keyOf(sample, changed.item)).toEqual(keyOf(sample, item));
      expect(changed.description).toMatch(/ → /);
    }
  });

  test('every item has a title', () => {
    expect(sample.items.filter((item) => sample.titleOf(item) === '')).toEqual([]);
  });
});

test('the movies have a sort key, sets and binary values', () => {
  const { items, keys } = movies();
  expect(items).toHaveLength(3201);
  expect(keys.map(({ type }) => type)).toEqual(['S', 'S']);
  expect([...typesOf(items)].sort()).toEqual(['B', 'N', 'NULL', 'S', 'SS']);
});

test('the earthquakes have a numeric key, nested maps, sets and binary values', () => {
  const { items, keys } = quakes();
  expect(items).toHaveLength(1707);
  expect(keys.map(({ type }) => type)).toEqual(['N']);
  expect([...typesOf(items)].sort()).toEqual(['B', 'L', 'M', 'N', 'NULL', 'S', 'SS']);
});

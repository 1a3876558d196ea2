import { afterAll, test as anyTest, beforeAll, describe, expect } from 'vitest';
import type { AttributeValue, Item } from '../../../function/src/core/attribute-value.ts';
import { indexDefinition } from '../../../function/src/opensearch/index-definition.ts';
import { parseExactly } from '../../support/exact-json.ts';
import { openStage, type Stage } from '../../support/function-stage.ts';
import { aTable } from '../../support/records.ts';

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

describe('settings and mappings of the table', () => {
  test.each([
    ['by their short names', { number_of_replicas: 2, refresh_interval: '5s' }],
    ['by their full names', { 'index.number_of_replicas': 2, 'index.refresh_interval': '5s' }],
    ['as objects', { index: { number_of_replicas: 2, refresh_interval: '5s' } }],
  ])('are merged over ours, %s', (_, settings) => {
    expect(indexDefinition(aTable({ settings })).settings).toMatchObject({
      'index.number_of_replicas': 2,
      'index.refresh_interval': '5s',
      'index.mapping.ignore_malformed': true,
    });
  });

  test('take the place of ours, however they are named', () => {
    for (const settings of [
      { 'mapping.total_fields.limit': 5 },
      { 'index.mapping.total_fields.limit': 5 },
      { mapping: { total_fields: { limit: 5 } } },
      { index: { mapping: { 'total_fields.limit': 5 } } },
    ]) {
      const found = indexDefinition(aTable({ settings })).settings;
      const named = Object.entries(found).filter(([name]) => name.includes('total_fields'));
      expect(named).toEqual([['index.mapping.total_fields.limit', 5]]);
    }
  });

  test('come before ours where the first that matches counts, and stand beside ours elsewhere', () => {
    const mine = { mine: { match: 'a*', mapping: { type: 'keyword' } } };
    const mappings = {
      dynamic: 'strict',
      date_detection: true,
      properties: { a: { type: 'keyword' } },
      dynamic_templates: [mine],
      _meta: { owner: 'me' },
    };
    const found = indexDefinition(aTable({ mappings })).mappings;
    expect(found).toMatchObject({
      dynamic: 'strict',
      date_detection: true,
      numeric_detection: false,
      properties: { a: { type: 'keyword' } },
      _meta: { owner: 'me', dynamodb_to_opensearch: { table: 'Orders' } },
    });
    expect(found['dynamic_templates']).toMatchObject([mine, {}, {}]);
  });
});

test('the conversion that an index was made for is in its mapping, and changes with what changes documents', () => {
  const conversion = (parts: Parameters<typeof aTable>[0]) =>
    JSON.stringify(indexDefinition(aTable(parts)).mappings['_meta']);
  const usual = conversion({});
  expect(conversion({ settings: { number_of_replicas: 2 } })).toBe(usual);
  const others = [
    conversion({ exclude: new Set(['a']) }),
    conversion({ include: new Set(['a']) }),
    conversion({ where: new Map([['a', new Set(['b'])]]) }),
    conversion({ profile: 'bfansports' }),
    conversion({ sortKey: { name: 'sk', type: 'S' } }),
  ];
  expect(new Set([usual, ...others]).size).toBe(6);
  expect(conversion({ exclude: new Set(['a', 'b']) })).toBe(
    conversion({ exclude: new Set(['b', 'a']) }),
  );
});

describe.concurrent.each(['3.8', '2.19'] as const)(
  'an index that the function made in OpenSearch %s',
  (openSearch) => {
    let stage: Stage;

    beforeAll(async () => {
      const tables = { wide: {}, numbers: {}, names: {}, mixed: {}, named: {}, pointed: {} };
      stage = await openStage({ openSearch, tables });
    });

    afterAll(() => stage.stop());

    const write = (suffix: string, items: readonly Item[]) => {
      const of = { table: `${stage.name}.${suffix}` };
      return stage.invoke(items.map((item, at) => stage.put(`k${at}`, item, of)));
    };

    const sources = async (suffix: string) =>
      [...(await stage.documents(`${stage.name}-${suffix}`)).values()].map(({ source }) => source);

    const fieldType = async (suffix: string, field: string) => {
      const index = `${stage.name}-${suffix}`;
      const response = await fetch(`${stage.openSearchUrl}/${index}/_mapping/field/${field}`);
      const found = (await response.json()) as {
        [index: string]: {
          mappings: { [field: string]: { mapping: { [field: string]: { type: string } } } };
        };
      };
      return found[index]?.mappings[field]?.mapping[field]?.type;
    };

    test('takes 32 levels, long texts and more than a thousand fields', async () => {
      const deep = (levels: number): AttributeValue =>
        levels === 0 ? { S: 'bottom' } : { M: { d: deep(levels - 1) } };
      const lists = (levels: number): AttributeValue =>
        levels === 0 ? { S: 'bottom' } : { L: [lists(levels - 1)] };
      const many = Array.from({ length: 1500 }, (_, at): [string, AttributeValue] => [
        `f${at}`,
        { S: 'x' },
      ]);
      const { metrics } = await write('wide', [
        { deep: deep(31) },
        { lists: lists(31) },
        { long: { S: 'ä'.repeat(40_000) } },
        { long: { S: 'x'.repeat(300_000) } },
        Object.fromEntries(many),
      ]);
      expect(metrics).toMatchObject({ Written: 5, DeadLettered: 0 });
      expect(await sources('wide')).toHaveLength(5);
    });

    test('takes all numbers of DynamoDB and keeps their digits', async () => {
      const numbers = [
        '1',
        '1.5',
        '12345678901234567890123456789012345678',
        '-12345678901234567890123456789012345678',
        '0.12345678901234567890123456789012345678',
        '9.9999999999999999999999999999999999999E+125',
        '-9.9E125',
        '1E-130',
        '9223372036854775808',
      ];
      const { metrics } = await write(
        'numbers',
        numbers.map((N) => ({ n: { N } })),
      );
      expect(metrics).toMatchObject({ Written: numbers.length });
      expect(await sources('numbers')).toEqual(
        numbers.map((text, at) => ({
          pk: `k${at}`,
          n: parseExactly(text.replace('E125', 'E+125')),
        })),
      );
      expect(await fieldType('numbers', 'n')).toBe('double');
    });

    test('takes lists of several kinds, and one that holds 1 and 2.5 first', async () => {
      const { metrics } = await write('mixed', [
        {
          first: { L: [{ N: '1' }, { N: '2.5' }] },
          mixed: { L: [{ N: '1' }, { S: 'a' }, { M: { a: { N: '1' } } }] },
        },
        {
          first: { L: [{ N: '2.5' }] },
          mixed: { L: [{ BOOL: true }, { NULL: true }, { L: [{ S: 'b' }] }] },
        },
        { set: { NS: ['1', '2.5'] }, date: { S: '2026-01-05' }, number: { S: '5' } },
        {
          set: { NS: ['12345678901234567890'] },
          date: { S: 'no date' },
          number: { S: 'no number' },
        },
      ]);
      expect(metrics).toMatchObject({ Written: 4 });
      expect(await fieldType('mixed', 'date')).toBe('text');
      expect(await fieldType('mixed', 'number')).toBe('text');
      expect(await fieldType('mixed', 'set')).toBe('double');
    });

    const METADATA = [
      ...['_id', '_index', '_source', '_routing', '_field_names', '_ignored', '_nested_path'],
      ...['_seq_no', '_primary_term', '_version', '_doc_count'],
    ];

    test('takes every name of OpenSearch’s metadata with one more underscore, and no two collide', async () => {
      const variants = METADATA.flatMap((name) => [name, `_${name}`, `__${name}`]);
      const values = variants.map((name): [string, AttributeValue] => [name, { S: `of ${name}` }]);
      const nested = METADATA.map((name): [string, AttributeValue] => [name, { S: `of ${name}` }]);
      const plain = [
        '_type',
        '_ttl',
        '_size',
        '_all',
        '_uid',
        '_parent',
        '_timestamp',
        '__proto__',
        'constructor',
      ];
      const unchanged = plain.map((name): [string, AttributeValue] => [name, { S: `of ${name}` }]);
      const map = Object.fromEntries(nested);
      const { metrics } = await write('names', [
        Object.fromEntries([...values, ...unchanged, ['nested', { M: map }]]),
        ...METADATA.map((name) => ({ [name]: { S: 'alone' } })),
      ]);
      expect(metrics).toMatchObject({ Written: 1 + METADATA.length, DeadLettered: 0 });
      const [first, ...alone] = await sources('names');
      expect(first).toEqual(
        Object.fromEntries([
          ...variants.map((name) => [`_${name}`, `of ${name}`]),
          ...plain.map((name) => [name, `of ${name}`]),
          ['nested', Object.fromEntries(METADATA.map((name) => [name, `of ${name}`]))],
          ['pk', 'k0'],
        ]),
      );
      expect(alone).toEqual(
        METADATA.map((name, at) => ({ pk: `k${at + 1}`, [`_${name}`]: 'alone' })),
      );
    });

    test('cannot take some names, at any depth: the records are dead-lettered, their neighbours are written', async () => {
      const named = ['.a', 'a..b', '', '.', '..'].flatMap((name): Item[] => [
        { [name]: { S: 'x' } },
        { m: { M: { [name]: { S: 'x' } } } },
      ]);
      const { metrics } = await write('named', [
        { good: { S: 'x' } },
        ...named,
        { good: { S: 'y' } },
      ]);
      expect(metrics).toMatchObject({ Written: 2, DeadLettered: named.length });
      const letters = stage.letters().map(({ letter }) => letter['id']);
      expect(letters).toEqual(named.map((_, at) => `k${at + 1}`));
    });

    test('takes a name with a point at its end for one without, and its source keeps it', async () => {
      const { metrics } = await write('pointed', [{ 'a.': { S: 'x' } }, { 'a.b': { S: 'y' } }]);
      expect(metrics).toMatchObject({ Written: 1, DeadLettered: 1 });
      expect(await sources('pointed')).toEqual([{ pk: 'k0', 'a.': 'x' }]);
    });
  },
);

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttributeValue, Item } from '../../../../function/src/core/attribute-value.ts';
import { JsonWriter } from '../../../../function/src/core/json-writer.ts';
import { composeItem } from '../../../../function/src/core/operation.ts';
import type { Table } from '../../../../function/src/core/table.ts';
import { indexDefinition } from '../../../../function/src/opensearch/index-definition.ts';
import {
  type Cause,
  type Complaint,
  causeOf,
} from '../../../../function/src/operator/replay/cause.ts';
import { texts } from '../../../support/arbitraries.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import { aTable } from '../../../support/records.ts';
import { sharedServer } from '../../../support/shared-server.ts';

/** What a table says of its index. */
type Definition = { readonly mappings?: Table['mappings']; readonly settings?: Table['settings'] };

/** An item that such an index refuses. */
type Refused = Definition & { readonly attributes: Item };

const TYPES = ['long', 'double', 'date', 'boolean', 'geo_shape', 'object'] as const;

describe.each(['3.8', '2.19'] as const)('what OpenSearch %s refuses is explained', (version) => {
  const indexes: string[] = [];
  let url: string;
  let typed: string; // an index with a field of each type, named as the type
  beforeAll(async () => {
    url = await sharedServer(`opensearch-${version}`);
    const properties = Object.fromEntries(TYPES.map((type) => [type, { type }]));
    const settings = { 'index.mapping.ignore_malformed': false };
    typed = await createIndex({ mappings: { properties }, settings });
  });
  afterAll(() => Promise.all(indexes.map((index) => askOpenSearch(url, 'DELETE', `/${index}`))));

  const createIndex = async ({ mappings = {}, settings = {} }: Definition): Promise<string> => {
    const index = `cause-${randomUUID()}`;
    const definition = indexDefinition(aTable({ index, mappings, settings }));
    await askOpenSearch(url, 'PUT', `/${index}`, definition);
    indexes.push(index);
    return index;
  };

  /** Has an index refuse an item, and returns the cause. */
  const refuse = async (index: string, attributes: Item): Promise<Cause> => {
    const table = aTable({ index });
    const image = { pk: { S: 'secret' }, ...attributes };
    const target = { table, id: 'secret', version: 1n, changes: [] };
    const operation = composeItem(target, image, new JsonWriter());
    const response = await fetch(`${url}/${index}/_bulk`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: Buffer.from(operation?.lines ?? []),
    });
    const { items } = JSON.parse(await response.text());
    const { status, error } = items[0].index;
    return causeOf({ table, status, type: error.type, reason: error.reason, image });
  };

  test.each<[kind: string, type: (typeof TYPES)[number], value: AttributeValue]>([
    ['text', 'long', { S: 'secret' }],
    ['boolean', 'long', { BOOL: true }],
    ['map', 'long', { M: { a: { S: 'secret' } } }],
    ['list', 'long', { L: [{ S: 'secret' }] }],
    ['set', 'double', { SS: ['secret'] }],
    ['binary', 'date', { B: 'c2VjcmV0' }],
    ['number', 'boolean', { N: '12' }],
    ['text', 'geo_shape', { S: 'secret' }],
    ['text', 'object', { S: 'secret' }],
    ['list', 'object', { L: [{ N: '1' }] }],
  ])('%s where %s is mapped', async (kind, type, value) => {
    expect(await refuse(typed, { [type]: value })).toEqual({
      place: `Orders.${type}`,
      what: `${kind} where ${type} is mapped`,
      cure: `Give ${type} a type that takes both in mappings and make the index anew, or list ${type} in exclude.`,
    });
  });

  test('a nested document is an object, and fields of maps in lists are found', async () => {
    const price = { M: { price: { S: 'secret' } } };
    const properties = { lines: { properties: { price: { type: 'nested' } } } };
    const index = await createIndex({ mappings: { properties } });
    expect(await refuse(index, { lines: { L: [price] } })).toEqual({
      place: 'Orders.lines.price',
      what: 'text where object is mapped',
      cure: 'Give lines.price a type that takes both in mappings and make the index anew, or list lines in exclude.',
    });
  });

  test.each<[what: string, place: string, refused: Refused]>([
    [
      'name with a dot, below a field that is mapped as text',
      'Orders.a.b',
      { mappings: { properties: { a: { type: 'text' } } }, attributes: { 'a.b': { S: 'secret' } } },
    ],
    [
      'map and something else in one document',
      'Orders.a',
      { attributes: { a: { N: '1' }, 'a.b': { N: '2' } } },
    ],
    [
      'attribute that the mapping does not have and does not admit',
      'Orders.more',
      {
        mappings: { dynamic: 'strict', properties: { pk: { type: 'keyword' } } },
        attributes: { more: { S: 'secret' } },
      },
    ],
    [
      'attribute that the mapping does not have and does not admit',
      'Orders.a.more',
      {
        mappings: { properties: { a: { type: 'object', dynamic: 'strict' } } },
        attributes: { a: { M: { more: { S: 'secret' } } } },
      },
    ],
    [
      'text longer than a keyword may be, 32,766 bytes',
      'Orders.a',
      {
        mappings: { properties: { a: { type: 'keyword' } } },
        attributes: { a: { S: 'secret'.repeat(6000) } },
      },
    ],
    [
      'more than 3 fields in the index',
      'Orders',
      {
        settings: { 'index.mapping.total_fields.limit': 3 },
        attributes: { a: { N: '1' }, b: { N: '1' }, c: { N: '1' } },
      },
    ],
    [
      'more than 1 nested documents in one',
      'Orders',
      {
        settings: { 'index.mapping.nested_objects.limit': 1 },
        mappings: { properties: { a: { type: 'nested' } } },
        attributes: { a: { L: [{ M: { b: { N: '1' } } }, { M: { b: { N: '2' } } }] } },
      },
    ],
    [
      'name that OpenSearch cannot hold as a path',
      'Orders..a',
      { attributes: { '.a': { S: 'secret' } } },
    ],
    [
      'name that OpenSearch cannot hold as a path',
      'Orders.a',
      { attributes: { a: { M: { '': { S: 'secret' } } } } },
    ],
    [
      'maps nested 25 levels deep',
      'Orders',
      { settings: { 'index.mapping.depth.limit': 20 }, attributes: { a: nested(25) } },
    ],
    [
      'document that OpenSearch cannot parse, without saying where',
      'Orders',
      {
        mappings: { properties: { price: { type: 'binary' } } },
        attributes: { price: { M: { a: { S: 'secret' } } } },
      },
    ],
    [
      'routing_missing_exception',
      'Orders',
      { mappings: { _routing: { required: true } }, attributes: {} },
    ],
  ])('%s, at %s', async (what, place, refused) => {
    const cause = await refuse(await createIndex(refused), refused.attributes);
    expect(cause).toMatchObject({ place, what });
    expect(JSON.stringify(cause)).not.toContain('secret');
  });
});

const nested = (levels: number): AttributeValue =>
  levels === 0 ? { S: 'secret' } : { M: { a: nested(levels - 1) } };

const aComplaint = (parts: Partial<Complaint>): Complaint => ({
  table: aTable(),
  status: 400,
  type: 'mapper_parsing_exception',
  reason: '',
  image: undefined,
  ...parts,
});

test('a document that is too large, and an item that cannot be read', () => {
  expect(causeOf(aComplaint({ status: 413, type: 'http_413' })).what).toBe(
    'document larger than OpenSearch takes',
  );
  expect(
    causeOf(aComplaint({ type: 'malformed_record', reason: 'the image holds …' })),
  ).toMatchObject({
    place: 'Orders',
    what: 'the image holds …',
  });
});

test('without an image it is a value that does not fit', () => {
  const reason =
    "failed to parse field [a.b] of type [long] in document with id 'x'. Preview of field's value: 'v'";
  expect(causeOf(aComplaint({ reason }))).toMatchObject({
    place: 'Orders.a.b',
    what: 'value where long is mapped',
    cure: expect.stringContaining('list a in exclude'),
  });
});

test('names that read like the sentence itself are told from it', () => {
  const name = 'a] of type [x';
  const reason = `failed to parse field [${name}] of type [long] in document with id 'x'. Preview of field's value: '] of type [date] in document with id '`;
  expect(causeOf(aComplaint({ reason, image: { [name]: { S: '' } } }))).toMatchObject({
    place: `Orders.${name}`,
    what: 'text where long is mapped',
  });
});

test('whatever is said, of whatever image, has a cause that quotes no value', () => {
  const value = 'v4lue'; // no name has it
  const sentence = fc.constantFrom(
    (name: string) =>
      `failed to parse field [${name}] of type [long] in document with id '${value}'. Preview of field's value: '${value}'`,
    (name: string) =>
      `object mapping for [${name}] tried to parse field [${name}] as object, but found a concrete value`,
    () => 'failed to parse',
    () => value,
  );
  fc.assert(
    fc.property(sentence, texts, fc.anything(), (say, name, anything) => {
      const image = JSON.parse(JSON.stringify({ [name]: { S: value }, more: anything ?? null }));
      const cause = causeOf(aComplaint({ reason: say(name), image }));
      expect(JSON.stringify(cause)).not.toContain(value);
    }),
  );
});

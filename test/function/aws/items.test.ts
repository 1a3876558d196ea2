import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../../function/src/core/attribute-value.ts';
import { askDynamoDB } from '../../support/ask-dynamodb.ts';
import { openStage, type Stage } from '../../support/function-stage.ts';
import { sharedServer } from '../../support/shared-server.ts';

const KEYS = [
  { name: 'pk', type: 'B' },
  { name: 'sk', type: 'N' },
] as const;

let dynamoDBUrl: string;
let stage: Stage;

beforeAll(async () => {
  dynamoDBUrl = await sharedServer('dynamodb-local');
  // A key attribute may be called anything.
  const odd = { keys: [{ name: '__proto__', type: 'S' }] };
  stage = await openStage({ dynamoDBUrl, table: { keys: KEYS }, tables: { odd } });
  await createTable(stage.name, KEYS);
  await createTable(`${stage.name}.odd`, [{ name: '__proto__', type: 'S' }]);
});

afterAll(() => stage.stop());

const createTable = (
  name: string,
  keys: readonly { readonly name: string; readonly type: string }[],
) =>
  askDynamoDB(dynamoDBUrl, 'CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: keys.map((key, position) => ({
      AttributeName: key.name,
      KeyType: position === 0 ? 'HASH' : 'RANGE',
    })),
  });

/** An item from its JSON text, so that an attribute called `__proto__` is one. */
const item = (text: string): Item => JSON.parse(text);

const putItem = (table: string, text: string) =>
  askDynamoDB(dynamoDBUrl, 'PutItem', `{"TableName":"${table}","Item":${text}}`);

/** An item as DynamoDB writes it, which is how its streams do. */
const getItem = async (table: string, key: Item): Promise<unknown> =>
  JSON.parse(await askDynamoDB(dynamoDBUrl, 'GetItem', { TableName: table, Key: key })).Item;

/** The document's source as text, with everything that a parser might lose. */
const sourceOf = async (index: string, id: string): Promise<string> => {
  const path = `${stage.openSearchUrl}/${index}/_source/${encodeURIComponent(id)}`;
  return (await fetch(path)).text();
};

const key = (sort: string): Item => ({ pk: { B: 'AP+/' }, sk: { N: sort } });

test.each([
  ['__proto__', '"__proto__":{"S":"p"}'],
  ['__proto__ in a map', '"m":{"M":{"__proto__":{"M":{"constructor":{"S":"c"}}}}}'],
  [
    'constructor and its like',
    '"constructor":{"S":"c"},"toString":{"BOOL":true},"hasOwnProperty":{"NULL":true}',
  ],
  [
    '38 digits',
    '"n":{"N":"12345678901234567890123456789012345678"},"d":{"N":"-0.12345678901234567890123456789012345678"}',
  ],
  [
    'the largest and the smallest number',
    '"n":{"N":"9.9999999999999999999999999999999999999E+125"},"small":{"N":"1E-130"}',
  ],
  ['sets', '"s":{"SS":["b","a"]},"n":{"NS":["1","2.5","38"]},"b":{"BS":["AP+/","AQ=="]}'],
  ['binary', '"b":{"B":"AP+/"},"e":{"B":""},"l":{"L":[{"B":"AQ=="}]}'],
  ['lists of several kinds', '"l":{"L":[{"N":"1"},{"S":"a"},{"L":[{"NULL":true}]},{"M":{}}]}'],
  [
    'odd texts',
    '"t":{"S":"\\u0000\\u2028\\ud83d\\ude00"},"e":{"S":""}," ":{"S":"x"},"😀":{"S":"y"}',
  ],
  ['metadata names', '"_id":{"S":"a"},"__id":{"S":"b"},"_source":{"N":"1"}'],
])(
  'an item with %s has the same document from the table as from the stream',
  async (_, attributes) => {
    const sort = String(Math.floor(Math.random() * 1e9));
    const text = `{"pk":{"B":"AP+/"},"sk":{"N":"${sort}"},${attributes}}`;
    await putItem(stage.name, text);
    const id = `AP+/|${sort}`;
    const streamed = await stage.invoke([
      stage.record({ keys: key(sort), image: await getItem(stage.name, key(sort)) }),
    ]);
    expect(streamed.metrics).toMatchObject({ Written: 1, Reread: 0 });
    const fromStream = await sourceOf(stage.name, id);
    const keysOnly = stage.record({ keys: key(sort), image: undefined });
    expect((await stage.invoke([keysOnly])).metrics).toMatchObject({ Written: 1, Reread: 1 });
    const fromTable = await sourceOf(stage.name, id);
    expect(sorted(fromTable)).toBe(sorted(fromStream));
    for (const name of Object.keys(item(text))) expect(fromTable).toContain(name);
  },
);

/** The text with its characters sorted: DynamoDB gives attributes and members of sets in its own order. */
const sorted = (text: string): string => [...text].sort().join('');

test('a numeric key finds its item however the record writes it', async () => {
  await putItem(stage.name, '{"pk":{"B":"AP+/"},"sk":{"N":"1.50"},"a":{"S":"x"}}');
  const spellings = ['1.50', '1.5', '15E-1', '+01.500'];
  const records = spellings.map((sort) => stage.record({ keys: key(sort), image: undefined }));
  const { metrics } = await stage.invoke(records);
  expect(metrics).toMatchObject({ Written: 1, Folded: 3, Reread: 1 });
  expect(await sourceOf(stage.name, 'AP+/|1.5')).toContain('"a":"x"');
});

test('an item whose key is called __proto__ is found', async () => {
  const table = `${stage.name}.odd`;
  await putItem(table, '{"__proto__":{"S":"k"},"a":{"S":"x"}}');
  const keys = item('{"__proto__":{"S":"k"}}');
  const { metrics } = await stage.invoke([stage.record({ table, keys, image: undefined })]);
  expect(metrics).toMatchObject({ Written: 1, Reread: 1 });
  const source = await sourceOf(`${stage.name}-odd`, 'k');
  expect(source).toContain('"__proto__":"k"');
  expect(source).toContain('"a":"x"');
});

test('items that are gone are deleted, among more than a hundred that are not', async () => {
  const sorts = Array.from({ length: 120 }, (_, position) => String(1000 + position));
  const held = sorts.filter((_, position) => position % 3 > 0);
  await Promise.all(
    held.map((sort) => putItem(stage.name, `{"pk":{"B":"AP+/"},"sk":{"N":"${sort}"}}`)),
  );
  await stage.invoke(sorts.map((sort) => stage.record({ keys: key(sort), image: key(sort) })));
  const { metrics } = await stage.invoke(
    sorts.map((sort) => stage.record({ keys: key(sort), image: undefined })),
  );
  expect(metrics).toMatchObject({ Written: 120, Reread: 120 });
  const documents = await stage.documents();
  expect(sorts.filter((sort) => documents.has(`AP+/|${sort}`))).toEqual(held);
});

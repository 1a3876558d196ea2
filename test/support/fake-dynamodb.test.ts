import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import { type FakeDynamoDB, startFakeDynamoDB } from './fake-dynamodb.ts';
import { sharedServer } from './shared-server.ts';

const TABLE = `fake-${crypto.randomUUID()}`;

let fake: FakeDynamoDB;
let realUrl: string;

const item = (pk: string, sk: string): Item => ({
  pk: { S: pk },
  sk: { N: sk },
  a: { S: `${pk}${sk}` },
});

const ITEMS = [item('a', '1'), item('a', '2'), item('b', '1.5')];

beforeAll(async () => {
  fake = await startFakeDynamoDB();
  fake.tables.set(TABLE, { keys: ['pk', 'sk'], items: ITEMS });
  realUrl = await sharedServer('dynamodb-local');
  await askDynamoDB(realUrl, 'CreateTable', {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  for (const Item of ITEMS) await askDynamoDB(realUrl, 'PutItem', { TableName: TABLE, Item });
});

beforeEach(() => fake.answerAtMost(100));

afterAll(() => fake.stop());

const key = (pk: string, sk: string): Item => ({ pk: { S: pk }, sk: { N: sk } });

const read = (url: string, keys: readonly Item[], table = TABLE) =>
  askDynamoDB(url, 'BatchGetItem', {
    RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
  });

/** An answer whose items are sorted: DynamoDB promises no order. */
const sorted = (answer: string) => {
  const { Responses: responses, UnprocessedKeys: unprocessed } = JSON.parse(answer);
  const texts = responses[TABLE].map((found: Item) => JSON.stringify(Object.entries(found).sort()));
  return { items: texts.sort(), unprocessed };
};

test.each([
  ['items that are there', [key('a', '1'), key('b', '1.5')]],
  ['items that are not', [key('c', '1'), key('a', '3')]],
  ['keys with numbers in another spelling', [key('a', '1.0'), key('b', '15E-1')]],
  ['a hundred keys', Array.from({ length: 100 }, (_, at) => key('a', String(at)))],
])('it answers %s as DynamoDB does', async (_, keys) => {
  expect(sorted(await read(fake.url, keys))).toEqual(sorted(await read(realUrl, keys)));
});

test.each([
  ['no keys', [], TABLE, 'ValidationException'],
  [
    'too many keys',
    Array.from({ length: 101 }, (_, at) => key('a', String(at))),
    TABLE,
    'ValidationException',
  ],
  ['the same key twice', [key('a', '1'), key('a', '1')], TABLE, 'ValidationException'],
  ['half a key', [{ pk: { S: 'a' } }], TABLE, 'ValidationException'],
  ['more than a key', [item('a', '1')], TABLE, 'ValidationException'],
  ['no such table', [key('a', '1')], 'no-such-table', 'ResourceNotFoundException'],
])('it refuses %s as DynamoDB does', async (_, keys, table, type) => {
  await expect(read(realUrl, keys, table)).rejects.toThrow(type);
  await expect(read(fake.url, keys, table)).rejects.toThrow(type);
});

test('it leaves keys unprocessed when it is told to', async () => {
  fake.answerAtMost(1);
  const answer = JSON.parse(await read(fake.url, [key('a', '1'), key('a', '2')]));
  expect(answer.Responses[TABLE]).toEqual([ITEMS[0]]);
  expect(answer.UnprocessedKeys[TABLE].Keys).toEqual([key('a', '2')]);
});

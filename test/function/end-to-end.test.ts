import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Item } from '../../function/src/core/attribute-value.ts';
import type { EventSourceMapping } from '../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { askDynamoDB } from '../support/ask-dynamodb.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import { createTable, openStream } from '../support/dynamodb-table.ts';
import type { Behaviour } from '../support/fault-proxy.ts';
import { answering, cutAfter, cutBefore, failingItems, healthy, slow } from '../support/faults.ts';
import { followStream } from '../support/followed-stream.ts';
import { openStage, type Stage } from '../support/function-stage.ts';
import { metricLines } from '../support/metric-lines.ts';
import { sharedServer } from '../support/shared-server.ts';

const TIMEOUT_MILLISECONDS = 5000;

let dynamoDBUrl: string;
let stage: Stage;
let tables: readonly FollowedTable[];

type FollowedTable = {
  readonly name: string;
  readonly index: string;
  readonly mapping: EventSourceMapping;
  /** The key of a number, as an item has it, and the id of its document. */
  readonly keyOf: (number: number) => { readonly key: Item; readonly id: string };
};

beforeAll(async () => {
  dynamoDBUrl = await sharedServer('dynamodb-local');
  // An object: a text in its place is refused.
  const mappings = { properties: { poison: { type: 'object' } } };
  const keys = [
    { name: 'pk', type: 'S' },
    { name: 'sk', type: 'N' },
  ];
  const bare = { mappings, keys: [{ name: 'id', type: 'B' }] };
  stage = await openStage({ dynamoDBUrl, table: { mappings, keys }, tables: { bare } });
  tables = [
    {
      name: stage.name,
      index: stage.name,
      mapping: await follow(stage.name, keys, 'NEW_AND_OLD_IMAGES'),
      keyOf: (number) => ({
        key: { pk: { S: `p|${number % 3}` }, sk: { N: `${number}.5` } },
        id: `p\\|${number % 3}|${number}.5`,
      }),
    },
    {
      name: `${stage.name}.bare`,
      index: `${stage.name}-bare`,
      mapping: await follow(`${stage.name}.bare`, bare.keys, 'KEYS_ONLY'),
      keyOf: (number) => {
        const text = Buffer.from([0xff, number]).toString('base64');
        return { key: { id: { B: text } }, id: text };
      },
    },
  ];
});

afterAll(async () => {
  await Promise.all(tables.map(({ mapping }) => mapping.stop()));
  await stage.stop();
});

type Key = { readonly name: string; readonly type: string };

/** Makes a table with a stream, and the event source mapping between it and the function. */
const follow = async (
  name: string,
  keys: readonly Key[],
  viewType: string,
): Promise<EventSourceMapping> => {
  await createTable(dynamoDBUrl, { name, keys });
  return followStream({
    dynamoDBUrl,
    streamArn: await openStream(dynamoDBUrl, name, viewType),
    invoke: (event) => stage.invokeText(event, TIMEOUT_MILLISECONDS),
    settings: { batchSize: 40, bisectBatchOnFunctionError: true },
  });
};

const KEYS = 24;

type Write = {
  readonly table: number;
  readonly key: number;
  readonly effect: 'put' | 'poison' | 'delete';
};

const writes = (count: number) =>
  fc.array(
    fc.record<Write>({
      table: fc.nat({ max: 1 }),
      key: fc.nat({ max: KEYS - 1 }),
      effect: fc.constantFrom('put', 'put', 'put', 'put', 'put', 'poison', 'delete', 'delete'),
    }),
    { minLength: count, maxLength: count },
  );

/** Every key of both tables, in any order. */
const sweep = fc
  .shuffledSubarray(
    Array.from({ length: KEYS * 2 }, (_, at) => at),
    { minLength: KEYS * 2 },
  )
  .chain((order) =>
    fc.tuple(
      ...order.map((at) =>
        fc.constantFrom<Write['effect']>('put', 'put', 'poison', 'delete').map((effect) => ({
          table: at % 2,
          key: Math.floor(at / 2),
          effect,
        })),
      ),
    ),
  );

const isUnlucky = (id: string, share: number) =>
  (id.length * 7 + id.charCodeAt(id.length - 1) + share) % 3 === 0;

const faults: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(healthy) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      answering(429),
      answering(503, '<html>'),
      cutBefore,
      cutAfter,
      slow(300),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ share: fc.nat({ max: 2 }), status: fc.constantFrom(429, 503) }).map(
      ({ share, status }): Behaviour =>
        (request, passOn) =>
          request.path.includes('/_bulk')
            ? failingItems((id) => (isUnlucky(id, share) ? { status } : undefined))(request, passOn)
            : passOn(),
    ),
  },
);

test('after random writes and random faults, and an index that was deleted under way, the index equals the table, each difference has its letter, and the counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(
      writes(150),
      writes(100),
      sweep,
      fc.infiniteStream(faults),
      async (before, after, last, behaviours) => {
        stage.openSearch.behave((request, passOn) =>
          (behaviours.next().value ?? healthy)(request, passOn),
        );
        for (const write of before) await apply(write);
        await Promise.all(tables.map(({ index }) => remove(index)));
        for (const write of [...after, ...last]) await apply(write);
        stage.openSearch.behave();
        await Promise.all(tables.map(({ mapping }) => mapping.drained()));
        for (const table of tables) await expectEquality(table);
        expectAccount();
      },
    ),
    { numRuns: 1 },
  );
});

const remove = async (index: string) => {
  await sleep(300); // something of the first writes is in it
  await askOpenSearch(stage.openSearchUrl, 'DELETE', `/${index}?ignore_unavailable=true`);
};

let version = 0; // of the item that was put last

const apply = async ({ table, key: number, effect }: Write) => {
  const { name, keyOf } = tables[table] ?? raise();
  const { key } = keyOf(number);
  if (effect === 'delete') {
    await askDynamoDB(dynamoDBUrl, 'DeleteItem', { TableName: name, Key: key });
    return;
  }
  const attributes = {
    version: { N: String(++version) },
    poison: effect === 'poison' ? { S: 'no object' } : { M: { a: { S: 'x' } } },
    set: { NS: ['12345678901234567890123456789012345678', '1.5'] },
  };
  const text = JSON.stringify({ ...key, ...attributes });
  const item = text.replace(/}$/, ',"__proto__":{"S":"p"},"constructor":{"B":"AP8="}}');
  await askDynamoDB(dynamoDBUrl, 'PutItem', `{"TableName":"${name}","Item":${item}}`);
};

const raise = (): never => {
  throw new Error('there is no such table');
};

/** The versions of items by the ids of their documents. */
const itemsOf = async ({ name, keyOf }: FollowedTable): Promise<ReadonlyMap<string, Item>> => {
  const { Items: items } = JSON.parse(
    await askDynamoDB(dynamoDBUrl, 'Scan', { TableName: name, ConsistentRead: true }),
  );
  const ids = new Map(
    Array.from({ length: KEYS }, (_, number) => [
      JSON.stringify(keyOf(number).key),
      keyOf(number).id,
    ]),
  );
  const idOf = ({ pk, sk, id }: { pk?: unknown; sk?: unknown; id?: unknown }) =>
    ids.get(JSON.stringify(id === undefined ? { pk, sk } : { id })) ?? raise();
  return new Map(items.map((item: Item) => [idOf(item), item]));
};

const expectEquality = async (table: FollowedTable) => {
  const items = await itemsOf(table);
  const documents = await stage.documents(table.index);
  const healthyItems = [...items].filter(([, item]) => item['poison']?.M !== undefined);
  for (const [id, item] of healthyItems) {
    expect(documents.get(id)?.source, id).toMatchObject({
      version: Number(item['version']?.N),
      poison: { a: 'x' },
      constructor: 'AP8=',
    });
    expect(Object.keys(documents.get(id)?.source ?? {})).toContain('__proto__');
  }
  const letters = stage.letters().filter(({ letter }) => letter['table'] === table.name);
  const rejected = new Set(letters.map(({ letter }) => letter['id']));
  for (const [id, item] of items) {
    if (item['poison']?.S !== undefined) expect(rejected).toContain(id);
  }
  // A document without an item can only be what a rejected item left behind.
  const orphans = [...documents.keys()].filter((id) => !items.has(id));
  expect(orphans).toEqual([]);
};

const expectAccount = () => {
  const lines = metricLines(stage.takeLines());
  for (const { name, mapping } of tables) {
    const ofTable = lines.filter(({ table }) => table === name);
    const sum = (metric: string) =>
      ofTable.reduce((total, line) => total + Number(line[metric]), 0);
    const { received, settled, discarded } = mapping.statistics;
    expect(sum('Received') - sum('Retried')).toBe(received);
    expect({ settled, discarded }).toEqual({ settled: received, discarded: 0 });
    const outcomes = ['Written', 'Folded', 'Superseded', 'DeadLettered'].map(sum);
    expect(outcomes.reduce((total, count) => total + count)).toBe(received);
  }
};

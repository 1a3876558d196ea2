import { afterAll, test as anyTest, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Item } from '../../function/src/core/attribute-value.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import { type FakeDynamoDB, type FakeTable, startFakeDynamoDB } from '../support/fake-dynamodb.ts';
import { type Behaviour, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import {
  answering,
  cutBefore,
  inTurn,
  isBulk,
  onBulk,
  silentAfter,
  slow,
  stallingAfter,
} from '../support/faults.ts';
import { openStage, type Stage, warmUp } from '../support/function-stage.ts';

// Stages stand side by side; the tests of one wait for each other.
const test = anyTest.sequential;

const MICROSECONDS = 1_000_000;
const HASTY_MILLISECONDS = 3000; // a second of work

const blocks = [
  ['3.8', 'what DynamoDB says'],
  ['2.19', 'what DynamoDB says'],
  ['3.8', 'what DynamoDB does not say'],
] as const;

describe.concurrent.each(blocks)('with OpenSearch %s, %s', (openSearch, block) => {
  let fake: FakeDynamoDB;
  let dynamoDB: FaultProxy;
  let stage: Stage;
  let table: FakeTable;

  beforeAll(async () => {
    fake = await startFakeDynamoDB();
    dynamoDB = await startFaultProxy(fake.url);
    stage = await openStage({ openSearch, dynamoDBUrl: dynamoDB.url });
    table = { keys: ['pk'], items: [] };
    fake.tables.set(stage.name, table);
    await warmUp(HASTY_MILLISECONDS)(stage);
  });

  beforeEach(() => {
    stage.openSearch.behave();
    dynamoDB.behave();
    fake.answerAtMost(100);
  });

  afterAll(async () => {
    await stage.stop();
    await dynamoDB.stop();
    await fake.stop();
  });

  const nowSeconds = () => Math.floor(Date.now() / 1000);

  /** Puts an item into the table. */
  const hold = (key: string, attributes: Item = {}): Item => {
    const item = { pk: { S: key }, ...attributes };
    table.items.push(item);
    return item;
  };

  /** Puts a document into the index, as if a change of that second had. */
  const index = (key: string, seconds: number) =>
    askOpenSearch(
      stage.openSearchUrl,
      'PUT',
      `/${stage.name}/_doc/${key}?version_type=external_gte&version=${seconds * MICROSECONDS}`,
      { pk: key, from: 'another' },
    );

  const documentOf = async (key: string) => (await stage.documents()).get(key);

  if (block === 'what DynamoDB says')
    describe.sequential('a record without the image it needs', () => {
      test.each([
        ['KEYS_ONLY', {}],
        ['OLD_IMAGE', { OldImage: { pk: { S: 'k' }, a: { S: 'old' } } }],
      ])('of a stream of %s is settled by what the table holds', async (viewType, images) => {
        const [here, gone] = [crypto.randomUUID(), crypto.randomUUID()];
        hold(here, { a: { S: 'current' } });
        await stage.invoke([stage.put(gone)]);
        const bare = (key: string, eventName: string) => {
          const record = stage.record({ eventName, keys: { pk: { S: key } }, image: undefined });
          return {
            ...record,
            dynamodb: { ...record.dynamodb, StreamViewType: viewType, ...images },
          };
        };
        const { metrics } = await stage.invoke([bare(here, 'INSERT'), bare(gone, 'MODIFY')]);
        expect(metrics).toMatchObject({ Written: 2, Reread: 2 });
        expect(await documentOf(here)).toMatchObject({ source: { pk: here, a: 'current' } });
        expect(await documentOf(gone)).toBeUndefined();
      });

      test('is not read when it is a removal', async () => {
        const key = crypto.randomUUID();
        hold(key);
        const { metrics } = await stage.invoke([stage.remove(key)]);
        expect(metrics).toMatchObject({ Written: 1, Reread: 0 });
      });

      test('is read once for all of its key', async () => {
        const key = crypto.randomUUID();
        hold(key);
        const before = fake.readings.length;
        const bare = { image: undefined, eventName: 'MODIFY' };
        const { metrics } = await stage.invoke([
          stage.put(key),
          stage.put(key, {}, bare),
          stage.put(key, {}, bare),
        ]);
        expect(metrics).toMatchObject({ Written: 1, Folded: 2, Reread: 1 });
        expect(fake.readings.slice(before)).toEqual([[{ pk: { S: key } }]]);
      });

      test('is read by its key alone, whatever else the record names among its keys', async () => {
        const key = crypto.randomUUID();
        hold(key);
        const keys = { pk: { S: key }, other: { S: 'x' } };
        const { metrics } = await stage.invoke([stage.record({ keys, image: undefined })]);
        expect(metrics).toMatchObject({ Written: 1, Reread: 1 });
      });

      test('is read in hundreds, until no key is unprocessed', async () => {
        fake.answerAtMost(45);
        const keys = Array.from({ length: 230 }, () => crypto.randomUUID());
        for (const key of keys) hold(key);
        const before = fake.readings.length;
        const records = keys.map((key) => stage.put(key, {}, { image: undefined }));
        const { metrics } = await stage.invoke(records);
        expect(metrics).toMatchObject({ Written: 230, Reread: 230 });
        const sizes = fake.readings.slice(before).map((reading) => reading.length);
        expect(sizes.slice(0, 3)).toEqual([100, 100, 30]);
        expect(sizes.length).toBeGreaterThan(5);
      });

      test('comes again when DynamoDB processes nothing', async () => {
        fake.answerAtMost(0);
        const key = crypto.randomUUID();
        hold(key);
        const records = [stage.put(crypto.randomUUID()), stage.put(key, {}, { image: undefined })];
        const { metrics, retryFrom } = await stage.invoke(records, HASTY_MILLISECONDS);
        expect(metrics).toMatchObject({ Written: 1, Retried: 1, Reread: 0 });
        expect(retryFrom).toBe(records[1]?.dynamodb?.SequenceNumber);
      });
    });

  if (block === 'what DynamoDB says')
    describe.sequential('a conflict', () => {
      test('with a version less than a minute above is settled by what the table holds, above that version', async () => {
        const [here, gone] = [crypto.randomUUID(), crypto.randomUUID()];
        const seconds = nowSeconds() - 50;
        await index(here, seconds + 45);
        await index(gone, seconds + 45);
        hold(here, { a: { S: 'current' } });
        const records = [
          stage.put(here, { a: { S: 'of the record' } }, { seconds }),
          stage.put(gone, {}, { seconds }),
        ];
        const { metrics } = await stage.invoke(records);
        expect(metrics).toMatchObject({ Written: 2, Reread: 2, Superseded: 0 });
        expect(await documentOf(here)).toMatchObject({
          source: { pk: here, a: 'current' },
          version: (seconds + 45) * MICROSECONDS + 1,
        });
        expect(await documentOf(gone)).toBeUndefined();
      });

      test('of a removal is settled in the same way', async () => {
        const key = crypto.randomUUID();
        const seconds = nowSeconds() - 10;
        await index(key, seconds + 5);
        hold(key, { a: { S: 'is back' } });
        const { metrics } = await stage.invoke([stage.remove(key, { seconds })]);
        expect(metrics).toMatchObject({ Written: 1, Reread: 1 });
        expect(await documentOf(key)).toMatchObject({ source: { a: 'is back' } });
      });

      test('with a version more than a minute above supersedes the record, which is not read', async () => {
        const key = crypto.randomUUID();
        const seconds = nowSeconds() - 100;
        await index(key, seconds + 61);
        const { metrics } = await stage.invoke([stage.put(key, {}, { seconds })]);
        expect(metrics).toMatchObject({ Superseded: 1, Reread: 0 });
        expect(await documentOf(key)).toMatchObject({ source: { from: 'another' } });
      });

      test('with a version in the future is settled by what the table holds, again and again', async () => {
        const key = crypto.randomUUID();
        const future = nowSeconds() + 86_400;
        await index(key, future);
        const item = hold(key, { n: { N: '1' } });
        expect((await stage.invoke([stage.put(key)])).metrics).toMatchObject({
          Written: 1,
          Reread: 1,
        });
        expect(await documentOf(key)).toMatchObject({
          source: { n: 1 },
          version: future * MICROSECONDS + 1,
        });
        table.items.splice(table.items.indexOf(item), 1, { ...item, n: { N: '2' } });
        expect((await stage.invoke([stage.put(key)])).metrics).toMatchObject({
          Written: 1,
          Reread: 1,
        });
        expect(await documentOf(key)).toMatchObject({
          source: { n: 2 },
          version: future * MICROSECONDS + 2,
        });
      });

      test('that comes up again while the item is read is settled in the end', async () => {
        const key = crypto.randomUUID();
        const seconds = nowSeconds() - 40;
        await index(key, seconds + 10);
        hold(key, { a: { S: 'current' } });
        // Between the reading and the writing somebody else writes at a higher version.
        const overtaken: Behaviour = async (_request, passOn) => {
          const reply = await passOn();
          await index(key, seconds + 20);
          return reply;
        };
        dynamoDB.behave(inTurn([overtaken]));
        const { metrics } = await stage.invoke([stage.put(key, {}, { seconds })]);
        expect(metrics).toMatchObject({ Written: 1, Reread: 2 });
        expect(await documentOf(key)).toMatchObject({
          source: { a: 'current' },
          version: (seconds + 20) * MICROSECONDS + 1,
        });
      });

      test('holds up none of its neighbours', async () => {
        const keys = Array.from({ length: 5 }, () => crypto.randomUUID());
        const seconds = nowSeconds() - 5;
        await index(keys[2] ?? '', seconds + 2);
        dynamoDB.behave(answering(400, { __type: 'ThrottlingException' }));
        const records = keys.map((key) => stage.put(key, {}, { seconds }));
        const { metrics, retryFrom } = await stage.invoke(records, HASTY_MILLISECONDS);
        expect(retryFrom).toBe(records[2]?.dynamodb?.SequenceNumber);
        expect(metrics).toMatchObject({ Written: 2, Retried: 3 });
        const documents = await stage.documents();
        expect(keys.filter((key) => documents.has(key))).toEqual(keys);
      });
    });

  if (block === 'what DynamoDB does not say')
    describe.sequential('when DynamoDB', () => {
      const faults: readonly (readonly [string, Behaviour])[] = [
        ['is down', answering(500)],
        ['is unavailable', answering(503, '<html>')],
        ['cuts connections', cutBefore],
        ['never answers', silentAfter],
        ['stops halfway through its answer', stallingAfter],
        ['is slow', slow(10_000)],
        ['throttles', answering(400, { __type: 'ProvisionedThroughputExceededException' })],
        ['denies access', answering(400, { __type: 'AccessDeniedException', message: 'no' })],
        ['has no such table', answering(400, { __type: 'ResourceNotFoundException' })],
        ['answers with something that is not JSON', answering(200, 'OK')],
        ['answers with an empty body', answering(200, '')],
        ['answers with an empty object', answering(200, {})],
        ['answers about nothing', answering(200, { Responses: {}, UnprocessedKeys: {} })],
        ['answers about another table', answering(200, { Responses: { other: [] } })],
        ['answers without a list', answering(200, '{"Responses":null}')],
      ];

      test.each(faults)(
        '%s, the record comes again and nothing is deleted',
        async (_, behaviour) => {
          const key = crypto.randomUUID();
          await stage.invoke([stage.put(key, { a: { S: 'x' } })]);
          hold(key);
          dynamoDB.behave(behaviour);
          const records = [stage.put(key, {}, { image: undefined })];
          const outcome = await stage.invoke(records, HASTY_MILLISECONDS);
          expect(outcome.metrics).toMatchObject({ Retried: 1, Reread: 0 });
          expect(outcome.milliseconds).toBeLessThan(HASTY_MILLISECONDS - 1000);
          expect(await documentOf(key)).toMatchObject({ source: { a: 'x' } });
          dynamoDB.behave();
          expect((await stage.invoke(records)).metrics).toMatchObject({ Written: 1, Reread: 1 });
        },
      );

      test('is down for a moment, the record is settled in the same invocation', async () => {
        const key = crypto.randomUUID();
        hold(key);
        const down = answering(500);
        dynamoDB.behave(inTurn([down, cutBefore, down, down, down]));
        const { metrics } = await stage.invoke([stage.put(key, {}, { image: undefined })]);
        expect(metrics).toMatchObject({ Written: 1, Reread: 1 });
      });
    });

  test('what is read again after a bulk request had no answer is written once more', async () => {
    const key = crypto.randomUUID();
    hold(key, { a: { S: 'current' } });
    stage.openSearch.behave(onBulk(inTurn([cutBefore, cutBefore])));
    const { metrics } = await stage.invoke([stage.put(key, {}, { image: undefined })]);
    expect(metrics).toMatchObject({ Written: 1, Reread: 1 });
    expect(stage.openSearch.requests.filter(isBulk)).toHaveLength(3);
  });
});

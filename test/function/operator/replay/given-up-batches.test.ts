import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { openStream } from '../../../support/dynamodb-table.ts';
import { answering, onBulk } from '../../../support/faults.ts';
import { followStream } from '../../../support/followed-stream.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { objectKeys, POISON, POISONABLE, replayed, store } from './replayed.ts';

let stage: OperatorStage;
let mapping: EventSourceMapping;

beforeAll(async () => {
  stage = await openOperatorStage({ table: { mappings: POISONABLE }, tables: { other: {} } });
  mapping = await followImpatiently();
});

beforeEach(() => {
  stage.openSearch.behave();
  stage.awsState.objects.clear();
});

afterAll(async () => {
  await mapping.stop();
  await stage.stop();
});

const INVOCATION_MILLISECONDS = 3000; // of which the function works one

/** Has the function follow the one table; a batch that fails twice goes to the bucket. */
const followImpatiently = async (): Promise<EventSourceMapping> =>
  followStream({
    dynamoDBUrl: stage.dynamoDBUrl,
    streamArn: await openStream(stage.dynamoDBUrl, stage.name),
    invoke: (event) => stage.invokeText(event, INVOCATION_MILLISECONDS),
    settings: { maximumRetryAttempts: 1 },
    onFailure: async ({ key, body }) => store(stage, key, body),
  });

/** Puts items while OpenSearch is down, until Lambda has given them up. */
const giveUp = async (...keys: readonly string[]): Promise<void> => {
  stage.openSearch.behave(onBulk(answering(503)));
  for (const key of keys) await stage.putItem({ pk: { S: key }, a: { N: '1' } });
  await mapping.drained();
  stage.openSearch.behave();
};

const inLambdasFolder = () => objectKeys(stage).filter((key) => key.startsWith('aws/lambda/'));

test('a batch that Lambda gave up because OpenSearch was down is settled, and its object removed', async () => {
  await giveUp('a', 'b');
  expect(inLambdasFolder()).not.toEqual([]);
  const { settled, removedObjects, objects } = await replayed(stage);
  expect({ settled, removedObjects }).toEqual({ settled: 2, removedObjects: objects });
  expect(objectKeys(stage)).toEqual([]);
  expect([...(await stage.documents()).keys()].sort()).toEqual(['a', 'b']);
}, 60_000);

test('an object of Lambda’s stays whole until all of it is settled', async () => {
  await giveUp('well', 'ill');
  await stage.putItem({ pk: { S: 'ill' }, ...POISON });
  await mapping.drained();
  const before = inLambdasFolder().map((key) => stage.awsState.objects.get(`${stage.name}/${key}`));
  expect(await replayed(stage)).toMatchObject({ settled: expect.any(Number), refused: 2 }); // here and in the function's own letter
  const after = inLambdasFolder().map((key) => stage.awsState.objects.get(`${stage.name}/${key}`));
  expect(after.every((body) => before.includes(body))).toBe(true);
  await stage.putItem({ pk: { S: 'ill' } });
  await mapping.drained();
  expect(await replayed(stage)).toMatchObject({ refused: 0, left: [] });
  expect(objectKeys(stage)).toEqual([]);
}, 60_000);

test('a dry run tells why Lambda gave up', async () => {
  await giveUp('dry');
  const { left } = await replayed(stage, { isDryRun: true });
  expect(left).toMatchObject([
    { kind: 'waiting', id: 'dry', cause: { what: 'given up by Lambda (RetryAttemptsExhausted)' } },
  ]);
}, 60_000);

test('objects of other functions and tables are left alone, and named', async () => {
  const payload = {
    Records: [
      {
        eventSource: 'aws:dynamodb',
        eventSourceARN:
          'arn:aws:dynamodb:eu-west-1:123456789012:table/Foreign/stream/2026-01-01T00:00:00.000',
      },
    ],
  };
  store(stage, 'aws/lambda/1', JSON.stringify({ payload }));
  store(
    stage,
    'aws/lambda/2',
    JSON.stringify({ payload: '{"Records":[{"eventSource":"aws:sqs"}]}' }),
  );
  store(stage, 'aws/lambda/3', JSON.stringify({ DDBStreamBatchInfo: {} }));
  const { foreign, left, objects } = await replayed(stage);
  expect(objects).toBe(0);
  expect(left).toEqual([]);
  expect(foreign).toEqual([
    { object: 'aws/lambda/1', of: 'Foreign, which the configuration does not have' },
    { object: 'aws/lambda/2', of: 'another source than DynamoDB Streams' },
    { object: 'aws/lambda/3', of: 'no event of a stream' },
  ]);
  expect(objectKeys(stage)).toHaveLength(3);
});

test('of a table that was not named, they wait', async () => {
  await giveUp('unnamed');
  expect(await replayed(stage, { tables: [stage.table('other')] })).toMatchObject({ objects: 0 });
  expect(inLambdasFolder()).toHaveLength(1);
}, 60_000);

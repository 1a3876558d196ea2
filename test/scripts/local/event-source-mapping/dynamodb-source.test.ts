import { expect, onTestFinished, test } from 'vitest';
import { createDynamoDBSource } from '../../../../scripts/local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../../../../scripts/local/event-source-mapping/dynamodb-stream.ts';
import { clientSettings } from '../../../support/client-settings.ts';
import { type Call, type Reply, startFakeStreamsApi } from './fake-streams-api.ts';
import { createVirtualClock, startEpochSeconds } from './virtual-clock.ts';

const streamArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/stream/2026';

const record = (sequenceNumber: string, more: object = {}) => ({
  eventID: `event-${sequenceNumber}`,
  eventName: 'MODIFY',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-west-1',
  dynamodb: {
    ApproximateCreationDateTime: 1_479_499_740.75,
    Keys: { id: { S: 'a' }, sort: { N: '1' } },
    NewImage: { id: { S: 'a' }, sort: { N: '1' }, bytes: { B: 'AQID' }, sets: { BS: ['/w=='] } },
    SequenceNumber: sequenceNumber,
    SizeBytes: 26,
    StreamViewType: 'NEW_IMAGE',
  },
  ...more,
});

const shardPage = (shards: readonly object[], lastShardId?: string): Reply => ({
  output: {
    StreamDescription: {
      StreamArn: streamArn,
      Shards: shards,
      KeySchema: [
        { AttributeName: 'sort', KeyType: 'RANGE' },
        { AttributeName: 'id', KeyType: 'HASH' },
      ],
      ...(lastShardId !== undefined && { LastEvaluatedShardId: lastShardId }),
    },
  },
});

const records = (all: readonly object[], next?: string): Reply => ({
  output: { Records: all, ...(next !== undefined && { NextShardIterator: next }) },
});

/** A source over a fake API that answers its calls in this order; DescribeStream has one open shard if not given. */
const sourceOver = async (
  replies: readonly Reply[],
  creationTime: 'reported' | 'firstSeen' = 'reported',
) => {
  const waiting = [...replies];
  const describe = (call: Call) =>
    call.operation === 'DescribeStream' ? shardPage([{ ShardId: 'shard-1' }]) : undefined;
  const api = await startFakeStreamsApi(
    (call) => describe(call) ?? waiting.shift() ?? { error: 'InternalServerError' },
  );
  const stream = connectDynamoDBStream(streamArn, { ...clientSettings(api.url), maxAttempts: 1 });
  onTestFinished(() => stream.close());
  const clock = createVirtualClock();
  const source = createDynamoDBSource({ streamArn, stream, creationTime, clock });
  return { source, calls: api.calls };
};

const iterator = (name: string): Reply => ({ output: { ShardIterator: name } });

const eventsOf = (page: { readonly records: readonly { readonly text: string }[] }) =>
  page.records.map(({ text }) => JSON.parse(text));

test('a record has the form in which Lambda sends it', async () => {
  const { source } = await sourceOver([iterator('1'), records([record('111')], '2')]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  const page = await reader.read();
  const expected = record('111');
  expect(eventsOf(page)).toEqual([
    {
      ...expected,
      dynamodb: { ...expected.dynamodb, ApproximateCreationDateTime: 1_479_499_740 },
      eventSourceARN: streamArn,
    },
  ]);
  expect(page).toMatchObject({
    isLast: false,
    records: [{ sequenceNumber: '111', createdEpochSeconds: 1_479_499_740 }],
  });
});

test('a delete by time to live names DynamoDB, any other record nobody', async () => {
  const userIdentity = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' };
  const { source } = await sourceOver([
    iterator('1'),
    records([record('1', { userIdentity }), record('2')]),
  ]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  const [expiry, other] = eventsOf(await reader.read());
  expect(expiry.userIdentity).toEqual({ principalId: 'dynamodb.amazonaws.com', type: 'Service' });
  expect(other).not.toHaveProperty('userIdentity');
});

test('an attribute called __proto__ keeps its value', async () => {
  const image = JSON.parse('{"__proto__":{"S":"kept"}}');
  const changed = record('1');
  const { source } = await sourceOver([
    iterator('1'),
    records([{ ...changed, dynamodb: { ...changed.dynamodb, NewImage: image } }]),
  ]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  expect((await reader.read()).records[0]?.text).toContain('"NewImage":{"__proto__":{"S":"kept"}}');
});

test('the creation time can be the whole second in which the record was first seen', async () => {
  const { source } = await sourceOver([iterator('1'), records([record('1')])], 'firstSeen');
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  const page = await reader.read();
  expect(eventsOf(page)[0].dynamodb.ApproximateCreationDateTime).toBe(startEpochSeconds);
  expect(page.records[0]?.createdEpochSeconds).toBe(startEpochSeconds);
});

test('one item has one key, however its number is spelt', async () => {
  const spelt = (number: string) => ({
    ...record('1'),
    dynamodb: { ...record('1').dynamodb, Keys: { id: { N: number }, sort: { S: 'x' } } },
  });
  const { source } = await sourceOver([iterator('1'), records([spelt('1'), spelt('1.0')])]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  const [first, second] = (await reader.read()).records;
  expect(first?.partitionKey).toBe(second?.partitionKey);
  expect(first?.itemKey).toBe(second?.itemKey);
});

test('shards are listed over all pages, with their parents', async () => {
  const api = await startFakeStreamsApi(({ input }) =>
    input['ExclusiveStartShardId'] === 'shard-1'
      ? shardPage([{ ShardId: 'shard-2', ParentShardId: 'shard-1' }])
      : shardPage([{ ShardId: 'shard-1' }], 'shard-1'),
  );
  const stream = connectDynamoDBStream(streamArn, clientSettings(api.url));
  onTestFinished(() => stream.close());
  const source = createDynamoDBSource({ streamArn, stream, creationTime: 'reported' });
  expect(await source.shards()).toEqual([
    { shardId: 'shard-1' },
    { shardId: 'shard-2', parentShardId: 'shard-1' },
  ]);
});

test('an iterator that has expired is renewed after the last record, and nothing is read twice', async () => {
  const { source, calls } = await sourceOver([
    iterator('1'),
    records([record('1'), record('2')], '2'),
    { error: 'ExpiredIteratorException' },
    iterator('3'),
    records([record('3')]),
  ]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  const pages = [await reader.read(), await reader.read(), await reader.read()];
  expect(pages.map(({ isLast }) => isLast)).toEqual([false, false, true]);
  expect(pages.flatMap((page) => page.records.map(({ sequenceNumber }) => sequenceNumber))).toEqual(
    ['1', '2', '3'],
  );
  expect(calls.filter(({ operation }) => operation === 'GetShardIterator')[1]?.input).toMatchObject(
    { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '2' },
  );
});

test('where the stream was trimmed, reading goes on with the oldest record there is', async () => {
  const { source, calls } = await sourceOver([
    iterator('1'),
    records([record('1')], '2'),
    { error: 'TrimmedDataAccessException' },
    iterator('3'),
    records([record('9')], '4'),
  ]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  for (let reads = 0; reads < 3; reads += 1) await reader.read();
  expect(calls.filter(({ operation }) => operation === 'GetShardIterator')[1]?.input).toMatchObject(
    { ShardIteratorType: 'TRIM_HORIZON' },
  );
});

test('any other failure is the caller’s to see, and the next read goes on from the same place', async () => {
  const { source, calls } = await sourceOver([
    iterator('1'),
    { error: 'LimitExceededException' },
    records([record('1')]),
  ]);
  const reader = await source.open('shard-1', 'TRIM_HORIZON');
  await expect(reader.read()).rejects.toThrow();
  expect((await reader.read()).records).toHaveLength(1);
  expect(calls.filter(({ operation }) => operation === 'GetShardIterator')).toHaveLength(1);
});

test('LATEST is the moment in which a shard is opened, not that of its first read', async () => {
  const { source, calls } = await sourceOver([iterator('1'), records([], '2')]);
  const reader = await source.open('shard-1', 'LATEST');
  expect(calls.at(-1)?.input).toMatchObject({ ShardIteratorType: 'LATEST' });
  await reader.read();
  expect(calls.at(-1)?.operation).toBe('GetRecords');
});

import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { createDynamoDBSource } from '../../../../scripts/local/event-source-mapping/dynamodb-source.ts';
import { connectDynamoDBStream } from '../../../../scripts/local/event-source-mapping/dynamodb-stream.ts';
import { startEventSourceMapping } from '../../../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { clientSettings } from '../../../support/client-settings.ts';
import { sharedServer } from '../../../support/shared-server.ts';
import { answer } from './harness.ts';

/** A table of its own on the shared DynamoDB Local, and a mapping from its stream to a list of events. */
const startTable = async (creationTime: 'reported' | 'firstSeen') => {
  const configuration = clientSettings(await sharedServer('dynamodb-local'));
  const client = new DynamoDBClient(configuration);
  const tableName = `Orders-${crypto.randomUUID()}`;
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'order', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'customer', AttributeType: 'S' },
        { AttributeName: 'order', AttributeType: 'N' },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  const streamArn = TableDescription?.LatestStreamArn ?? '';
  const stream = connectDynamoDBStream(streamArn, configuration);
  const events: { readonly event: string; readonly atEpochMilliseconds: number }[] = [];
  const mapping = startEventSourceMapping({
    source: createDynamoDBSource({ streamArn, stream, creationTime }),
    settings: { startingPosition: 'TRIM_HORIZON' },
    invoke: async (event) => {
      events.push({ event, atEpochMilliseconds: Date.now() });
      return answer(null);
    },
  });
  onTestFinished(async () => {
    await mapping.stop();
    stream.close();
    client.destroy();
  });
  return { client, tableName, streamArn, mapping, events };
};

const keys = { customer: { S: 'a' }, order: { N: '1' } };

test('changes of a real table arrive in order, in the form in which Lambda sends them', async () => {
  const { client, tableName, streamArn, mapping, events } = await startTable('reported');
  const item = {
    ...keys,
    bytes: { B: new Uint8Array([1, 2, 3]) },
    sets: { BS: [new Uint8Array([255])] },
    deep: { M: { list: { L: [{ NULL: true }, { BOOL: false }, { NS: ['1', '2.5'] }] } } },
  };
  await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
  await client.send(new DeleteItemCommand({ TableName: tableName, Key: keys }));
  await mapping.drained();
  const records = events.flatMap(({ event }) => JSON.parse(event).Records);
  const image = { ...item, bytes: { B: 'AQID' }, sets: { BS: ['/w=='] } };
  expect(records).toMatchObject([
    { eventName: 'INSERT', dynamodb: { Keys: keys, NewImage: image } },
    { eventName: 'REMOVE', dynamodb: { Keys: keys, OldImage: image } },
  ]);
  for (const record of records)
    expect(record).toMatchObject({
      eventID: expect.any(String),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: expect.any(String),
      eventSourceARN: streamArn,
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  expect(mapping.statistics).toMatchObject({ received: 2, settled: 2, readFailures: 0 });
});

// It measures the machine too, which may be busy.
test('a change arrives within a second, with the second in which it was first seen', {
  retry: 3,
}, async () => {
  const { client, tableName, mapping, events } = await startTable('firstSeen');
  await mapping.drained();
  const writtenEpochMilliseconds = Date.now();
  await client.send(new PutItemCommand({ TableName: tableName, Item: keys }));
  await expect.poll(() => events.length, { interval: 20, timeout: 5_000 }).toBe(1);
  const [{ event = '{}', atEpochMilliseconds = 0 } = {}] = events;
  expect(atEpochMilliseconds - writtenEpochMilliseconds).toBeLessThan(1_000);
  const seconds = JSON.parse(event).Records[0].dynamodb.ApproximateCreationDateTime;
  expect(seconds).toBeGreaterThanOrEqual(Math.floor(writtenEpochMilliseconds / 1000));
  expect(seconds).toBeLessThanOrEqual(Math.floor(atEpochMilliseconds / 1000));
});
